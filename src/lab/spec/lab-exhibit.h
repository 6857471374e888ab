#pragma once

#include "lab-value.h"

G_BEGIN_DECLS

typedef struct _LabSpec LabSpec;
typedef struct _LabExperiment LabExperiment;
struct _LabAnswer;

/* A curve, or a grid of values, that an exhibit can draw. */
typedef struct
{
  const char *id;
  const char *label;   /* Pango markup, marked for translation */
  gboolean shown;      /* by default */
} LabSeriesType;

typedef struct
{
  LabKey key;
  double value;
} LabDefault;

/* A narrower range than the table of parameters has. */
typedef struct
{
  LabKey key;
  double minimum, maximum;
} LabLimit;

/* One of the figures of an exhibit. */
typedef struct
{
  const char *id;         /* "curve" */
  const char *title;      /* marked for translation */
  gboolean follows_cursor; /* shows what is at the cursor of the main view */
  const LabSeriesType *series; /* curves and fields; ends with a NULL id; `show` chooses among those of
                                * the main view */
  const LabExperiment *work;   /* how it is computed; views of the same work share what it finds */
  /* From x here to the x of the main view that belongs to it, and back, so that one can be pointed at in
   * the other: NaN where there is none; or NULL. Fields have LabField.place. */
  double (*place_of) (const struct _LabAnswer *self, const struct _LabAnswer *main, double x);
  double (*index_at) (const struct _LabAnswer *self, const struct _LabAnswer *main, double x);
  /* Keys of the exhibit that change nothing in it; ends with LAB_N_KEYS; or NULL. */
  const LabKey *unused;
  const LabKey *unused_without_seeds; /* the same where nothing is drawn for each seed */
} LabView;

/* A default that follows other values: those of the rules before it, and all that have no rule. */
typedef struct
{
  LabKey key;
  LabValue (*rule) (const LabSpec *self, LabKey key);
} LabRule;

/* An exhibit with some values set. */
typedef struct
{
  const char *id;
  const char *title;
  const char *summary;
  const char *const *settings; /* "key=value", NULL-terminated */
  const char *exhibit;         /* the id of its exhibit, filled in by lab_presets() */
} LabPreset;

/* A row of the table of exhibits. Whatever depends on the exhibit asks its row. Tables that have nothing in them
 * may be NULL but for `keys` and `views`. lab_spec_new() takes a row that is in no table, too. */
typedef struct
{
  const char *id;    /* "double-descent" */
  const char *title; /* marked for translation */
  const char *summary;
  const LabKey *keys;              /* parameters used, in the order shown; ends with LAB_N_KEYS */
  const LabKey *chief;             /* of them those that stay in sight; ends with LAB_N_KEYS */
  const LabDefault *defaults;      /* defaults of its own; ends with LAB_N_KEYS */
  const LabRule *rules;            /* and those that follow other values; ends with LAB_N_KEYS */
  const LabLimit *limits;          /* ends with LAB_N_KEYS */
  const LabView *views;            /* the first is the main one; ends with a NULL id */
  const LabPreset *presets;        /* ends with a NULL id */
  const LabKey *axes;              /* what `axis` chooses from, in the order of its choices; NULL where the
                                    * exhibit has no such key */
  LabKey axis;                     /* else the parameter along x; LAB_N_KEYS: there is none */
  gboolean shows_kernel;           /* `kernel` is what it is about, whatever the width; elsewhere it says
                                    * what infinite width is regressed with */
  guint max_panels;                /* how many values `dim` may have */
} LabExhibit;

const LabExhibit *const *lab_exhibits (guint *n_exhibits);
const LabExhibit *lab_exhibit_find (const char *id); /* NULL if unknown */
const LabPreset *lab_presets (guint *n_presets);
const LabPreset *lab_preset_find (const char *id); /* NULL if unknown */

gboolean lab_exhibit_uses (const LabExhibit *self, LabKey key);
gboolean lab_exhibit_is_chief (const LabExhibit *self, LabKey key);

/* The series named so, or NULL. */
const LabSeriesType *lab_view_find_series (const LabView *self, const char *id);

/* Index of series @id of the main view, or -1. */
int lab_exhibit_series (const LabExhibit *self, const char *id);

/* Name of the i-th choice of a parameter of type CHOICE or VIEW; NULL beyond the last. */
const char *lab_exhibit_choice (const LabExhibit *self, LabKey key, guint i);
guint lab_exhibit_n_choices (const LabExhibit *self, LabKey key);
/* All names, "relu, leaky-relu, ..."; free with g_free(). */
char *lab_exhibit_list_choices (const LabExhibit *self, LabKey key);

G_END_DECLS
