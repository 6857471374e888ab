#include "ntk-mean-field-flow.h"

#include "ntk-init.h"
#include "ntk-target-private.h"
#include "ntk-vector.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The sums over the spectrum depend on kappa alone, so they are tabulated over log kappa with their
 * derivatives, and n, sigma, alpha and the ridge only recombine them:
 *   T1 = sum N lambda/(lambda + kappa),  T2 = sum N (lambda/(lambda + kappa))^2,
 *   B0 = sum b (kappa/(lambda + kappa))^2,  I0 = sum N s (kappa/(lambda + kappa))^2;
 *   R = kappa (n - T1),  error = (B0 + sigma^2 T2/n + alpha^2 I0)/(1 - T2/n). */

/* Above the largest eigenvalue by this much the predictor is 0. */
#define TOP 1e9
/* Of the largest eigenvalue, or of 1 where that is larger: below it kappa leaves the range of doubles. */
#define BOTTOM 1e-300

/* Of a chunk of knots. */
typedef struct
{
  double kappa[NTK_CHUNK], T1[NTK_CHUNK], T1v[NTK_CHUNK], T1wv[NTK_CHUNK];
  double I0[NTK_CHUNK], I0w[NTK_CHUNK], B0[NTK_CHUNK], B0w[NTK_CHUNK];
} Sums;

/* With w = lambda/(lambda + kappa) and v = 1 - w: T2 = T1 - sum N w v, and the derivatives are
 * T1' = -sum N w v, T2' = -2 sum N w^2 v, I0' = 2 sum N s v^2 w. */
NTK_CLONES static void
add_entries (const NtkZonalSeries *series, Sums *restrict sums)
{
  for (guint e = 0; e < series->n_entries; e++)
    {
      const double lambda = series->entries[e].lambda, count = series->entries[e].count;
      const double s = count * series->entries[e].s, power = series->entries[e].power;

      NTK_INDEPENDENT
      for (int i = 0; i < NTK_CHUNK; i++)
        {
          const double u = 1 / (lambda + sums->kappa[i]), w = lambda * u, v = sums->kappa[i] * u;
          const double share = count * w, v2 = v * v;

          sums->T1[i] += share;
          sums->T1v[i] += share * v;
          sums->T1wv[i] += share * w * v;
          sums->I0[i] += s * v2;
          sums->I0w[i] += s * v2 * w;
          sums->B0[i] += power * v2;
          sums->B0w[i] += power * v2 * w;
        }
    }
}

static void
fill_chunk (NtkMeanField *self, const NtkZonalSeries *series, int first)
{
  Sums sums = { 0 };

  /* Beyond the last knot for nothing, so that every chunk is a whole one. */
  for (int i = 0; i < NTK_CHUNK; i++)
    sums.kappa[i] = exp (self->lowest + MIN (first + i, self->n_knots - 1) * NTK_MEAN_FIELD_STEP);
  add_entries (series, &sums);
  for (int i = 0; i < MIN (self->n_knots - first, NTK_CHUNK); i++)
    {
      /* The rest has eigenvalues too small for any kappa here: v = 1, w = 0, N w = rest/kappa. */
      const double rest = series->lambda_rest / sums.kappa[i];

      self->T1[first + i] = (NtkKnot){ sums.T1[i] + rest, -sums.T1v[i] - rest };
      self->T2[first + i] = (NtkKnot){ sums.T1[i] - sums.T1v[i], -2 * sums.T1wv[i] };
      self->B0[first + i] = (NtkKnot){ sums.B0[i] + series->power_rest, 2 * sums.B0w[i] };
      self->I0[first + i] = (NtkKnot){ sums.I0[i] + series->s_rest, 2 * sums.I0w[i] };
    }
}

/* T1 at one kappa. */
static double
count_directions (const NtkZonalSeries *series, double kappa)
{
  double sum = series->lambda_rest / kappa;

  for (guint e = 0; e < series->n_entries; e++)
    sum += series->entries[e].count * series->entries[e].lambda
           / (series->entries[e].lambda + kappa);
  return sum;
}

/* From where there are more directions than points, or the eigenvalues end, to where there are
 * none. Fails where the largest eigenvalue is 0, or all of them together no number. */
static gboolean
choose_knots (NtkMeanField *self, const NtkZonalSeries *series, GError **error)
{
  double largest = 0, low;

  self->trace = series->lambda_rest;
  for (guint e = 0; e < series->n_entries; e++)
    {
      largest = MAX (largest, series->entries[e].lambda);
      self->trace += series->entries[e].count * series->entries[e].lambda;
    }
  if (!(largest > 0 && isfinite (self->trace)))
    {
      g_set_error_literal (error, NTK_ERROR, NTK_ERROR_DOMAIN,
                           _("The kernel's eigenvalues leave the range of numbers: choose variances "
                             "nearer to 1"));
      return FALSE;
    }
  for (low = largest; low > BOTTOM * MAX (largest, 1) && count_directions (series, low) < NTK_ZONAL_REACH;)
    low /= 2;
  low = MAX (low, series->lowest);
  self->lowest = log (low);
  self->n_knots = 2
                  + (int) ceil ((log (TOP * MAX (largest, self->trace)) - self->lowest)
                                / NTK_MEAN_FIELD_STEP);
  return TRUE;
}

NtkMeanField *
ntk_mean_field_new_series (const NtkZonalSeries *series, double deficit, gboolean flow,
                           GError **error)
{
  NtkMeanField *self = g_new0 (NtkMeanField, 1);

  self->ref_count = 1;
  self->deficit = deficit;
  if (!choose_knots (self, series, error))
    {
      ntk_mean_field_unref (self);
      return NULL;
    }
  self->T1 = g_new (NtkKnot, self->n_knots);
  self->T2 = g_new (NtkKnot, self->n_knots);
  self->B0 = g_new (NtkKnot, self->n_knots);
  self->I0 = g_new (NtkKnot, self->n_knots);
  for (int first = 0; first < self->n_knots; first += NTK_CHUNK)
    fill_chunk (self, series, first);
  if (flow && !(self->flow = ntk_mean_field_flow_new (series, self, error)))
    g_clear_pointer (&self, ntk_mean_field_unref);
  return self;
}

static void
describe (NtkMeanField *self, int dim, const char *target)
{
  self->dim = dim;
  self->rough = target && ntk_target_is_kinked (target);
}

NtkMeanField *
ntk_mean_field_new (const NtkArchitecture *arch, gboolean nngp, const char *target, gboolean flow,
                    GError **error)
{
  const NtkActivation *activation = &arch->activation;
  NtkZonalSeries series;
  NtkMeanField *self = NULL;

  g_return_val_if_fail (arch != NULL, NULL);

  if (ntk_zonal_series_init (&series, arch, nngp, target, error))
    {
      const gboolean kinked = activation->type->homogeneous && activation->a != activation->b;

      self = ntk_mean_field_new_series (
        &series, kinked && !nngp ? ntk_ridgeless_deficit (arch->dim) : 0, flow, error);
    }
  if (self)
    describe (self, arch->dim, target);
  ntk_zonal_series_clear (&series);
  return self;
}

NtkMeanField *
ntk_mean_field_new_radial (const char *kernel, double length_scale, int dim, const char *target,
                           gboolean flow, GError **error)
{
  NtkZonalSeries series;
  NtkMeanField *self = NULL;

  g_return_val_if_fail (kernel != NULL && length_scale > 0, NULL);

  if (ntk_zonal_series_init_radial (&series, kernel, length_scale, dim, target, error))
    {
      const gboolean kinked = strcmp (kernel, "laplace") == 0 || strcmp (kernel, "matern-1/2") == 0;

      self = ntk_mean_field_new_series (&series, kinked ? ntk_ridgeless_deficit (dim) : 0, flow,
                                        error);
    }
  if (self)
    describe (self, dim, target);
  ntk_zonal_series_clear (&series);
  return self;
}

NtkMeanField *
ntk_mean_field_ref (NtkMeanField *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
ntk_mean_field_unref (NtkMeanField *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_free (self->T1);
  g_free (self->T2);
  g_free (self->B0);
  g_free (self->I0);
  g_free (self->flow);
  g_free (self);
}
