#include "fixture.h"

#include <gsl/gsl_integration.h>

static const char *const names[] = { "relu", "leaky-relu", "abs", "erf",  "gelu",
                                     "sin",  "cos",        "rbf", "tanh", "swish" };

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
  activation = activation_named ("swish");
  assert_rel (ntk_activation_default_sigma_w2 (&activation), 1, 1e-15, "swish");
}

static void
test_eval (void)
{
  const double h[5] = { -2, -0.3, 0.4, 1, 3 };
  const double want[G_N_ELEMENTS (names)][5] = {
    { 0, 0, 0.4, 1, 3 },
    { -0.2, -0.03, 0.4, 1, 3 },
    { 2, 0.3, 0.4, 1, 3 },
    { -0.995322265018953, -0.328626759459127, 0.428392355046668, 0.842700792949715,
      0.999977909503001 },
    { -0.0455002638963584, -0.114626573343314, 0.26216869664413, 0.841344746068543,
      2.99595030590511 },
    { -0.909297426825682, -0.29552020666134, 0.38941834230865, 0.841470984807897,
      0.141120008059867 },
    { -0.416146836547142, 0.955336489125606, 0.921060994002885, 0.54030230586814,
      -0.989992496600445 },
    { -1.32544426337282, 0.659816282464266, 1.31047933631154, 1.38177329067604,
      -0.848872488540578 },
    { -0.964027580075817, -0.291312612451591, 0.379948962255225, 0.761594155955765,
      0.99505475368673 },
    { -0.238405844044235, -0.127667244956502, 0.239475064044981, 0.731058578630005,
      2.8577223804673 }
  };

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

/* The reference's names that differ from ours. */
static const char *
our_name (const char *name)
{
  if (strcmp (name, "leaky_relu_0.1") == 0)
    return "leaky-relu";
  return strcmp (name, "rbf_gamma_0.5") == 0 ? "rbf" : name;
}

static void
test_dual_golden (void)
{
  g_autoptr (GPtrArray) rows = fixture_csv ("dual_activations.csv");

  g_assert_cmpuint (rows->len, ==, 32);
  for (guint row = 0; row < rows->len; row++)
    {
      const char *name = our_name (((char **) g_ptr_array_index (rows, row))[0]);
      const NtkActivation activation = activation_named (name);
      double k, kdot;

      dual_at (&activation, fixture_number (rows, row, 1), fixture_number (rows, row, 2),
               fixture_number (rows, row, 3), &k, &kdot);
      assert_rel (k, fixture_number (rows, row, 4), 1e-10, "K of %s, row %u", name, row);
      assert_rel (kdot, fixture_number (rows, row, 5), 1e-10, "Kdot of %s, row %u", name, row);
    }
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

/* The trapezoidal rule in two dimensions, which converges exponentially for smooth activations
 * (Gauss-Hermite with 160 nodes misses 5e-11 of tanh at variance 2). */
static void
plane_dual (const NtkActivation *activation, double p, double q, double r, double *k, double *kdot)
{
  enum
  {
    HALF = 10 * 14
  };
  const double h = 1.0 / 14, slope = r / sqrt (p), rest = sqrt (q - r * r / p);

  *k = *kdot = 0;
  for (int i = -HALF; i <= HALF; i++)
    {
      double v[2 * HALF + 1], phi[2 * HALF + 1], dphi[2 * HALF + 1], row = 0, drow = 0;
      const double x = i * h, weight = h * h * exp (-x * x / 2) / (2 * G_PI);

      for (int j = 0; j <= 2 * HALF; j++)
        v[j] = slope * x + rest * (j - HALF) * h;
      activation->type->eval (activation, 2 * HALF + 1, v, phi, dphi);
      for (int j = 0; j <= 2 * HALF; j++)
        {
          const double y = (j - HALF) * h, density = exp (-y * y / 2);

          row += density * phi[j];
          drow += density * dphi[j];
        }
      *k += weight * phi_at (activation, sqrt (p) * x) * row;
      *kdot += weight * dphi_at (activation, sqrt (p) * x) * drow;
    }
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
          plane_dual (&activation, p, q, r, &want_k, &want_kdot);
        assert_abs (k, want_k, 1e-13, "K of %s at %g %g %g", names[a], p, q, r);
        assert_abs (kdot, want_kdot, 1e-13, "Kdot of %s at %g %g %g", names[a], p, q, r);
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

/* E phi^2 and E phi'^2 at variance p: half of each where a piecewise linear phi changes slope,
 * else the trapezoidal rule, fine enough for the widest variance here. */
static void
diagonal_dual (const NtkActivation *activation, double p, double *k, double *kdot)
{
  const double h = 1.0 / 512;
  long double square = 0, slope = 0;

  if (activation->type->homogeneous)
    {
      *kdot = (activation->a * activation->a + activation->b * activation->b) / 2;
      *k = *kdot * p;
      return;
    }
  for (int i = -6000; i <= 6000; i++)
    {
      const double x = i * h, weight = h * exp (-x * x / 2) / sqrt (2 * G_PI);
      const double phi = phi_at (activation, sqrt (p) * x),
                   dphi = dphi_at (activation, sqrt (p) * x);

      square += weight * phi * phi;
      slope += weight * dphi * dphi;
    }
  *k = square;
  *kdot = slope;
}

static gboolean
has_series (const NtkActivation *activation)
{
  return strcmp (activation->type->name, "tanh") == 0
         || strcmp (activation->type->name, "swish") == 0;
}

/* Equal points are exact, and so are repeated points whose covariance is off by rounding. */
static void
test_dual_equal (void)
{
  for (guint a = 0; a < G_N_ELEMENTS (names); a++)
    for (double p = 1e-3; p < 1e4; p *= 7.3)
      {
        const NtkActivation activation = activation_named (names[a]);
        double want_k, want_kdot, k, kdot;

        if (has_series (&activation) && p > 60)
          break;
        diagonal_dual (&activation, p, &want_k, &want_kdot);
        for (int ulps = -4; ulps <= 4; ulps += 2)
          {
            /* A wave feels the covariance to its last bit. */
            const double tolerance = 2e-14 + 2 * fabs (ulps * 1e-16) * p;

            dual_at (&activation, p, p, p * (1 + ulps * 1e-16), &k, &kdot);
            assert_rel (k, want_k, tolerance, "K of %s at equal points, variance %g", names[a], p);
            assert_rel (kdot, want_kdot, tolerance, "Kdot of %s at equal points, variance %g",
                        names[a], p);
          }
        dual_at (&activation, p, p, p, &k, &kdot);
        assert_rel (kdot, want_kdot, 1e-14, "Kdot of %s on the diagonal, variance %g", names[a], p);
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
        const double at_zero = phi_at (&activation, 0);
        double k, kdot;

        if (has_series (&activation) && edges[i][0] > 80)
          continue;
        dual_at (&activation, edges[i][0], edges[i][1], edges[i][2], &k, &kdot);
        g_assert_true (isfinite (k) && isfinite (kdot));
        if ((edges[i][0] == 0 || edges[i][1] == 0) && at_zero == 0)
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
