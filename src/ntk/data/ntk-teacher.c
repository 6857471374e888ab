#include "ntk-teacher.h"

#include "ntk-sphere.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <string.h>

/* f* = sum_j c_j (relu (u_j.x) - mean)/scale, u_j of norm 1: a network with weights and readouts
 * N(0, 1), so that c_j = v_j |w_j|. relu (u.x) relu (u'.x) has degree 2 in |x|, so its mean over the
 * sphere of radius sqrt(D) is the Gaussian one: (sqrt (1 - t^2) + (pi - acos t) t)/(2 pi), t = u.u'
 * (Cho and Saul 2009). */
#define UNITS NTK_TEACHER_UNITS

/* How many draws the mean power is over: of weights, and of readouts for each of these. With few readouts, those
 * that nearly cancel each other would leave an error of percents. With so many it is .3 % in D = 3, and less in
 * higher dimensions. */
#define POWER_DRAWS 2000
#define READOUTS 64
#define POWER_SEED 8
/* Above this degree P_k (u_i.u_j) is nothing on average. */
#define PAIR_DEGREE 32

static double
dot (const double *a, const double *b, int count)
{
  double sum = 0;

  for (int i = 0; i < count; i++)
    sum += a[i] * b[i];
  return sum;
}

/* E relu (u.x) = E_Gauss relu sqrt(D)/E |g| on the sphere, and E_Gauss relu = 1/sqrt (2 pi). */
static double
unit_mean (NtkInputsKind inputs, int dim)
{
  if (inputs != NTK_INPUTS_SPHERE)
    return 1 / sqrt (2 * G_PI);
  return sqrt (dim) / (2 * sqrt (G_PI)) * exp (lgamma (dim / 2.0) - lgamma ((dim + 1) / 2.0));
}

/* Covariance of two units whose weights are at cosine t. */
static double
pair_covariance (double t, double mean)
{
  const double c = CLAMP (t, -1, 1);

  return (sqrt (1 - c * c) + (G_PI - acos (c)) * c) / (2 * G_PI) - mean * mean;
}

/* Variance of sum_j c_j relu (u_j.x). */
static double
variance_of (const double *c, double cosines[UNITS][UNITS], double mean)
{
  double variance = 0;

  for (int i = 0; i < UNITS; i++)
    for (int j = 0; j < UNITS; j++)
      variance += c[i] * c[j] * pair_covariance (i == j ? 1 : cosines[i][j], mean);
  return variance;
}

void
ntk_teacher_init (NtkTeacher *self, NtkInputsKind inputs, int dim, NtkStreams *streams)
{
  const double mean = unit_mean (inputs, dim);
  double cosines[UNITS][UNITS], scale;

  self->dim = dim;
  self->U = g_new (double, (gsize) UNITS *dim);
  ntk_streams_normal (streams, NTK_PURPOSE_TARGET, 2, 0, (gsize) UNITS * dim, self->U);
  ntk_streams_normal (streams, NTK_PURPOSE_TARGET, 3, 0, UNITS, self->c);
  for (int j = 0; j < UNITS; j++)
    {
      double *u = self->U + (gsize) j * dim;
      const double norm = sqrt (dot (u, u, dim));

      for (int d = 0; d < dim; d++)
        u[d] /= norm;
      self->c[j] *= norm;
    }
  for (int i = 0; i < UNITS; i++)
    for (int j = 0; j < UNITS; j++)
      cosines[i][j] = dot (self->U + (gsize) i * dim, self->U + (gsize) j * dim, dim);
  scale = 1 / sqrt (variance_of (self->c, cosines, mean));
  self->mean = 0;
  for (int j = 0; j < UNITS; j++)
    {
      self->c[j] *= scale;
      self->mean += self->c[j] * mean;
    }
}

void
ntk_teacher_clear (NtkTeacher *self)
{
  g_clear_pointer (&self->U, g_free);
}

double
ntk_teacher_eval (const NtkTeacher *self, const double *x)
{
  double sum = -self->mean;

  for (int j = 0; j < UNITS; j++)
    sum += self->c[j] * MAX (dot (self->U + (gsize) j * self->dim, x, self->dim), 0);
  return sum;
}

/* Norms and cosines of the weights of one draw. Of the weights only their Gram matrix matters, whose
 * Cholesky factor has independent entries: chi with D - i degrees of freedom on the diagonal, N(0, 1)
 * below (Bartlett 1933). */
static void
draw_gram (gsl_rng *rng, int dim, double *norm, double cosines[UNITS][UNITS])
{
  double L[UNITS][UNITS] = { 0 };

  for (int i = 0; i < UNITS; i++)
    {
      for (int j = 0; j < MIN (i, dim); j++)
        L[i][j] = gsl_ran_gaussian_ziggurat (rng, 1);
      if (i < dim)
        L[i][i] = sqrt (gsl_ran_chisq (rng, dim - i));
      norm[i] = sqrt (dot (L[i], L[i], UNITS));
    }
  for (int i = 0; i < UNITS; i++)
    for (int j = 0; j < UNITS; j++)
      cosines[i][j] = dot (L[i], L[j], UNITS) / (norm[i] * norm[j]);
}

/* Mean of c c^T/variance over readouts, lower triangle. */
static void
average_readouts (gsl_rng *rng, const double *norm, double cosines[UNITS][UNITS], double mean,
                  double shares[UNITS][UNITS])
{
  double covariance[UNITS][UNITS];

  for (int i = 0; i < UNITS; i++)
    for (int j = 0; j <= i; j++)
      {
        covariance[i][j] = pair_covariance (i == j ? 1 : cosines[i][j], mean);
        shares[i][j] = 0;
      }
  for (int draw = 0; draw < READOUTS; draw++)
    {
      double c[UNITS], variance = 0;

      for (int i = 0; i < UNITS; i++)
        c[i] = norm[i] * gsl_ran_gaussian_ziggurat (rng, 1);
      for (int i = 0; i < UNITS; i++)
        variance += c[i] * (2 * dot (c, covariance[i], i) + c[i] * covariance[i][i]);
      for (int i = 0; i < UNITS; i++)
        for (int j = 0; j <= i; j++)
          shares[i][j] += c[i] * c[j] / (READOUTS * variance);
    }
}

/* Adds c^T P_k c/variance of one draw, k = 0..max_degree, P_k at the cosines. */
static void
add_draw (gsl_rng *rng, int dim, double mean, int max_degree, double *sum)
{
  double norm[UNITS], cosines[UNITS][UNITS], shares[UNITS][UNITS], P[PAIR_DEGREE + 1], squares = 0;
  const int pairs = MIN (max_degree, PAIR_DEGREE);

  draw_gram (rng, dim, norm, cosines);
  average_readouts (rng, norm, cosines, mean, shares);
  for (int i = 0; i < UNITS; i++)
    {
      squares += shares[i][i];
      for (int j = 0; j < i; j++)
        {
          ntk_gegenbauer (dim, CLAMP (cosines[i][j], -1, 1), pairs, P);
          for (int k = 0; k <= pairs; k++)
            sum[k] += 2 * shares[i][j] * P[k];
        }
    }
  for (int k = 0; k <= max_degree; k++)
    sum[k] += squares;
}

/* Power of relu (u.x) in degrees 0..max_degree, m_k xi_k^2 with xi_k = E relu (sqrt(D) t) P_k (t):
 * 1/4 in degree 1, nothing in the other odd ones, and in even ones
 *   xi_{k+2} = -(k - 1)/(k + D + 1) xi_k
 * (Bach 2017). A quadrature would lose them below rounding, which m_k multiplies. */
static void
unit_power (int dim, int max_degree, double *power)
{
  const double D = dim, mean = unit_mean (NTK_INPUTS_SPHERE, dim);

  memset (power, 0, (max_degree + 1) * sizeof (double));
  power[0] = mean * mean;
  if (max_degree >= 1)
    power[1] = 0.25;
  if (max_degree >= 2)
    power[2] = (D + 2) * (D - 1) / 2 * mean * mean / ((D + 1) * (D + 1));
  for (int k = 2; k + 2 <= max_degree; k += 2)
    {
      const double xi = (k - 1) / (k + D + 1);
      const double m = (2 * k + D + 2) / (2 * k + D - 2) * (k + D - 1) * (k + D - 2)
                       / ((k + 1.0) * (k + 2.0));

      power[k + 2] = power[k] * m * xi * xi;
    }
}

/* relu (u.x) = sum_k m_k xi_k P_k (u.x/sqrt(D)), so the power in degree k is m_k xi_k^2 c^T P_k c; the
 * mean over draws is one over a fixed set of them. */
void
ntk_teacher_power (int dim, int max_degree, double *power)
{
  g_autofree double *unit = g_new (double, max_degree + 1);
  g_autoptr (NtkStreams) streams = ntk_streams_new (POWER_SEED, 0);
  gsl_rng *rng = ntk_streams_at (streams, NTK_PURPOSE_TARGET, 2, 0);

  memset (power, 0, (max_degree + 1) * sizeof (double));
  for (int i = 0; i < POWER_DRAWS; i++)
    add_draw (rng, dim, unit_mean (NTK_INPUTS_SPHERE, dim), max_degree, power);
  unit_power (dim, max_degree, unit);
  power[0] = 0;
  for (int k = 1; k <= max_degree; k++)
    power[k] *= unit[k] / POWER_DRAWS;
}
