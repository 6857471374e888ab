#include "ntk-private.h"

#include "ntk-init.h"
#include "ntk-spectrum.h"
#include "ntk-target.h"

#include <glib/gi18n-lib.h>
#include <cblas.h>
#include <math.h>
#include <string.h>

/* On the sphere of radius sqrt(D), with |beta| = 1, M symmetric and traceless:
 *   linear     beta.x
 *   quadratic  x^T M x,  E (x^T M x)^2 = 2 D/(D + 2) |M|_F^2 = 1
 *   mixed      (linear + quadratic)/sqrt 2
 *   cosine     (cos (2 beta.x) - mean)/standard deviation
 *   teacher    a random ReLU network, ntk-teacher.c
 *   published  (sum_j x_j)^2/D, the target of Chen, Li and Lin (NeurIPS 2024), who have |x| = 1: 1 plus a
 *              quadratic form of power 2 (D - 1)/(D + 2), not scaled
 * beta comes from layer 0 of the target's stream and M from layer 1, so mixed is made of the
 * draws of linear and quadratic. */

#define COSINE_FREQUENCY 2.0

typedef enum
{
  PART_LINEAR = 1 << 0,
  PART_QUADRATIC = 1 << 1,
  PART_COSINE = 1 << 2,
  PART_TEACHER = 1 << 3,
  PART_PUBLISHED = 1 << 4,
} Parts;

static const NtkTargetType types[] = {
  { "linear", "Linear", 1 },
  { "quadratic", "Quadratic", 2 },
  { "mixed", "Linear and quadratic", 2 },
  { "cosine", "Cosine", 2 },
  { "teacher", "Teacher", 2 },
  { "published", "Published", 2 },
};
static const Parts type_parts[] = { PART_LINEAR, PART_QUADRATIC, PART_LINEAR | PART_QUADRATIC,
                                    PART_COSINE, PART_TEACHER, PART_PUBLISHED };

struct _NtkTarget
{
  Parts parts;
  int dim;
  double *beta;           /* D, or NULL */
  double *M;              /* D x D, or NULL */
  double mean, deviation; /* of cos (2 beta.x) */
  NtkTeacher teacher;
};

const NtkTargetType *
ntk_target_types (guint *n_types)
{
  if (n_types)
    *n_types = G_N_ELEMENTS (types);
  return types;
}

/* The parts of target `name` in `dim` dimensions, or 0. */
static Parts
find_parts (const char *name, int dim, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strcmp (types[i].name, name) == 0)
      {
        if (dim >= types[i].min_dim)
          return type_parts[i];
        g_set_error (error, NTK_ERROR, NTK_ERROR_DOMAIN,
                     _("The %s target is constant on a sphere in fewer than %d dimensions"), name,
                     types[i].min_dim);
        return 0;
      }
  g_set_error (error, NTK_ERROR, NTK_ERROR_DOMAIN, _("There is no target called %s"), name);
  return 0;
}

/* xi_k = E cos (2 sqrt(D) t) P_k (t), and E cos^2. */
static double
project_cosine (int dim, int max_degree, double *xi)
{
  const int order = ntk_sphere_quadrature_order (max_degree);
  g_autofree double *t = g_new (double, 2 * order);
  g_autofree double *w = g_new (double, 2 * order);
  g_autofree double *P = g_new (double, max_degree + 1);
  const int count = ntk_sphere_quadrature (dim, 0, order, t, w);
  double square = 0;

  memset (xi, 0, (max_degree + 1) * sizeof (double));
  for (int i = 0; i < count; i++)
    {
      const double value = cos (COSINE_FREQUENCY * sqrt (dim) * t[i]);

      ntk_gegenbauer (dim, t[i], max_degree, P);
      for (int k = 0; k <= max_degree; k++)
        xi[k] += w[i] * value * P[k];
      square += w[i] * value * value;
    }
  return square;
}

static void
draw_beta (NtkTarget *self, NtkStreams *streams)
{
  self->beta = g_new (double, self->dim);
  ntk_streams_normal (streams, NTK_PURPOSE_TARGET, 0, 0, self->dim, self->beta);
  cblas_dscal (self->dim, 1 / cblas_dnrm2 (self->dim, self->beta, 1), self->beta, 1);
}

static void
draw_M (NtkTarget *self, NtkStreams *streams)
{
  const int D = self->dim;
  double *M = g_new (double, (gsize) D *D);
  double trace = 0, power;

  ntk_streams_normal (streams, NTK_PURPOSE_TARGET, 1, 0, (gsize) D * D, M);
  for (int i = 0; i < D; i++)
    {
      for (int j = 0; j < i; j++)
        M[i * D + j] = M[j * D + i] = (M[i * D + j] + M[j * D + i]) / 2;
      trace += M[i * D + i];
    }
  for (int i = 0; i < D; i++)
    M[i * D + i] -= trace / D;
  power = 2.0 * D / (D + 2.0) * cblas_ddot (D * D, M, 1, M, 1);
  cblas_dscal (D * D, 1 / sqrt (power), M, 1);
  self->M = M;
}

NtkTarget *
ntk_target_new (const char *name, int dim, NtkStreams *streams, GError **error)
{
  NtkTarget *self;
  Parts parts;

  g_return_val_if_fail (name != NULL && streams != NULL, NULL);
  g_return_val_if_fail (dim >= 1, NULL);

  parts = find_parts (name, dim, error);
  if (parts == 0)
    return NULL;
  self = g_new0 (NtkTarget, 1);
  self->parts = parts;
  self->dim = dim;
  if (parts & (PART_LINEAR | PART_COSINE))
    draw_beta (self, streams);
  if (parts & PART_QUADRATIC)
    draw_M (self, streams);
  if (parts & PART_TEACHER)
    ntk_teacher_init (&self->teacher, dim, streams);
  if (parts & PART_COSINE)
    {
      const double square = project_cosine (dim, 0, &self->mean);

      self->deviation = sqrt (square - self->mean * self->mean);
    }
  return self;
}

void
ntk_target_free (NtkTarget *self)
{
  if (self == NULL)
    return;
  g_free (self->beta);
  g_free (self->M);
  ntk_teacher_clear (&self->teacher);
  g_free (self);
}

static double
quadratic_form (const NtkTarget *self, const double *x)
{
  const int D = self->dim;
  double sum = 0;

  for (int j = 0; j < D; j++)
    sum += x[j] * cblas_ddot (D, self->M + (gsize) j * D, 1, x, 1);
  return sum;
}

static double
published (const double *x, int dim)
{
  double sum = 0;

  for (int j = 0; j < dim; j++)
    sum += x[j];
  return sum * sum / dim;
}

void
ntk_target_eval (const NtkTarget *self, const double *X, int n_points, double *y)
{
  double scale;

  g_return_if_fail (self != NULL && X != NULL && y != NULL);

  scale = self->parts == (PART_LINEAR | PART_QUADRATIC) ? G_SQRT2 / 2 : 1;
  for (int i = 0; i < n_points; i++)
    {
      const double *x = X + (gsize) i * self->dim;
      const double along = self->beta ? cblas_ddot (self->dim, self->beta, 1, x, 1) : 0;

      if (self->parts & PART_COSINE)
        y[i] = (cos (COSINE_FREQUENCY * along) - self->mean) / self->deviation;
      else if (self->parts & PART_TEACHER)
        y[i] = ntk_teacher_eval (&self->teacher, x);
      else if (self->parts & PART_PUBLISHED)
        y[i] = published (x, self->dim);
      else
        y[i] = scale * (along + (self->M ? quadratic_form (self, x) : 0));
    }
}

/* The cosine is zonal about beta: its power in degree k is m_k xi_k^2. */
static void
cosine_power (int dim, int max_degree, double *power)
{
  g_autofree double *multiplicity = g_new (double, max_degree + 1);
  const double square = project_cosine (dim, max_degree, power);
  const double variance = square - power[0] * power[0];

  ntk_sphere_multiplicities (dim, max_degree + 1, multiplicity);
  power[0] = 0;
  for (int k = 1; k <= max_degree; k++)
    power[k] *= power[k] * multiplicity[k] / variance;
}

gboolean
ntk_target_power (const char *name, int dim, int max_degree, double *power, GError **error)
{
  Parts parts;

  g_return_val_if_fail (name != NULL && power != NULL, FALSE);
  g_return_val_if_fail (dim >= 1 && max_degree >= 0 && max_degree <= NTK_MAX_DEGREE, FALSE);

  parts = find_parts (name, dim, error);
  if (parts == 0)
    return FALSE;
  memset (power, 0, (max_degree + 1) * sizeof (double));
  if (parts & PART_COSINE)
    cosine_power (dim, max_degree, power);
  if (parts & PART_TEACHER)
    ntk_teacher_power (dim, max_degree, power);
  if (parts & PART_PUBLISHED)
    power[0] = 1;
  if (parts & PART_PUBLISHED && max_degree >= 2)
    power[2] = 2 * (dim - 1.0) / (dim + 2.0);
  if (parts & PART_LINEAR && max_degree >= 1)
    power[1] = parts & PART_QUADRATIC ? 0.5 : 1;
  if (parts & PART_QUADRATIC && max_degree >= 2)
    power[2] = parts & PART_LINEAR ? 0.5 : 1;
  return TRUE;
}

void
ntk_inputs_sphere (NtkStreams *streams, NtkPurpose purpose, int dim, int n_points, double *X)
{
  g_return_if_fail (streams != NULL && X != NULL);
  g_return_if_fail (purpose == NTK_PURPOSE_TRAIN_INPUT || purpose == NTK_PURPOSE_TEST_INPUT);
  g_return_if_fail (dim >= 1 && n_points >= 0);

  for (int i = 0; i < n_points; i++)
    {
      double *x = X + (gsize) i * dim;

      ntk_streams_normal (streams, purpose, 0, i, dim, x);
      cblas_dscal (dim, sqrt (dim) / cblas_dnrm2 (dim, x, 1), x, 1);
    }
}
