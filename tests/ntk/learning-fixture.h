#pragma once

#include "fixture.h"

#include <cblas.h>

/* Draws of regression, and their error pieces written out. */

/* A draw on the sphere with the infinite-width kernel; f_0 is made of FACTORS functions, of which S
 * is the sum of squares. */
enum
{
  DIM = 6,
  FACTORS = 7
};

typedef struct
{
  double *X, *K, *S, *s_diag, *f, *noise, *factors;
  NtkLearning learning; /* drawn noise and initial function */
} Draw;

static inline void
draw_init (Draw *self, const NtkArchitecture *arch, int n, int n_points, int seed)
{
  g_autoptr (NtkStreams) streams = ntk_streams_new (seed, 0);
  g_autoptr (NtkTarget) target = ntk_target_new ("mixed", DIM, streams, NULL);
  g_autoptr (GError) error = NULL;

  self->X = fixture_inputs (streams, DIM, n, n_points);
  self->K = g_new (double, (gsize) n_points *n);
  self->S = g_new (double, (gsize) n_points *n);
  self->s_diag = g_new0 (double, n_points);
  self->f = g_new (double, n_points);
  self->noise = g_new (double, n);
  self->factors = g_new (double, FACTORS *n_points);
  ntk_infinite_kernel (arch, self->X, n, n_points, self->K, NULL, NULL, &error);
  g_assert_no_error (error);
  ntk_target_eval (target, self->X, n_points, self->f);
  ntk_streams_normal (streams, NTK_PURPOSE_NOISE, 0, 0, n, self->noise);
  ntk_streams_normal (streams, NTK_PURPOSE_READOUT, 0, 0, FACTORS * n_points, self->factors);
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasTrans, n_points, n, FACTORS, 1, self->factors,
               n_points, self->factors, n_points, 0, self->S, n_points);
  for (int i = 0; i < FACTORS * n_points; i++)
    self->s_diag[i % n_points] += self->factors[i] * self->factors[i];
  self->learning = (NtkLearning){ n,           n_points,      self->K,
                                  self->S,     self->s_diag,  self->f,
                                  self->noise, self->factors, NTK_EIGENVALUE_CUTOFF };
}

static inline void
draw_clear (Draw *self)
{
  g_free (self->X);
  g_free (self->K);
  g_free (self->S);
  g_free (self->s_diag);
  g_free (self->f);
  g_free (self->noise);
  g_free (self->factors);
}

static inline NtkArchitecture
with_bias (void)
{
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", DIM);

  arch.sigma_b2 = 2;
  return arch;
}

static inline NtkLearning
in_closed_form (const Draw *draw)
{
  NtkLearning learning = draw->learning;

  learning.noise = learning.initial = NULL;
  return learning;
}

#define assert_gram(got, want, tol, ...)                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *assert_gram_where = g_strdup_printf (__VA_ARGS__);                            \
    const double assert_gram_cross = sqrt ((want)->rr * (want)->aa);                               \
                                                                                                   \
    assert_rel ((got)->rr, (want)->rr, tol, "rr, %s", assert_gram_where);                          \
    assert_abs ((got)->ra, (want)->ra, (tol) *assert_gram_cross, "ra, %s", assert_gram_where);     \
    assert_rel ((got)->aa, (want)->aa, tol, "aa, %s", assert_gram_where);                          \
    assert_rel ((got)->bb, (want)->bb, tol, "bb, %s", assert_gram_where);                          \
    assert_abs ((got)->rb, (want)->rb, (tol) *sqrt ((want)->rr *(want)->bb), "rb, %s",             \
                assert_gram_where);                                                                \
    assert_abs ((got)->ab, (want)->ab, (tol) *sqrt ((want)->aa *(want)->bb), "ab, %s",             \
                assert_gram_where);                                                                \
  }                                                                                                \
  G_STMT_END

/* Pieces at m points from `first` on, from A (m x n) written out; training points have the noise in
 * their labels. */
static inline NtkGram
plain_gram (const Draw *draw, int n, const double *A, int first, int m, gboolean closed)
{
  NtkGram gram = { 0 };

  for (int x = 0; x < m; x++)
    {
      const gboolean trained = first + x < n;
      double r = draw->f[first + x], a = trained ? draw->noise[first + x] : 0, square = 0;

      for (int i = 0; i < n; i++)
        {
          const double whole = (trained && i == first + x) - A[i * m + x];

          r -= A[i * m + x] * draw->f[i];
          a -= A[i * m + x] * draw->noise[i];
          square += whole * whole;
        }
      for (int k = 0; k < (closed ? FACTORS : 1); k++)
        {
          const double *f0 = draw->factors + k * draw->learning.n_points;
          double b = f0[first + x];

          for (int i = 0; i < n; i++)
            b -= A[i * m + x] * f0[i];
          gram.bb += b * b / m;
          gram.rb += closed ? 0 : r * b / m;
          gram.ab += closed ? 0 : a * b / m;
        }
      gram.rr += r * r / m;
      gram.ra += closed ? 0 : r * a / m;
      gram.aa += (closed ? square : a * a) / m;
    }
  return gram;
}

/* A (m x n) = K_*X Phi/n at m points from `first` on, Phi = integral over s from 0 to t of exp (-s M), M = (K + R I)/n: a Taylor series at
 * t/2^DOUBLINGS, and Phi (2t) = Phi (t) + exp (-t M) Phi (t). */
static inline void
plain_flow (const Draw *draw, int n, const NtkStop *stop, int first, int m, double *A)
{
  enum
  {
    DOUBLINGS = 24
  };
  const int ld = draw->learning.n_points;
  const double t = stop->time / (1 << DOUBLINGS);
  g_autofree double *M = g_new (double, n *n);
  g_autofree double *E = g_new0 (double, n *n);
  g_autofree double *Phi = g_new0 (double, n *n);
  g_autofree double *P = g_new (double, n *n);

  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++)
      M[j * n + i] = (draw->K[j * ld + i] + (i == j ? stop->ridge : 0)) / n;
  for (int i = 0; i < n; i++)
    Phi[i * n + i] = t;
  /* Phi = t - t^2 M/2 + t^3 M^2/6; E = exp (-t M) - 1 = -M Phi, kept apart from 1. */
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, n, n, n, t * t * t / 6, M, n, M, n, 1,
               Phi, n);
  cblas_daxpy (n * n, -t * t / 2, M, 1, Phi, 1);
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, n, n, n, -1, M, n, Phi, n, 0, E, n);
  for (int step = 0; step < DOUBLINGS; step++)
    {
      memcpy (P, Phi, n * n * sizeof (double));
      cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, E, n, P, n, 2, Phi, n);
      memcpy (P, E, n * n * sizeof (double));
      cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, P, n, P, n, 2, E, n);
    }
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, m, n, n, 1.0 / n, draw->K + first, ld,
               Phi, n, 0, A, m);
}
