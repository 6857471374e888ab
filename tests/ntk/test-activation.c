#include "fixture.h"

#include <gsl/gsl_integration.h>
#include <gsl/gsl_randist.h>

static const char *const names[] = { "relu", "leaky-relu", "abs", "erf" };

static NtkActivation
activation_named (const char *name)
{
  NtkActivation activation;

  g_assert_true (ntk_activation_init (&activation, name, 0.1));
  return activation;
}

static void
dual_at (const NtkActivation *activation, double p, double q, double r, double *k, double *kdot)
{
  activation->type->dual (activation, 1, &p, &q, &r, k, kdot);
}

static double
phi_at (const NtkActivation *activation, double h)
{
  double phi;

  activation->type->eval (activation, 1, &h, &phi, NULL);
  return phi;
}

static double
dphi_at (const NtkActivation *activation, double h)
{
  double dphi;

  activation->type->eval (activation, 1, &h, NULL, &dphi);
  return dphi;
}

static void
test_table (void)
{
  NtkActivation activation;
  guint n_types;
  const NtkActivationType *types = ntk_activation_types (&n_types);

  g_assert_cmpuint (n_types, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < n_types; i++)
    g_assert_cmpstr (types[i].name, ==, names[i]);
  g_assert_false (ntk_activation_init (&activation, "no-such", 0));
  activation = activation_named ("relu");
  assert_rel (ntk_activation_default_sigma_w2 (&activation), 2, 1e-15, "relu");
  activation = activation_named ("leaky-relu");
  assert_rel (ntk_activation_default_sigma_w2 (&activation), 2 / 1.01, 1e-15, "leaky");
  activation = activation_named ("abs");
  assert_rel (ntk_activation_default_sigma_w2 (&activation), 1, 1e-15, "abs");
  activation = activation_named ("erf");
  assert_rel (ntk_activation_default_sigma_w2 (&activation), 1, 1e-15, "erf");
}

static void
test_eval (void)
{
  const double h[5] = { -2, -0.3, 0.4, 1, 3 };
  const double want[4][5] = { { 0, 0, 0.4, 1, 3 },
                              { -0.2, -0.03, 0.4, 1, 3 },
                              { 2, 0.3, 0.4, 1, 3 },
                              { -0.995322265018953, -0.328626759459127, 0.428392355046668,
                                0.842700792949715, 0.999977909503001 } };

  for (guint a = 0; a < G_N_ELEMENTS (names); a++)
    {
      const NtkActivation activation = activation_named (names[a]);
      double phi[5], dphi[5], alone[5], in_place[5];

      activation.type->eval (&activation, 5, h, phi, dphi);
      activation.type->eval (&activation, 5, h, NULL, alone);
      memcpy (in_place, h, sizeof h);
      activation.type->eval (&activation, 5, in_place, in_place, NULL);
      for (int i = 0; i < 5; i++)
        {
          const double step = 1e-6;
          const double slope = (phi_at (&activation, h[i] + step)
                                - phi_at (&activation, h[i] - step))
                               / (2 * step);

          assert_abs (phi[i], want[a][i], 1e-14, "%s (%g)", names[a], h[i]);
          assert_abs (dphi[i], slope, 1e-8, "%s' (%g)", names[a], h[i]);
          g_assert_cmpfloat (alone[i], ==, dphi[i]);
          g_assert_cmpfloat (in_place[i], ==, phi[i]);
        }
    }
}

/* phi' may be written over h while phi goes elsewhere. */
static void
test_eval_over_input (void)
{
  for (guint a = 0; a < G_N_ELEMENTS (names); a++)
    {
      const NtkActivation activation = activation_named (names[a]);
      double h[100], phi[100], dphi[100], other[100];

      for (int i = 0; i < 100; i++)
        h[i] = (i - 50.5) / 20;
      activation.type->eval (&activation, 100, h, phi, dphi);
      activation.type->eval (&activation, 100, h, other, h);
      g_assert_cmpmem (other, sizeof other, phi, sizeof phi);
      g_assert_cmpmem (h, sizeof h, dphi, sizeof dphi);
    }
}

static void
test_dual_golden (void)
{
  g_autoptr (GPtrArray) rows = fixture_csv ("dual_activations.csv");
  int held = 0;

  for (guint row = 0; row < rows->len; row++)
    {
      const char *name = ((char **) g_ptr_array_index (rows, row))[0];
      NtkActivation activation;
      double k, kdot;

      if (!ntk_activation_init (&activation,
                                strcmp (name, "leaky_relu_0.1") == 0 ? "leaky-relu" : name, 0.1))
        continue;
      dual_at (&activation, fixture_number (rows, row, 1), fixture_number (rows, row, 2),
               fixture_number (rows, row, 3), &k, &kdot);
      assert_rel (k, fixture_number (rows, row, 4), 1e-10, "K of %s, row %u", name, row);
      assert_rel (kdot, fixture_number (rows, row, 5), 1e-10, "Kdot of %s, row %u", name, row);
      held++;
    }
  g_assert_cmpint (held, ==, 12);
}

/* Polar coordinates, u = sqrt p R cos a, v = sqrt q R cos (a - theta): the radius is exact for
 * a homogeneous activation, the angle is split where u or v change sign. */
static void
polar_dual (const NtkActivation *activation, double p, double q, double r, double *k, double *kdot)
{
  const double theta = atan2 (sqrt (p * q - r * r), r);
  double cuts[5] = { -G_PI_2, theta - G_PI_2, G_PI_2, theta + G_PI_2, 3 * G_PI_2 };
  gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc (32);

  *k = *kdot = 0;
  for (int panel = 0; panel < 4; panel++)
    for (int i = 0; i < 32; i++)
      {
        double a, weight, u, v;

        gsl_integration_glfixed_point (cuts[panel], cuts[panel + 1], i, &a, &weight, table);
        u = sqrt (p) * cos (a);
        v = sqrt (q) * cos (a - theta);
        *k += 2 * weight / (2 * G_PI) * phi_at (activation, u) * phi_at (activation, v);
        *kdot += weight / (2 * G_PI) * dphi_at (activation, u) * dphi_at (activation, v);
      }
  gsl_integration_glfixed_table_free (table);
}

/* Gauss-Hermite in two dimensions, for smooth activations. */
static void
hermite_dual (const NtkActivation *activation, double p, double q, double r, double *k,
              double *kdot)
{
  enum
  {
    NODES = 120
  };
  gsl_integration_fixed_workspace *rule = gsl_integration_fixed_alloc (
    gsl_integration_fixed_hermite, NODES, 0, 0.5, 0, 0);
  const double *x = gsl_integration_fixed_nodes (rule), *w = gsl_integration_fixed_weights (rule);

  *k = *kdot = 0;
  for (int i = 0; i < NODES; i++)
    for (int j = 0; j < NODES; j++)
      {
        const double u = sqrt (p) * x[i], v = r / sqrt (p) * x[i] + sqrt (q - r * r / p) * x[j];
        const double weight = w[i] * w[j] / (2 * G_PI);

        *k += weight * phi_at (activation, u) * phi_at (activation, v);
        *kdot += weight * dphi_at (activation, u) * dphi_at (activation, v);
      }
  gsl_integration_fixed_free (rule);
}

static const double pairs[][3] = { { 1, 1, 0.5 },   { 2, 0.5, -0.3 }, { 0.3, 1.7, 0.6 },
                                   { 1, 1, 0.99 },  { 1, 1, -0.99 },  { 0.7, 1.3, 0 },
                                   { 0.01, 2, 0.1 } };

static void
test_dual_quadrature (void)
{
  for (guint a = 0; a < G_N_ELEMENTS (names); a++)
    for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
      {
        const NtkActivation activation = activation_named (names[a]);
        const double p = pairs[i][0], q = pairs[i][1], r = pairs[i][2];
        double k, kdot, want_k, want_kdot;

        dual_at (&activation, p, q, r, &k, &kdot);
        if (activation.type->homogeneous)
          polar_dual (&activation, p, q, r, &want_k, &want_kdot);
        else
          hermite_dual (&activation, p, q, r, &want_k, &want_kdot);
        assert_abs (k, want_k, 1e-11, "K of %s at %g %g %g", names[a], p, q, r);
        assert_abs (kdot, want_kdot, 1e-11, "Kdot of %s at %g %g %g", names[a], p, q, r);
      }
}

static void
test_dual_monte_carlo (void)
{
  enum
  {
    DRAWS = 200000
  };
  g_autoptr (NtkStreams) streams = ntk_streams_new (5, 0);
  g_autofree double *z = g_new (double, 2 * DRAWS);
  const double p = 2, q = 0.5, r = -0.3;

  ntk_streams_normal (streams, NTK_PURPOSE_NOISE, 0, 0, 2 * DRAWS, z);
  for (guint a = 0; a < G_N_ELEMENTS (names); a++)
    {
      const NtkActivation activation = activation_named (names[a]);
      Average k = { 0 }, kdot = { 0 };
      double want_k, want_kdot;

      for (int i = 0; i < DRAWS; i++)
        {
          const double u = sqrt (p) * z[2 * i],
                       v = r / sqrt (p) * z[2 * i] + sqrt (q - r * r / p) * z[2 * i + 1];

          average_add (&k, phi_at (&activation, u) * phi_at (&activation, v));
          average_add (&kdot, dphi_at (&activation, u) * dphi_at (&activation, v));
        }
      dual_at (&activation, p, q, r, &want_k, &want_kdot);
      assert_abs (average_mean (&k), want_k, 4 * average_error (&k), "K of %s", names[a]);
      assert_abs (average_mean (&kdot), want_kdot, 4 * average_error (&kdot) + 1e-12, "Kdot of %s",
                  names[a]);
    }
}

/* Equal points are exact, and so are repeated points whose covariance is off by rounding. */
static void
test_dual_equal (void)
{
  for (guint a = 0; a < G_N_ELEMENTS (names); a++)
    for (double p = 1e-3; p < 1e4; p *= 7.3)
      {
        const NtkActivation activation = activation_named (names[a]);
        const double square = (activation.a * activation.a + activation.b * activation.b) / 2;
        const double want_k = activation.type->homogeneous ? square * p
                                                           : M_2_PI * asin (2 * p / (1 + 2 * p));
        const double want_kdot = activation.type->homogeneous ? square
                                                              : 2 * M_2_PI / sqrt (1 + 4 * p);

        for (int ulps = -4; ulps <= 4; ulps += 2)
          {
            double k, kdot;

            dual_at (&activation, p, p, p * (1 + ulps * 1e-16), &k, &kdot);
            assert_rel (k, want_k, 1e-13, "K of %s at equal points, variance %g", names[a], p);
            assert_rel (kdot, want_kdot, 4e-15, "Kdot of %s at equal points, variance %g", names[a],
                        p);
          }
      }
}

/* Opposite, nearly opposite and vanishing points: finite, and the limits where they are known. */
static void
test_dual_edges (void)
{
  const double edges[][3] = { { 0, 0, 0 },
                              { 0, 1, 0 },
                              { 1, 0, 0 },
                              { 1, 1, -1 },
                              { 1, 1, -1.0000000000000002 },
                              { 1, 1, 1.0000000000000004 },
                              { 1, 1, -0.9999999999999999 },
                              { 1e-300, 1e-300, 1e-300 },
                              { 1e150, 1e150, -1e150 } };

  for (guint a = 0; a < G_N_ELEMENTS (names); a++)
    for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
      {
        const NtkActivation activation = activation_named (names[a]);
        double k, kdot;

        dual_at (&activation, edges[i][0], edges[i][1], edges[i][2], &k, &kdot);
        g_assert_true (isfinite (k) && isfinite (kdot));
        if (edges[i][0] == 0 || edges[i][1] == 0)
          assert_abs (k, 0, 0, "K of %s with a variance of 0", names[a]);
      }
  for (guint a = 0; a < 3; a++)
    {
      const NtkActivation activation = activation_named (names[a]);
      double k, kdot;

      dual_at (&activation, 1, 1, -1, &k, &kdot);
      assert_abs (kdot, activation.a * activation.b, 1e-15, "Kdot of %s at opposite points",
                  names[a]);
      assert_abs (k, -activation.a * activation.b, 1e-15, "K of %s at opposite points", names[a]);
    }
}

static void
test_dual_in_place (void)
{
  for (guint a = 0; a < G_N_ELEMENTS (names); a++)
    {
      const NtkActivation activation = activation_named (names[a]);
      double p[2] = { 1, 2 }, q[2] = { 1.5, 0.7 }, r[2] = { 0.3, -0.2 }, k[2], kdot[2];

      activation.type->dual (&activation, 2, p, q, r, k, kdot);
      activation.type->dual (&activation, 2, p, q, r, r, q);
      g_assert_cmpmem (r, sizeof r, k, sizeof k);
      g_assert_cmpmem (q, sizeof q, kdot, sizeof kdot);
    }
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/activation/table", test_table);
  g_test_add_func ("/ntk/activation/eval", test_eval);
  g_test_add_func ("/ntk/activation/eval-over-input", test_eval_over_input);
  g_test_add_func ("/ntk/activation/dual-golden", test_dual_golden);
  g_test_add_func ("/ntk/activation/dual-quadrature", test_dual_quadrature);
  g_test_add_func ("/ntk/activation/dual-monte-carlo", test_dual_monte_carlo);
  g_test_add_func ("/ntk/activation/dual-equal", test_dual_equal);
  g_test_add_func ("/ntk/activation/dual-edges", test_dual_edges);
  g_test_add_func ("/ntk/activation/dual-in-place", test_dual_in_place);
  return g_test_run ();
}
