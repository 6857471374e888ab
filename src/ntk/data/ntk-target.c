#include "ntk-target-private.h"

#include "ntk-init.h"
#include "ntk-sphere.h"
#include "ntk-teacher.h"

#include <glib/gi18n-lib.h>
#include <cblas.h>
#include <float.h>
#include <math.h>
#include <string.h>

/* On the sphere of radius sqrt(D), with |beta| = 1, M symmetric and traceless:
 *   linear     beta.x
 *   quadratic  x^T M x,  E (x^T M x)^2 = 2 D/(D + 2) |M|_F^2 = 1; over N(0, I), 2 |M|_F^2
 *   mixed      (linear + quadratic)/sqrt 2
 *   cosine     (cos (2 beta.x) - mean)/standard deviation
 *   teacher    a random ReLU network, ntk-teacher.c
 *   published  (sum_j x_j)^2/D, the target of Chen, Li and Lin (NeurIPS 2024), who have |x| = 1: 1 plus a
 *              quadratic form of power 2 (D - 1)/(D + 2), not scaled
 * Over inputs of two scales beta is a random direction in each of the two groups of coordinates,
 * scaled to the powers given, |beta|^2 slow_scale^2 in the slow one.
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
static const NtkInputs on_sphere = { .kind = NTK_INPUTS_SPHERE };
static const Parts type_parts[] = { PART_LINEAR, PART_QUADRATIC, PART_LINEAR | PART_QUADRATIC,
                                    PART_COSINE, PART_TEACHER,   PART_PUBLISHED };

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

static gboolean refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error)
    *error = g_error_new_valist (NTK_ERROR, NTK_ERROR_DOMAIN, format, args);
  va_end (args);
  return FALSE;
}

static int
find_type (const char *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strcmp (types[i].name, name) == 0)
      return i;
  refuse (error, _("There is no target called %s"), name);
  return -1;
}

static gboolean
check_sphere (int type, int dim, GError **error)
{
  return dim >= types[type].min_dim
         || refuse (error, _("The %s target is constant on a sphere in fewer than %d dimensions"),
                    types[type].name, types[type].min_dim);
}

static gboolean
check_gaussian (int type, int dim, GError **error)
{
  if (type_parts[type] & PART_PUBLISHED)
    return refuse (error,
                   _("The %s target is defined on the sphere only: choose inputs = sphere, "
                      "or another target"),
                   types[type].name);
  /* A traceless form in one dimension is 0. */
  if (type_parts[type] & PART_QUADRATIC && dim < 2)
    return refuse (error, _("The %s target is 0 in one dimension: choose dim >= 2"),
                   types[type].name);
  return TRUE;
}

/* Whether `count` coordinates of this scale can have this power. */
static gboolean
can_have (int count, double scale, double power)
{
  return power == 0 || (power > 0 && count > 0 && scale > 0);
}

static gboolean
check_two_scale (int type, const NtkInputs *inputs, int dim, GError **error)
{
  if (type_parts[type] != PART_LINEAR)
    return refuse (error, _("The target must be linear with inputs = two-scale, not %s"),
                   types[type].name);
  if (inputs->slow_dims < 0 || inputs->slow_dims > dim)
    return refuse (error, _("slow-dims must be between 0 and dim = %d, not %d"), dim,
                   inputs->slow_dims);
  if (!can_have (dim - inputs->slow_dims, 1, inputs->fast_power))
    return refuse (error,
                   _("The fast coordinates cannot have a power of %g: there are %d of them"),
                   inputs->fast_power, dim - inputs->slow_dims);
  if (!can_have (inputs->slow_dims, inputs->slow_scale, inputs->slow_power))
    return refuse (error,
                   _("The slow coordinates cannot have a power of %g: there are %d of them, with "
                      "slow-scale = %g"),
                   inputs->slow_power, inputs->slow_dims, inputs->slow_scale);
  return TRUE;
}

/* The parts of target `name` in `dim` dimensions, or 0. */
static Parts
find_parts (const char *name, const NtkInputs *inputs, int dim, GError **error)
{
  const int type = find_type (name, error);
  gboolean ok;

  if (type < 0)
    return 0;
  if (inputs->kind == NTK_INPUTS_TWO_SCALE)
    ok = check_two_scale (type, inputs, dim, error);
  else
    ok = inputs->kind == NTK_INPUTS_GAUSSIAN ? check_gaussian (type, dim, error)
                                             : check_sphere (type, dim, error);
  return ok ? type_parts[type] : 0;
}

gboolean
ntk_target_check (const char *name, const NtkInputs *inputs, int dim, GError **error)
{
  g_return_val_if_fail (name != NULL && inputs != NULL && dim >= 1, FALSE);

  return find_parts (name, inputs, dim, error) != 0;
}

/* E cos (2 sqrt(D) t) and E cos^2. */
static void
cosine_moments (int dim, double *mean, double *square)
{
  const int order = ntk_sphere_quadrature_order (0);
  g_autofree double *t = g_new (double, 2 * order);
  g_autofree double *w = g_new (double, 2 * order);
  const int count = ntk_sphere_quadrature (dim, 0, order, t, w);

  *mean = *square = 0;
  for (int i = 0; i < count; i++)
    {
      const double value = cos (COSINE_FREQUENCY * sqrt (dim) * t[i]);

      *mean += w[i] * value;
      *square += w[i] * value * value;
    }
}

/* A random direction becomes one of this power in coordinates of this scale. */
static void
scale_group (double *beta, int count, double scale, double power)
{
  if (count > 0)
    cblas_dscal (count, power > 0 ? sqrt (power) / scale / cblas_dnrm2 (count, beta, 1) : 0, beta,
                 1);
}

static void
draw_beta (NtkTarget *self, const NtkInputs *inputs, NtkStreams *streams)
{
  const int fast = self->dim - inputs->slow_dims;

  self->beta = g_new (double, self->dim);
  ntk_streams_normal (streams, NTK_PURPOSE_TARGET, 0, 0, self->dim, self->beta);
  if (inputs->kind != NTK_INPUTS_TWO_SCALE)
    {
      cblas_dscal (self->dim, 1 / cblas_dnrm2 (self->dim, self->beta, 1), self->beta, 1);
      return;
    }
  scale_group (self->beta, fast, 1, inputs->fast_power);
  scale_group (self->beta + fast, inputs->slow_dims, inputs->slow_scale, inputs->slow_power);
}

static gboolean
draw_M (NtkTarget *self, const NtkInputs *inputs, NtkStreams *streams, GError **error)
{
  const int D = self->dim;
  double *M = self->M = ntk_try_alloc (D, D, "the quadratic form of the target", error);
  double trace = 0, power;

  if (M == NULL)
    return FALSE;
  ntk_streams_normal (streams, NTK_PURPOSE_TARGET, 1, 0, (gsize) D * D, M);
  for (int i = 0; i < D; i++)
    {
      for (int j = 0; j < i; j++)
        M[i * D + j] = M[j * D + i] = (M[i * D + j] + M[j * D + i]) / 2;
      trace += M[i * D + i];
    }
  for (int i = 0; i < D; i++)
    M[i * D + i] -= trace / D;
  power = (inputs->kind == NTK_INPUTS_SPHERE ? 2.0 * D / (D + 2.0) : 2)
          * cblas_ddot (D * D, M, 1, M, 1);
  cblas_dscal (D * D, 1 / sqrt (power), M, 1);
  return TRUE;
}

/* Mean and standard deviation of cos (2 beta.x); E cos (a g) = exp (-a^2/2) for a normal g. */
static void
scale_cosine (NtkTarget *self, const NtkInputs *inputs)
{
  const double a = COSINE_FREQUENCY;
  double square;

  if (inputs->kind == NTK_INPUTS_SPHERE)
    cosine_moments (self->dim, &self->mean, &square);
  else
    {
      self->mean = exp (-a * a / 2);
      square = (1 + exp (-2 * a * a)) / 2;
    }
  self->deviation = sqrt (square - self->mean * self->mean);
}

NtkTarget *
ntk_target_new (const char *name, int dim, NtkStreams *streams, GError **error)
{
  return ntk_target_new_on (name, &on_sphere, dim, streams, error);
}

NtkTarget *
ntk_target_new_on (const char *name, const NtkInputs *inputs, int dim, NtkStreams *streams,
                   GError **error)
{
  g_autoptr (NtkTarget) self = NULL;
  Parts parts;

  g_return_val_if_fail (name != NULL && inputs != NULL && streams != NULL, NULL);
  g_return_val_if_fail (dim >= 1, NULL);

  parts = find_parts (name, inputs, dim, error);
  if (parts == 0)
    return NULL;
  self = g_new0 (NtkTarget, 1);
  self->parts = parts;
  self->dim = dim;
  if (parts & (PART_LINEAR | PART_COSINE))
    draw_beta (self, inputs, streams);
  if (parts & PART_QUADRATIC && !draw_M (self, inputs, streams, error))
    return NULL;
  if (parts & PART_TEACHER)
    ntk_teacher_init (&self->teacher, inputs->kind, dim, streams);
  if (parts & PART_COSINE)
    scale_cosine (self, inputs);
  return g_steal_pointer (&self);
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

/* sum_j (-x)^j/(j! (b)_j), 0F1 (; b; -x). */
static double
bessel_series (double b, double x)
{
  double sum = 1, term = 1;

  for (int j = 0; fabs (term) > DBL_EPSILON * 1e-3 * fabs (sum); j++)
    {
      term *= -x / ((j + 1) * (b + j));
      sum += term;
    }
  return sum;
}

/* The cosine is zonal about beta: its power in an even degree k is m_k xi_k^2 with
 *   xi_k = E cos (a t) P_k (t) = (-1)^{k/2} (a/2)^k/(D/2)_k 0F1 (; D/2 + k; -a^2/4), a = 2 sqrt(D),
 * a Bessel function of order k + D/2 - 1 (the plane wave's expansion). It falls far below
 * rounding: a quadrature would leave rounding errors, and m_k would multiply them. */
static void
cosine_power (int dim, int max_degree, double *power)
{
  const double half = COSINE_FREQUENCY * sqrt (dim) / 2, D = dim;
  double mean, square, scale = 1;

  cosine_moments (dim, &mean, &square);
  for (int k = 1; k <= max_degree; k++)
    {
      /* (half^k/(D/2)_k)^2 m_k; m_1 = D. */
      const double factor = half / (D / 2 + k - 1);
      const double series = bessel_series (D / 2 + k, half * half);

      scale *= factor * factor
               * (k == 1 ? D : (2 * k + D - 2) / (2 * k + D - 4) * (k + D - 3) / k);
      power[k] = k % 2 ? 0 : scale * series * series / (square - mean * mean);
    }
}

gboolean
ntk_target_is_kinked (const char *name)
{
  const int type = find_type (name, NULL);

  return type >= 0 && type_parts[type] & PART_TEACHER;
}

gboolean
ntk_target_power (const char *name, int dim, int max_degree, double *power, GError **error)
{
  Parts parts;

  g_return_val_if_fail (name != NULL && power != NULL, FALSE);
  g_return_val_if_fail (dim >= 1 && max_degree >= 0 && max_degree <= NTK_MAX_DEGREE, FALSE);

  parts = find_parts (name, &on_sphere, dim, error);
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
