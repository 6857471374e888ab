#include "ntk-inputs.h"

#include <cblas.h>
#include <math.h>

static const NtkInputsType types[] = {
  { "sphere", "Sphere" },
  { "gaussian", "Gaussian" },
  { "two-scale", "Two scales" },
};

const NtkInputsType *
ntk_inputs_types (guint *n_types)
{
  if (n_types)
    *n_types = G_N_ELEMENTS (types);
  return types;
}

/* Makes a point from the normal numbers in its place. */
static void
shape_point (const NtkInputs *self, int dim, double *x)
{
  const int fast = dim - self->slow_dims;

  if (self->kind == NTK_INPUTS_SPHERE)
    cblas_dscal (dim, sqrt (dim) / cblas_dnrm2 (dim, x, 1), x, 1);
  else if (self->kind == NTK_INPUTS_TWO_SCALE)
    cblas_dscal (self->slow_dims, self->slow_scale, x + fast, 1);
}

void
ntk_inputs_draw (const NtkInputs *self, NtkStreams *streams, NtkPurpose purpose, int dim,
                 int n_points, double *X)
{
  g_return_if_fail (self != NULL && streams != NULL && X != NULL);
  g_return_if_fail (purpose == NTK_PURPOSE_TRAIN_INPUT || purpose == NTK_PURPOSE_TEST_INPUT);
  g_return_if_fail (dim >= 1 && n_points >= 0);
  g_return_if_fail (self->kind != NTK_INPUTS_TWO_SCALE
                    || (self->slow_dims >= 0 && self->slow_dims <= dim && self->slow_scale >= 0));

  for (int i = 0; i < n_points; i++)
    {
      double *x = X + (gsize) i * dim;

      ntk_streams_normal (streams, purpose, 0, i, dim, x);
      shape_point (self, dim, x);
    }
}

void
ntk_inputs_sphere (NtkStreams *streams, NtkPurpose purpose, int dim, int n_points, double *X)
{
  const NtkInputs sphere = { .kind = NTK_INPUTS_SPHERE };

  ntk_inputs_draw (&sphere, streams, purpose, dim, n_points, X);
}
