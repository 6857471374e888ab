#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The choices of `model`, in the order of its row in the table of parameters. Where an exhibit has no such
 * parameter, its width says whether the model is linearised or infinite. */
typedef enum
{
  LAB_MODEL_LINEAR,
  LAB_MODEL_RANDOM_FEATURES,
  LAB_MODEL_LINEARISED,
  LAB_MODEL_INFINITE,
  LAB_N_MODELS,
} LabModel;

/* Which theory at finite D can stand beside a model. */
typedef enum
{
  LAB_THEORY_NONE,
  LAB_THEORY_FEATURES, /* random features: with a decomposition, and ensembles */
  LAB_THEORY_LINEAR,
  LAB_THEORY_KERNEL,   /* infinite width */
} LabTheoryKind;

/* A row of the table of models: whatever depends on the model asks its row. Its name and label are those
 * of the choice. */
typedef struct
{
  gboolean has_layers;      /* hidden ones, with an activation and variances; or linear in the inputs */
  gboolean has_width;       /* units, or coordinates, to be counted; without, there is a kernel to choose */
  gboolean many_parameters; /* more than units, all of them trained */
  gboolean has_limit;       /* its limit of infinite width can be drawn beside it */
  gboolean weights_on_sphere; /* those of the first layer: the limit has a closed form in some cases only */
  LabTheoryKind theory;
} LabModelType;

/* Row @model; never NULL. */
const LabModelType *lab_model_type (guint model);

G_END_DECLS
