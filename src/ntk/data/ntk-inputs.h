#pragma once

#include "ntk-streams.h"

G_BEGIN_DECLS

typedef enum
{
  NTK_INPUTS_SPHERE,    /* uniform on the sphere of radius sqrt(D) */
  NTK_INPUTS_GAUSSIAN,  /* N(0, I_D) */
  NTK_INPUTS_TWO_SCALE, /* Gaussian, the last slow_dims coordinates times slow_scale */
} NtkInputsKind;

/* A row of the table of input distributions, in the order of NtkInputsKind. */
typedef struct
{
  const char *name; /* "two-scale" */
  const char *label;
} NtkInputsType;

const NtkInputsType *ntk_inputs_types (guint *n_types);

/* An input distribution. What follows `kind` is read for two scales only. */
typedef struct
{
  NtkInputsKind kind;
  int slow_dims;     /* 0..D */
  double slow_scale; /* >= 0 */
  /* Power E f*(x)^2 of a linear target in the first D - slow_dims coordinates and in the others. */
  double fast_power, slow_power;
} NtkInputs;

/* n_points points, D x n_points column-major; purpose is NTK_PURPOSE_TRAIN_INPUT or
 * NTK_PURPOSE_TEST_INPUT. Growing n_points extends them. All kinds are made of the same normals. */
void ntk_inputs_draw (const NtkInputs *self, NtkStreams *streams, NtkPurpose purpose, int dim,
                      int n_points, double *X);

/* On the sphere of radius sqrt(D). */
void ntk_inputs_sphere (NtkStreams *streams, NtkPurpose purpose, int dim, int n_points, double *X);

G_END_DECLS
