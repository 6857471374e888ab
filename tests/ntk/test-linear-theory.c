#include "fixture.h"

#include <cblas.h>
#include <lapacke.h>

static void
assert_parts (const NtkErrorParts *got, const NtkErrorParts *want, double tolerance,
              const char *what)
{
  assert_abs (got->B, want->B, tolerance * (1 + want->B), "B, %s", what);
  assert_abs (got->V, want->V, tolerance * (1 + want->V), "V, %s", what);
  assert_abs (got->init, want->init, tolerance * (1 + want->init), "I, %s", what);
  assert_abs (got->R_P, want->R_P, tolerance, "R_P, %s", what);
  assert_abs (got->bias, want->bias, tolerance, "bias, %s", what);
  assert_abs (got->B_inf, want->B_inf, tolerance * (1 + want->B), "B_inf, %s", what);
  assert_abs (got->V_inf, want->V_inf, tolerance * (1 + want->V), "V_inf, %s", what);
}

/* ---- Minimum norm ---- */

static void
test_golden (void)
{
  g_autoptr (GPtrArray) rows = fixture_csv ("linear_min_norm.csv");

  for (guint row = 0; row < rows->len; row++)
    {
      const int dim = fixture_number (rows, row, 0), p = fixture_number (rows, row, 1);
      NtkErrorParts parts;

      g_assert_true (ntk_linear_min_norm (dim, p, fixture_number (rows, row, 2), &parts, NULL));
      assert_rel (ntk_error_parts_total (&parts, sqrt (fixture_number (rows, row, 3)), 0),
                  fixture_number (rows, row, 4), 0.01, "row %u", row);
    }
}

/* ---- Simulation ---- */

/* Gaussian inputs: `slow` coordinates of variance slow_variance and then others of variance 1, of
 * which the last `hidden` are not shown to the model. Gradient flow for a time, with ridge R. */
typedef struct
{
  int n, dim, slow, hidden;
  double slow_variance, slow_power, fast_power;
  double R, time;
} Setting;

static double
deviation (const Setting *s, int i)
{
  return i < s->slow ? sqrt (s->slow_variance) : 1;
}

static double
filter (const Setting *s, double l, double largest)
{
  if (s->R > 0 || isfinite (s->time))
    return l + s->R > 0 ? -expm1 (-s->time * (l + s->R) / s->n) / (l + s->R) : s->time / s->n;
  return l > 1e-12 * largest ? 1 / l : 0;
}

/* One draw of the inputs X (n x D), and its kernel X_p X_p^T/D = Q diag (l) Q^T of the p seen inputs, with
 * W = X_p^T Q/D (p x n). */
typedef struct
{
  double *X, *Q, *l, *W;
} Draw;

static void
draw_init (Draw *self, const Setting *s, NtkStreams *streams)
{
  const int n = s->n, p = s->dim - s->hidden;

  self->X = g_new (double, (gsize) n *s->dim);
  self->Q = g_new (double, (gsize) n *n);
  self->l = g_new (double, n);
  self->W = g_new (double, (gsize) p *n);
  ntk_streams_normal (streams, NTK_PURPOSE_TRAIN_INPUT, 0, 0, (gsize) n * s->dim, self->X);
  for (int j = 0; j < s->dim; j++)
    cblas_dscal (n, deviation (s, j), self->X + (gsize) j * n, 1);
  cblas_dsyrk (CblasColMajor, CblasLower, CblasNoTrans, n, p, 1.0 / s->dim, self->X, n, 0, self->Q, n);
  LAPACKE_dsyevd (LAPACK_COL_MAJOR, 'V', 'L', n, self->Q, n, self->l);
  cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, p, n, n, 1.0 / s->dim, self->X, n, self->Q, n, 0, self->W, p);
}

static void
draw_clear (Draw *self)
{
  g_free (self->X);
  g_free (self->Q);
  g_free (self->l);
  g_free (self->W);
}

/* M (p x n): coefficients of inputs of unit variance out of labels, M = S W diag (g) Q^T with S the deviations of the
 * seen inputs. */
static double *
solution_new (const Setting *s, const Draw *draw)
{
  const int n = s->n, p = s->dim - s->hidden;
  g_autofree double *W = g_memdup2 (draw->W, sizeof (double) * p * n);
  double *M = g_new (double, (gsize) p *n);

  for (int j = 0; j < n; j++)
    cblas_dscal (p, filter (s, MAX (draw->l[j], 0), draw->l[n - 1]), W + (gsize) j * p, 1);
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasTrans, p, n, n, 1, W, p, draw->Q, n, 0, M, p);
  for (int i = 0; i < p; i++)
    cblas_dscal (n, deviation (s, i), M + i, p);
  return M;
}

/* Means over noise, and over target and theta_0 of independent coefficients, are in closed form: V = |M|^2, and the
 * coordinate j leaves |e_j - M X_j|^2 of its variance. */
static NtkErrorParts
simulate_one (const Setting *s, const Draw *draw)
{
  const int n = s->n, dim = s->dim, p = dim - s->hidden;
  g_autofree double *C = g_new (double, (gsize) p *dim);
  g_autofree double *M = solution_new (s, draw);
  NtkErrorParts parts = { 0 };

  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, p, dim, n, 1, M, p, draw->X, n, 0, C, p);
  parts.V = cblas_ddot (p * n, M, 1, M, 1);
  for (int j = 0; j < dim; j++)
    {
      const double unit = deviation (s, j);
      const double power = j < s->slow ? s->slow_power / s->slow : s->fast_power / (dim - s->slow);
      double *column = C + (gsize) j * p, left;

      if (j < p)
        column[j] -= unit;
      left = cblas_ddot (p, column, 1, column, 1) + (j < p ? 0 : unit * unit);
      parts.B += power * left / (unit * unit);
      parts.init += j < p ? left / dim : 0;
    }
  return parts;
}

typedef struct
{
  Average B, V, init;
} Parts;

/* Settings that differ in ridge and time alone, from the same draws. */
static void
simulate (const Setting *settings, int count, int seeds, Parts *parts)
{
  memset (parts, 0, count * sizeof *parts);
  for (int seed = 0; seed < seeds; seed++)
    {
      g_autoptr (NtkStreams) streams = ntk_streams_new (77, seed);
      Draw draw;

      draw_init (&draw, settings, streams);
      for (int i = 0; i < count; i++)
        {
          const NtkErrorParts one = simulate_one (&settings[i], &draw);

          average_add (&parts[i].B, one.B);
          average_add (&parts[i].V, one.V);
          average_add (&parts[i].init, one.init);
        }
      draw_clear (&draw);
    }
}

static void
assert_simulated (const Parts *got, double B, double V, double init, double slack, const char *what)
{
  g_test_message ("%s: B %.5f +- %.5f, theory %.5f; V %.5f +- %.5f, %.5f; I %.5f +- %.5f, %.5f",
                  what, average_mean (&got->B), average_error (&got->B), B, average_mean (&got->V),
                  average_error (&got->V), V, average_mean (&got->init), average_error (&got->init),
                  init);
  assert_abs (average_mean (&got->B), B, 3 * average_error (&got->B) + slack * B + 1e-12, "B, %s",
              what);
  assert_abs (average_mean (&got->V), V, 3 * average_error (&got->V) + slack * V, "V, %s", what);
  assert_abs (average_mean (&got->init), init,
              3 * average_error (&got->init) + slack * init + 1e-12, "I, %s", what);
}

/* Exact at any n: nothing but the standard errors is allowed. */
static void
test_min_norm (void)
{
  const int sizes[] = { 8, 20, 28, 33, 45, 80 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int hidden = 0; hidden <= 30; hidden += 30)
      {
        const int p = 30;
        const Setting s = {
          .n = sizes[i], .dim = p + hidden, .hidden = hidden, .fast_power = 1, .time = INFINITY
        };
        g_autofree char *what = g_strdup_printf ("n = %d, D = %d", s.n, s.dim);
        NtkErrorParts want;
        Parts got;

        simulate (&s, 1, g_test_thorough () ? 1000 : 300, &got);
        g_assert_true (ntk_linear_min_norm (s.dim, p, s.n, &want, NULL));
        assert_simulated (&got, want.B, want.V, want.init, 0, what);
      }
}

static void
test_min_norm_domain (void)
{
  NtkErrorParts parts;

  for (int n = 48; n <= 52; n++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (ntk_linear_min_norm (100, 50, n, &parts, &error) == (ABS (n - 50) > 1));
      if (ABS (n - 50) <= 1)
        g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
    }
}

/* ---- Ridge ---- */

static NtkErrorParts
ridge_at (const NtkLinearGroup *groups, guint n_groups, double missing, double n, double R)
{
  g_autoptr (GError) error = NULL;
  NtkErrorParts parts;

  ntk_linear_ridge (groups, n_groups, missing, n, R, &parts, &error);
  g_assert_no_error (error);
  return parts;
}

/* One group, without ridge: minimum norm with every n as large as can be. */
static void
test_limit (void)
{
  for (int hidden = 0; hidden <= 1; hidden++)
    for (double ratio = 0.2; ratio < 8; ratio *= 1.7)
      {
        const int p = 10000000, dim = (1 + hidden) * p, n = ratio * p;
        const NtkLinearGroup group = { 1.0 / dim, p, 1.0 / (1 + hidden) };
        const NtkErrorParts got = ridge_at (&group, 1, 1 - group.power, n, 0);
        NtkErrorParts want;

        g_assert_true (ntk_linear_min_norm (dim, p, n, &want, NULL));
        assert_parts (&got, &want, 1e-5, "p = 1e7");
      }
}

/* Isotropic inputs with ridge, in closed form: kappa is the positive root of
 * kappa n - kappa p/(1 + kappa D) = R, multiplied out. */
static void
test_isotropic (void)
{
  const double p = 100, n = 60;

  for (double R = 1e-6; R < 1e3; R *= 10)
    {
      const NtkLinearGroup group = { 1 / p, p, 1 };
      const NtkErrorParts got = ridge_at (&group, 1, 0, n, R);
      const double b = n - p - R * p, kappa = (-b + sqrt (b * b + 4 * n * p * R)) / (2 * n * p);
      const double v = kappa * p / (1 + kappa * p), g = p * (1 - v) * (1 - v) / n;
      const NtkErrorParts want = { v * v / (1 - g), g / (1 - g),     v * v / (1 - g), v * v,
                                   v * v,           v * v / (1 - g), g / (1 - g) };

      assert_parts (&got, &want, 1e-9, "isotropic");
    }
}

/* Two scales against simulation, both sides of n = D. Without ridge samples or coordinates count for
 * one less, as in the exact 1/(n - p - 1). */
static void
test_two_scales (void)
{
  const double ridges[] = { 0, 0.03, 1 };
  const int sizes[] = { 60, 250 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Setting settings[G_N_ELEMENTS (ridges)];
      Parts got[G_N_ELEMENTS (ridges)];

      for (guint r = 0; r < G_N_ELEMENTS (ridges); r++)
        settings[r] = (Setting){ sizes[i], 130, 30, 20, 0.04, 0.8, 0.5, ridges[r], INFINITY };
      simulate (settings, G_N_ELEMENTS (ridges), 60, got);
      for (guint r = 0; r < G_N_ELEMENTS (ridges); r++)
        {
          const Setting *s = &settings[r];
          const NtkLinearGroup groups[] = { { 1.0 / 130, 80, 0.4 }, { 0.04 / 130, 30, 0.8 } };
          const NtkErrorParts want = ridge_at (groups, 2, 0.1, s->n, s->R);
          g_autofree char *what = g_strdup_printf ("n = %d, R = %g", s->n, s->R);

          assert_simulated (&got[r], want.B, want.V, want.init, s->R > 0 ? 0.01 : 1.5 / abs (s->n - 110), what);
        }
    }
}

static void
test_domain (void)
{
  const NtkLinearGroup groups[] = { { 0.01, 40, 1 }, { 0.001, 10, 1 } };
  g_autoptr (GError) error = NULL;
  NtkErrorParts parts;

  g_assert_false (ntk_linear_ridge (groups, 2, 0, 50, 0, &parts, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
  g_assert_true (ntk_linear_ridge (groups, 2, 0, 49, 0, &parts, NULL));
  g_assert_true (ntk_linear_ridge (groups, 2, 0, 51, 0, &parts, NULL));
  g_assert_cmpfloat (parts.B, ==, 0);
  assert_rel (parts.V, 50, 1e-12, "V = p/(n - p)");
  g_assert_true (ntk_linear_ridge (groups, 2, 0, 50, 1e-6, &parts, NULL));
}

/* ---- Gradient flow ---- */

/* docs/theory.md: slow coordinates are learnt after the noise of the fast ones. */
static const NtkLinearGroup epoch_groups[] = { { 1.0 / 110, 100, 0.5 }, { 0.0025 / 110, 10, 1 } };

static NtkMeanFieldPieces
flow_at (double n, double R, double t)
{
  g_autoptr (GError) error = NULL;
  NtkMeanFieldPieces pieces;

  ntk_linear_flow (epoch_groups, 2, 0, n, R, &t, 1, &pieces, &error);
  g_assert_no_error (error);
  return pieces;
}

static void
test_flow (void)
{
  enum
  {
    TIMES = 4
  };
  const double times[TIMES] = { 1, 60, 1500, 2e5 };
  Setting settings[2 * TIMES];
  Parts got[2 * TIMES];

  for (int i = 0; i < 2 * TIMES; i++)
    settings[i] = (Setting){ 300, 110, 10, 0, 0.0025, 1, 0.5, i < TIMES ? 0 : 0.05, times[i % TIMES] };
  simulate (settings, 2 * TIMES, 12, got);
  for (int i = 0; i < 2 * TIMES; i++)
    {
      const NtkMeanFieldPieces want = flow_at (300, settings[i].R, settings[i].time);
      g_autofree char *what = g_strdup_printf ("t = %g, R = %g", settings[i].time, settings[i].R);

      assert_simulated (&got[i], want.B, want.V, want.init, 0.01, what);
    }
}

/* No time, and all of it. */
static void
test_flow_ends (void)
{
  for (double n = 50; n < 400; n *= 2)
    for (double R = 0; R < 1; R += 0.05 + R)
      {
        const NtkErrorParts want = ridge_at (epoch_groups, 2, 0, n, R);
        const NtkMeanFieldPieces none = flow_at (n, R, 1e-7), all = flow_at (n, R, 1e13);

        assert_rel (none.B, 1.5, 1e-6, "B at once, n = %g", n);
        assert_abs (none.V, 0, 1e-6, "V at once, n = %g", n);
        assert_rel (none.init, (100 + 0.025) / 110, 1e-6, "I at once, n = %g", n);
        assert_abs (all.B, want.B, 1e-6, "B at last, n = %g, R = %g", n, R);
        assert_rel (all.V, want.V, 1e-6, "V at last, n = %g, R = %g", n, R);
        assert_abs (all.init, want.init, 1e-6, "I at last, n = %g, R = %g", n, R);
      }
}

/* Numbers at every n and time, also at n = D, with coordinates of no variance or nearly the same, and
 * on to what the ridge says. */
static void
test_flow_everywhere (void)
{
  const NtkLinearGroup groups[][2] = { { { 1.0 / 110, 100, 0.5 }, { 0.0025 / 110, 10, 1 } },
                                       { { 1.0 / 110, 110, 1 }, { 0, 0, 0 } },
                                       { { 1.0 / 110, 100, 0.5 }, { 0, 10, 1 } },
                                       { { 0.01, 100, 1 }, { 0.0101, 10, 0.2 } } };

  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    for (int n = 2; n < 2000; n = n == 70 ? 110 : 1 + n * 3 / 2)
      for (double R = 0; R < 100; R += 1e-6 + 30 * R)
        {
          double t[40];
          NtkMeanFieldPieces pieces[40];
          NtkErrorParts end;
          g_autoptr (GError) error = NULL;

          for (int i = 0; i < 40; i++)
            t[i] = pow (10, -3 + 0.4 * i);
          ntk_linear_flow (groups[g], 2, 0.1, n, R, t, 40, pieces, &error);
          g_assert_no_error (error);
          for (int i = 0; i < 40; i++)
            g_assert_true (isfinite (pieces[i].B + pieces[i].V + pieces[i].init) && pieces[i].B > 0
                           && pieces[i].V > 0 && pieces[i].init >= 0);
          for (int i = 1; i < 40; i++)
            g_assert_cmpfloat (pieces[i].V, >=, pieces[i - 1].V * (1 - 1e-6));
          if (ntk_linear_ridge (groups[g], 2, 0.1, n, R, &end, NULL))
            assert_rel (pieces[39].V, end.V, 1e-5, "V at last, group %u, n = %d, R = %g", g, n, R);
        }
}

/* Minimum, maximum, minimum; figures of a simulation with 10 seeds. */
static void
test_epoch_wise (void)
{
  double error[400], t[400];
  int first = 0, peak, second;

  for (int i = 0; i < 400; i++)
    {
      NtkMeanFieldPieces pieces;

      t[i] = 0.01 * 110 * pow (10, i / 50.0);
      pieces = flow_at (300, 0, t[i]);
      error[i] = pieces.B + pieces.V;
    }
  while (error[first + 1] < error[first])
    first++;
  for (peak = first; error[peak + 1] > error[peak];)
    peak++;
  for (second = peak; second < 399 && error[second + 1] < error[second];)
    second++;
  g_test_message ("%.4f -> %.4f at %.3g -> %.4f at %.3g -> %.4f at %.4g", error[0], error[first],
                  t[first] / 110, error[peak], t[peak] / 110, error[second], t[second] / 110);
  assert_rel (error[0], 1.49, 0.02, "start");
  assert_rel (error[first], 1.31, 0.03, "first minimum");
  assert_rel (t[first] / 110, 0.55, 0.1, "its time");
  assert_rel (error[peak], 1.92, 0.03, "maximum");
  assert_rel (t[peak] / 110, 14, 0.15, "its time");
  assert_rel (error[second], 0.578, 0.03, "second minimum");
  assert_rel (t[second] / 110, 1940, 0.15, "its time");
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/linear-theory/golden", test_golden);
  g_test_add_func ("/ntk/linear-theory/min-norm", test_min_norm);
  g_test_add_func ("/ntk/linear-theory/min-norm-domain", test_min_norm_domain);
  g_test_add_func ("/ntk/linear-theory/limit", test_limit);
  g_test_add_func ("/ntk/linear-theory/isotropic", test_isotropic);
  g_test_add_func ("/ntk/linear-theory/two-scales", test_two_scales);
  g_test_add_func ("/ntk/linear-theory/domain", test_domain);
  g_test_add_func ("/ntk/linear-theory/flow", test_flow);
  g_test_add_func ("/ntk/linear-theory/flow-ends", test_flow_ends);
  g_test_add_func ("/ntk/linear-theory/flow-everywhere", test_flow_everywhere);
  g_test_add_func ("/ntk/linear-theory/epoch-wise", test_epoch_wise);
  return g_test_run ();
}
