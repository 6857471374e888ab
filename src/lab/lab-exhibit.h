#pragma once

#include "lab-parameter.h"

G_BEGIN_DECLS

typedef struct _LabSpec LabSpec;
typedef struct _LabExperiment LabExperiment;

/* A curve that an exhibit can draw. */
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

/* A row of the table of exhibits. */
typedef struct
{
  const char *id;    /* "double-descent" */
  const char *title; /* marked for translation */
  const char *summary;
  const LabKey *keys;              /* parameters used, in the order shown; ends with LAB_N_KEYS */
  const LabDefault *defaults;      /* defaults of its own; ends with LAB_N_KEYS */
  const LabSeriesType *series;     /* ends with a NULL id */
  LabKey axis;                     /* the parameter along x */
  guint max_panels;                /* how many values `dim` may have */
  const LabExperiment *experiment; /* how it is computed */
} LabExhibit;

/* A row of the table of presets: an exhibit with some values set. */
typedef struct
{
  const char *id;
  const char *title;
  const char *summary;
  const char *exhibit;
  const char *const *settings; /* "key=value", NULL-terminated */
} LabPreset;

const LabExhibit *lab_exhibits (guint *n_exhibits);
const LabExhibit *lab_exhibit_find (const char *id); /* NULL if unknown */
const LabPreset *lab_presets (guint *n_presets);
const LabPreset *lab_preset_find (const char *id); /* NULL if unknown */

gboolean lab_exhibit_uses (const LabExhibit *self, LabKey key);

/* Values that a numeric parameter can have in an exhibit. */
typedef struct
{
  double minimum, maximum;
  gboolean or_zero, or_infinity, whole;
  LabScale scale;
} LabRange;

LabRange lab_exhibit_range (const LabExhibit *self, LabKey key);
/* "1..4096", "0, 1e-09..100" or "relu, leaky-relu, ..."; free with g_free(). */
char *lab_exhibit_range_text (const LabExhibit *self, LabKey key);
/* Refuses a value outside the range with LAB_ERROR_RANGE; NaN is outside. */
gboolean lab_exhibit_check (const LabExhibit *self, LabKey key, LabValue value, GError **error);
/* What a change of the parameter asks for. */
LabEffect lab_exhibit_effect (const LabExhibit *self, LabKey key);

/* Index of series @id, or -1. */
int lab_exhibit_series (const LabExhibit *self, const char *id);

G_END_DECLS
