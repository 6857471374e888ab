#include "fixture.h"

/* The series against sums in the plane that know nothing of it. */

static const char *const names[] = { "tanh", "swish", "gelu", "erf" };

/* E[f (u) f (v)] for f = phi and phi', by the trapezoidal rule, fine enough for the variance 20: tanh has its poles
 * at i pi/2, swish at i pi, the others have none. */
static void
plane_dual (const NtkActivation *activation, double p, double q, double r, double *k, double *kdot)
{
  enum
  {
    MOST = 2 * 9 * 24 + 1
  };
  const int fine = strcmp (activation->type->name, "tanh") == 0 ? 24 : 12, half = 9 * fine, nodes = 2 * half + 1;
  const double h = 1.0 / fine, along = p > 0 ? r / sqrt (p) : 0,
               across = sqrt (MAX (q - along * along, 0));
  double u[MOST], phi_u[MOST], dphi_u[MOST], v[MOST], phi[MOST], dphi[MOST], density[MOST];
  long double sum = 0, slopes = 0;

  for (int i = 0; i < nodes; i++)
    {
      u[i] = sqrt (p) * (i - half) * h;
      density[i] = h * exp (-(i - half) * h * (i - half) * h / 2) / sqrt (2 * G_PI);
    }
  activation->type->eval (activation, nodes, u, phi_u, dphi_u);
  for (int i = 0; i < nodes; i++)
    {
      double row = 0, slope = 0;

      for (int j = 0; j < nodes; j++)
        v[j] = along * (i - half) * h + across * (j - half) * h;
      activation->type->eval (activation, nodes, v, phi, dphi);
      for (int j = 0; j < nodes; j++)
        {
          row += density[j] * phi[j];
          slope += density[j] * dphi[j];
        }
      sum += density[i] * phi_u[i] * row;
      slopes += density[i] * dphi_u[i] * slope;
    }
  *k = sum;
  *kdot = slopes;
}

/* A table for each of many variances, 0 and small ones among them, up to 20. */
static void
test_many_variances (void)
{
  const double variance[] = { 0, 1e-10, 0.01, 0.3, 1, 2, 5, 11, 20 };
  const double cosines[] = { -1, -0.9999, -0.5, 0, 0.3, 0.9, 0.999999, 1 };

  for (guint a = 0; a < G_N_ELEMENTS (names); a++)
    {
      NtkActivation activation;
      g_autoptr (NtkHermite) tables = NULL;
      g_autoptr (GError) error = NULL;

      ntk_activation_init (&activation, names[a], 0);
      tables = ntk_hermite_new (&activation, G_N_ELEMENTS (variance), variance, &error);
      g_assert_no_error (error);
      g_test_message ("%s: %d terms, error %g", names[a], ntk_hermite_terms (tables),
                      ntk_hermite_error (tables));
      g_assert_cmpfloat (ntk_hermite_error (tables), <, 1e-13);
      for (guint j = 0; j < G_N_ELEMENTS (variance); j++)
        for (guint c = 0; c < G_N_ELEMENTS (cosines); c++)
          {
            const guint i = (j + 3 * c) % G_N_ELEMENTS (variance);
            const double p = variance[i], q = variance[j], r = cosines[c] * sqrt (p * q);
            double k, kdot, want, want_dot, kp, kq, dp, dq;

            ntk_hermite_eval (tables, i, 1, j, &r, &k, &kdot);
            ntk_hermite_eval (tables, i, 1, i, &p, &kp, &dp);
            ntk_hermite_eval (tables, j, 1, j, &q, &kq, &dq);
            plane_dual (&activation, p, q, r, &want, &want_dot);
            assert_abs (k, want, 2e-13 * sqrt (kp * kq), "K of %s at %g %g %g", names[a], p, q, r);
            assert_abs (kdot, want_dot, 2e-13 * sqrt (dp * dq), "Kdot of %s at %g %g %g", names[a],
                        p, q, r);
          }
    }
}

/* Where there is a closed form, the series agrees with it; one table for all, and any place in a
 * group gives the same bytes. */
static void
test_one_variance (void)
{
  enum
  {
    COUNT = 101
  };
  double variance[COUNT], r[COUNT], q[COUNT], k[COUNT], kdot[COUNT], want[COUNT], want_dot[COUNT];

  for (int i = 0; i < COUNT; i++)
    {
      variance[i] = 1.7 * (1 + (i % 5) * 2e-16);
      q[i] = 1.7;
      r[i] = 1.7 * cos (G_PI * i / (COUNT - 1));
    }
  for (guint a = 2; a < 4; a++)
    {
      NtkActivation activation;
      g_autoptr (NtkHermite) tables = NULL;

      ntk_activation_init (&activation, names[a], 0);
      tables = ntk_hermite_new (&activation, COUNT, variance, NULL);
      ntk_hermite_eval (tables, 0, COUNT, 3, r, k, kdot);
      activation.type->dual (&activation, COUNT, variance, q, r, want, want_dot);
      for (int i = 0; i < COUNT; i++)
        {
          double alone, alone_dot;

          assert_abs (k[i], want[i], 1e-14, "K of %s at %g", names[a], r[i]);
          assert_abs (kdot[i], want_dot[i], 1e-13, "Kdot of %s at %g", names[a], r[i]);
          ntk_hermite_eval (tables, i, 1, 3, &r[i], &alone, &alone_dot);
          g_assert_cmpfloat (alone, ==, k[i]);
          g_assert_cmpfloat (alone_dot, ==, kdot[i]);
        }
    }
}

/* What it cannot reach it refuses, soon and in words. */
static void
test_out_of_reach (void)
{
  const double far[] = { 1, 2000 }, infinite = INFINITY;
  NtkActivation activation;
  GError *error = NULL;

  ntk_activation_init (&activation, "tanh", 0);
  g_assert_null (ntk_hermite_new (&activation, 2, far, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
  g_assert_nonnull (strstr (error->message, "2e+03"));
  g_clear_error (&error);
  g_assert_null (ntk_hermite_new (&activation, 1, &infinite, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
  g_clear_error (&error);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/hermite/many-variances", test_many_variances);
  g_test_add_func ("/ntk/hermite/one-variance", test_one_variance);
  g_test_add_func ("/ntk/hermite/out-of-reach", test_out_of_reach);
  return g_test_run ();
}
