#pragma once

#include "ntk-streams.h"

G_BEGIN_DECLS

typedef struct _NtkTarget NtkTarget;

/* A row of the table of targets: functions on the sphere of radius sqrt(D), of unit power but for
 * `published`. */
typedef struct
{
  const char *name;  /* "linear" */
  const char *label;
  int min_dim;       /* smallest D for which it is defined */
} NtkTargetType;

/* linear, quadratic, mixed, cosine, teacher, published (defined in the header of the .c). */
const NtkTargetType *ntk_target_types (guint *n_types);

/* One draw; NTK_ERROR_DOMAIN where dim < min_dim. */
NtkTarget *ntk_target_new (const char *name, int dim, NtkStreams *streams, GError **error);
void ntk_target_free (NtkTarget *self);

/* y (n_points) = f*(X), X D x n_points. */
void ntk_target_eval (const NtkTarget *self, const double *X, int n_points, double *y);

/* Power of f* in the spherical harmonics of degree 0..max_degree (max_degree + 1 numbers,
 * summing to E f*^2 up to what lies above max_degree): the b_k of ntk-spectrum.h. Does not
 * depend on the draw, but for `teacher`, whose power is the mean over draws. */
gboolean ntk_target_power (const char *name, int dim, int max_degree, double *power, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtkTarget, ntk_target_free)

/* n_points points, uniform on the sphere of radius sqrt(D), D x n_points column-major;
 * purpose is NTK_PURPOSE_TRAIN_INPUT or NTK_PURPOSE_TEST_INPUT. */
void ntk_inputs_sphere (NtkStreams *streams, NtkPurpose purpose, int dim, int n_points, double *X);

G_END_DECLS
