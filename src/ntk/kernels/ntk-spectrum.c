#include "ntk-spectrum.h"

#include "ntk-init.h"
#include "ntk-sphere.h"

#include <glib/gi18n-lib.h>
#include <gsl/gsl_integration.h>
#include <math.h>
#include <string.h>

#define TAIL_COUNT 1e9
/* What is left of the total below this fraction is rounding. */
#define NEGLIGIBLE 1e-13
/* Biases beyond this many standard deviations are left out. */
#define BIAS_RANGE 8.5
#define BIAS_ORDER 64

/* Scratch of one spectrum: nodes and weights on the sphere, phi there, polynomials. */
typedef struct
{
  const NtkArchitecture *arch;
  int order, n_degrees;
  double *t, *w, *phi, *P, *before, *xi; /* P, before: of one degree and the last, at all nodes */
  double power; /* E_b E_t phi^2 so far */
  double *s;    /* E_b xi_k (b)^2 so far */
} Projection;

static void
projection_init (Projection *self, const NtkArchitecture *arch, int n_degrees, double *s)
{
  memset (self, 0, sizeof *self);
  self->arch = arch;
  self->n_degrees = n_degrees;
  self->order = ntk_sphere_quadrature_order (n_degrees - 1);
  self->t = g_new (double, 2 * self->order);
  self->w = g_new (double, 2 * self->order);
  self->phi = g_new (double, 2 * self->order);
  self->P = g_new (double, 2 * self->order);
  self->before = g_new (double, 2 * self->order);
  self->xi = g_new (double, n_degrees);
  self->s = s;
}

static void
projection_clear (Projection *self)
{
  g_free (self->t);
  g_free (self->w);
  g_free (self->phi);
  g_free (self->P);
  g_free (self->before);
  g_free (self->xi);
}

/* xi_k = sum_i values_i P_k (t_i): the recursion of the degrees runs over all nodes at once. */
static void
sum_degrees (Projection *self, const double *values, int count)
{
  for (int i = 0; i < count; i++)
    {
      self->P[i] = 1;
      self->before[i] = 0;
    }
  for (int k = 0; k < self->n_degrees; k++)
    {
      double sum = 0;

      for (int i = 0; i < count; i++)
        sum += values[i] * self->P[i];
      self->xi[k] = sum;
      ntk_gegenbauer_next (self->arch->dim, k, count, self->t, self->before, self->P);
    }
}

/* Adds `weight` times xi_k (b)^2, xi_k (b) = E phi (sigma_w sqrt(D) t + sigma_b b) P_k (t). */
static void
project (Projection *self, double b, double weight)
{
  const NtkArchitecture *arch = self->arch;
  const double slope = sqrt (arch->sigma_w2 * arch->dim), shift = sqrt (arch->sigma_b2) * b;
  const int count = ntk_sphere_quadrature (arch->dim, slope > 0 ? -shift / slope : 0, self->order,
                                           self->t, self->w);

  for (int i = 0; i < count; i++)
    self->phi[i] = slope * self->t[i] + shift;
  arch->activation.type->eval (&arch->activation, count, self->phi, self->phi, NULL);
  for (int i = 0; i < count; i++)
    {
      const double value = self->w[i] * self->phi[i];

      self->power += weight * value * self->phi[i];
      self->phi[i] = value;
    }
  sum_degrees (self, self->phi, count);
  for (int k = 0; k < self->n_degrees; k++)
    self->s[k] += weight * self->xi[k] * self->xi[k];
}

/* E_b over from < b < to. At b = +-edge the kink leaves the sphere and xi_k (b) has a root-like
 * end, which b = edge sin (chi) smooths on the inner interval; edge is infinite without kink. */
static void
project_interval (Projection *self, double from, double to, double edge)
{
  gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc (BIAS_ORDER);
  const gboolean inner = isfinite (edge) && to <= edge && from >= -edge;

  if (inner)
    {
      from = asin (CLAMP (from / edge, -1, 1));
      to = asin (CLAMP (to / edge, -1, 1));
    }
  for (int i = 0; i < BIAS_ORDER && to > from; i++)
    {
      double x, weight, b;

      gsl_integration_glfixed_point (from, to, i, &x, &weight, table);
      b = inner ? edge * sin (x) : x;
      weight *= inner ? edge * cos (x) : 1;
      project (self, b, weight * exp (-b * b / 2) / sqrt (2 * G_PI));
    }
  gsl_integration_glfixed_table_free (table);
}

static void
project_biases (Projection *self)
{
  const NtkArchitecture *arch = self->arch;
  double edge;

  if (!(arch->sigma_b2 > 0))
    {
      project (self, 0, 1);
      return;
    }
  edge = sqrt (arch->sigma_w2 * arch->dim / arch->sigma_b2);
  if (arch->activation.type->homogeneous && edge > 0 && edge < BIAS_RANGE)
    {
      project_interval (self, -BIAS_RANGE, -edge, edge);
      project_interval (self, -edge, edge, edge);
      project_interval (self, edge, BIAS_RANGE, edge);
      return;
    }
  project_interval (self, -BIAS_RANGE, 0, INFINITY);
  project_interval (self, 0, BIAS_RANGE, INFINITY);
}

/* Degrees whose share is rounding join the tail. */
static void
settle (NtkSpectrum *self, double total)
{
  double sum = 0;

  for (int k = 0; k < self->n_degrees; k++)
    {
      const double share = self->s[k] * self->multiplicity[k];

      if (share > NEGLIGIBLE * total)
        sum += share;
      else
        self->s[k] = 0;
    }
  self->tail_count = TAIL_COUNT;
  self->tail = total - sum > NEGLIGIBLE * 10 * total ? total - sum : 0;
}

NtkSpectrum *
ntk_spectrum_new (const NtkArchitecture *arch, int max_degree, GError **error)
{
  NtkSpectrum *self;
  Projection projection;

  g_return_val_if_fail (arch != NULL && arch->dim >= 1, NULL);
  g_return_val_if_fail (max_degree >= 0, NULL);

  if (max_degree > NTK_MAX_DEGREE || arch->depth != 1)
    {
      g_set_error (error, NTK_ERROR, NTK_ERROR_DOMAIN,
                   _("The spectrum on the sphere is known for one hidden layer up to degree %d"),
                   NTK_MAX_DEGREE);
      return NULL;
    }
  self = g_new0 (NtkSpectrum, 1);
  self->n_degrees = max_degree + 1;
  self->s = g_new0 (double, self->n_degrees);
  self->multiplicity = g_new0 (double, self->n_degrees);
  projection_init (&projection, arch, self->n_degrees, self->s);
  ntk_sphere_multiplicities (arch->dim, self->n_degrees, self->multiplicity);
  project_biases (&projection);
  for (int k = 0; k < self->n_degrees; k++)
    self->s[k] *= arch->sigma_v2;
  settle (self, arch->sigma_v2 * projection.power);
  projection_clear (&projection);
  return self;
}

void
ntk_spectrum_free (NtkSpectrum *self)
{
  if (self == NULL)
    return;
  g_free (self->s);
  g_free (self->multiplicity);
  g_free (self);
}
