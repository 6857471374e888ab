#pragma once

#include <glib.h>

#include "lab-error.h"

G_BEGIN_DECLS

/* Index of a parameter: its row in the table, its slot in a LabSpec and the order in which
 * parameters are shown and written. */
typedef enum
{
  LAB_MODEL,
  LAB_WIDTH,
  LAB_DEPTH,
  LAB_NOISE,
  LAB_INIT_SCALE,
  LAB_ACTIVATION,
  LAB_LEAK,
  LAB_SIGMA_W2,
  LAB_SIGMA_B2,
  LAB_SIGMA_V2,
  LAB_DIM,
  LAB_N_TRAIN,
  LAB_N_TEST,
  LAB_TARGET,
  LAB_RIDGE,
  LAB_FROM,
  LAB_TO,
  LAB_POINTS,
  LAB_SEEDS,
  LAB_SEED,
  LAB_SHOW,
  LAB_N_KEYS,
} LabKey;

typedef enum
{
  LAB_TYPE_INTEGER,
  LAB_TYPE_REAL,
  LAB_TYPE_CHOICE, /* one of `choices` */
  LAB_TYPE_SET,    /* any of the exhibit's series, a comma list */
} LabType;

typedef enum
{
  LAB_SCALE_LINEAR,
  LAB_SCALE_LOG,
} LabScale;

typedef enum
{
  LAB_GROUP_NETWORK,
  LAB_GROUP_DATA,
  LAB_GROUP_TRAINING,
  LAB_GROUP_AXIS,
  LAB_GROUP_AVERAGING,
  LAB_GROUP_OVERLAYS,
  LAB_N_GROUPS,
} LabGroup;

/* What a change asks for. */
typedef enum
{
  LAB_EFFECT_COMPUTE,   /* new numbers */
  LAB_EFFECT_RECOMBINE, /* stored pieces, weighed anew: never a job */
  LAB_EFFECT_CURSOR,    /* another place on the same curve */
} LabEffect;

/* A row of the one table of parameters. Text is in English, marked for translation. */
typedef struct
{
  const char *key;
  LabType type;
  double minimum, maximum; /* inclusive; the integers among them are below 2^53 but for `seed` */
  gboolean or_zero;        /* 0 is allowed too, below a positive minimum */
  LabScale scale;
  double fallback;         /* the default, unless the exhibit or the activation has its own */
  const char *const *choices;       /* CHOICE: names, NULL-terminated */
  const char *const *choice_labels; /* and how people call them */
  LabGroup group;
  LabEffect effect;
  const char *label;
  const char *symbol;      /* Pango markup, or "" */
  const char *tooltip;
} LabParameter;

/* Row `key`; never NULL. */
const LabParameter *lab_parameter (LabKey key);

/* The row named @name; FALSE with LAB_ERROR_UNKNOWN, naming the nearest one. */
gboolean lab_parameter_find (const char *name, LabKey *key, GError **error);

const char *lab_group_label (LabGroup group);

/* "1..4096", "0, 1e-09..100" or "relu, leaky-relu, ..."; free with g_free(). */
char *lab_parameter_range (LabKey key);

/* A value of any type; which member counts is said by the parameter's type. */
typedef union
{
  gint64 integer;
  double real;
  guint choice;
  guint set; /* bit i: the exhibit's i-th series */
} LabValue;

gboolean lab_value_equal (LabKey key, LabValue a, LabValue b);

/* Refuses a value outside the range with LAB_ERROR_RANGE; NaN is outside. */
gboolean lab_parameter_check (LabKey key, LabValue value, GError **error);

/* The candidate closest to `word` in edits, or NULL if none is near; for messages. */
const char *lab_nearest (const char *word, const char *const *candidates);

G_END_DECLS
