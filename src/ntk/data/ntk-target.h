#pragma once

#include "ntk-inputs.h"

G_BEGIN_DECLS

typedef struct _NtkTarget NtkTarget;

/* A row of the table of targets: functions of unit power over the inputs, but for `published` and for
 * inputs of two scales, which give it. */
typedef struct
{
  const char *name;  /* "linear" */
  const char *label;
  int min_dim;       /* smallest D for which it is defined on the sphere */
} NtkTargetType;

/* linear, quadratic, mixed, cosine, teacher, published (defined in the header of the .c). */
const NtkTargetType *ntk_target_types (guint *n_types);

/* One draw over inputs on the sphere; NTK_ERROR_DOMAIN where dim < min_dim. */
NtkTarget *ntk_target_new (const char *name, int dim, NtkStreams *streams, GError **error);

/* One draw over other inputs: of Gaussian ones all targets but `published`, of two scales `linear`,
 * with a random direction in each group of coordinates. NTK_ERROR_DOMAIN elsewhere. */
NtkTarget *ntk_target_new_on (const char *name, const NtkInputs *inputs, int dim,
                              NtkStreams *streams, GError **error);
/* Whether there is such a target; NTK_ERROR_DOMAIN says why not. */
gboolean ntk_target_check (const char *name, const NtkInputs *inputs, int dim, GError **error);
void ntk_target_free (NtkTarget *self);

/* y (n_points) = f*(X), X D x n_points. */
void ntk_target_eval (const NtkTarget *self, const double *X, int n_points, double *y);

/* On the sphere: power of f* in the spherical harmonics of degree 0..max_degree (max_degree + 1 numbers,
 * summing to E f*^2 up to what lies above max_degree): the b_k of ntk-spectrum.h. Does not
 * depend on the draw, but for `teacher`, whose power is the mean over draws. */
gboolean ntk_target_power (const char *name, int dim, int max_degree, double *power, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtkTarget, ntk_target_free)

G_END_DECLS
