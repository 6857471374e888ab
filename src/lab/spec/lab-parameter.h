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
  LAB_KERNEL,
  LAB_LENGTH_SCALE,
  LAB_ACTIVATION,
  LAB_LEAK,
  LAB_SIGMA_W2,
  LAB_SIGMA_B2,
  LAB_SIGMA_V2,
  LAB_DIM,
  LAB_INPUTS,
  LAB_SLOW_DIMS,
  LAB_SLOW_SCALE,
  LAB_SLOW_POWER,
  LAB_FAST_POWER,
  LAB_N_TRAIN,
  LAB_N_TEST,
  LAB_TARGET,
  LAB_STOP,
  LAB_TIME,
  LAB_RIDGE,
  LAB_CUTOFF,
  LAB_AXIS,
  LAB_FROM,
  LAB_TO,
  LAB_POINTS,
  LAB_SLOPE_FROM,
  LAB_SLOPE_TO,
  LAB_REACH,
  LAB_AVERAGE,
  LAB_CENTER,
  LAB_ENSEMBLE,
  LAB_SEEDS,
  LAB_SEED,
  LAB_MAX_DEPTH,
  LAB_NORMALISED,
  LAB_SHOW,
  LAB_VIEW,
  LAB_N_KEYS,
} LabKey;

typedef enum
{
  LAB_TYPE_INTEGER,
  LAB_TYPE_INTEGERS, /* one to LAB_MAX_PANELS, a comma list: one panel of the figure for each */
  LAB_TYPE_REAL,
  LAB_TYPE_CHOICE, /* one of `choices` */
  LAB_TYPE_SET,    /* any of the exhibit's series, a comma list */
  LAB_TYPE_VIEW,   /* one of the exhibit's views: a choice whose names are the exhibit's */
  LAB_TYPE_PAIRS,  /* a short list of points, "x:y, x:y" */
  LAB_TYPE_FILE,   /* a path, or "" for none */
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
  LAB_GROUP_SLOPES,
  LAB_GROUP_AVERAGING,
  LAB_GROUP_OVERLAYS,
  LAB_N_GROUPS,
} LabGroup;

/* Choices that the program turns on, in the order of the table. Those of models are in lab-model.h. */
enum
{
  LAB_INPUTS_SPHERE,
  LAB_INPUTS_GAUSSIAN,
  LAB_INPUTS_TWO_SCALE,
};

typedef enum
{
  LAB_KERNEL_NTK,
  LAB_KERNEL_NNGP,
} LabKernelKind; /* of networks; the others follow */

enum
{
  LAB_STOP_END,
  LAB_STOP_TIME,
  LAB_STOP_BEST,
  LAB_STOP_RIDGE,
};

enum
{
  LAB_AVERAGE_DRAWN,
  LAB_AVERAGE_EXPECTED,
};

enum
{
  LAB_CENTER_MEDIAN,
  LAB_CENTER_MEAN,
};

#define LAB_MAX_PANELS 4

/* What has to be done after a change. For the parameter along the exhibit's axis it is always CURSOR. */
typedef enum
{
  LAB_EFFECT_COMPUTE,   /* new numbers */
  LAB_EFFECT_FILTER,    /* new numbers from the same eigenvalues: cheap once these are there */
  LAB_EFFECT_RECOMBINE, /* stored pieces, weighed anew: never a job */
  LAB_EFFECT_CURSOR,    /* another place on the same curve */
} LabEffect;

/* A row of the one table of parameters. Text is in English, marked for translation. */
typedef struct
{
  const char *key;
  LabType type;
  double minimum, maximum; /* inclusive; the integers among them are below 2^53 but for `seed`;
                            * 0, 0: the range of the exhibit's axis; PAIRS: of x */
  double y_minimum, y_maximum; /* PAIRS: of y */
  gboolean or_zero;        /* 0 is allowed too, below a positive minimum */
  gboolean or_infinity;    /* and so is infinity, except along the axis */
  LabScale scale;
  double fallback;         /* the default, unless the exhibit or the activation has its own */
  const char *fallback_text; /* PAIRS and FILE: the default, or NULL for an empty one */
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

/* The candidate closest to `word` in edits, or NULL if none is near; for messages. */
const char *lab_nearest (const char *word, const char *const *candidates);

G_END_DECLS
