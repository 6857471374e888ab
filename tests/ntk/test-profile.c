#include "fixture.h"

#define DEPTH 10

/* As many angles as several tiles have. */
#define MANY 600

static NtkArchitecture
architecture (const char *name, double sigma_b2)
{
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, name, 5);

  arch.sigma_b2 = sigma_b2;
  return arch;
}

static void
profile (const NtkArchitecture *arch, const double *angle, int count, int depth, double *ntk,
         double *nngp)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ntk_profile (arch, angle, count, depth, ntk, nngp, &error));
  g_assert_no_error (error);
}

/* Columns of the table: activation, sigma_w2, sigma_b2, angle, its value, depth, ntk, nngp, and two more. Held to
 * 1e-12 of the value at angle 0: angles near pi are not told better by a double. */
static void
test_golden (void)
{
  g_autoptr (GPtrArray) rows = fixture_csv ("kernel_profile.csv");
  double ntk[DEPTH], nngp[DEPTH], at_zero[2][DEPTH] = { 0 };

  for (guint row = 0; row < rows->len; row++)
    {
      char **cells = g_ptr_array_index (rows, row);
      NtkArchitecture arch = architecture (cells[0], fixture_number (rows, row, 2));
      const double angle = fixture_number (rows, row, 4);
      const int l = (int) fixture_number (rows, row, 5) - 1;

      arch.sigma_w2 = fixture_number (rows, row, 1);
      if (l == 0)
        profile (&arch, &angle, 1, DEPTH, ntk, nngp);
      for (int kind = 0; kind < 2; kind++)
        {
          const double want = fixture_number (rows, row, 6 + kind);

          at_zero[kind][l] = angle == 0 ? want : at_zero[kind][l];
          assert_abs (kind ? nngp[l] : ntk[l], want, 1e-12 * at_zero[kind][l],
                      "%s, sigma_b2 %s, angle %s, depth %d, %s", cells[0], cells[2], cells[3],
                      l + 1, kind ? "NNGP" : "NTK");
        }
    }
  g_assert_cmpuint (rows->len, ==, 1020);
}

/* Points of the sphere at these angles from the first. */
static double *
circle_points (int dim, const double *angle, int count)
{
  double *X = g_new0 (double, (gsize) dim *count);

  for (int i = 0; i < count; i++)
    {
      X[(gsize) i * dim] = sqrt (dim) * cos (angle[i]);
      X[(gsize) i * dim + 1] = sqrt (dim) * sin (angle[i]);
    }
  return X;
}

static void
check_against_points (NtkModel model, const char *name, double sigma_b2, int first, int last)
{
  const double angle[] = { 0, 0.003, 0.4, 1.1, 1.9, 2.7, G_PI };
  const int count = G_N_ELEMENTS (angle);
  NtkArchitecture arch = architecture (name, sigma_b2);
  g_autofree double *X = circle_points (arch.dim, angle, count);
  double ntk[G_N_ELEMENTS (angle) * 4], nngp[G_N_ELEMENTS (angle) * 4];
  double kernel[G_N_ELEMENTS (angle)], law[G_N_ELEMENTS (angle)];

  arch.model = model;
  profile (&arch, angle, count, 4, ntk, nngp);
  for (arch.depth = first; arch.depth <= last; arch.depth++)
    {
      g_autoptr (GError) error = NULL;
      const int from = (arch.depth - 1) * count;

      g_assert_true (ntk_infinite_kernel (&arch, X, 1, count, kernel, law, NULL, &error));
      for (int i = 0; i < count; i++)
        {
          assert_abs (ntk[from + i], kernel[i], 1e-12 * kernel[0],
                      "%s, sigma_b2 %g, depth %d, angle %g", name, sigma_b2, arch.depth, angle[i]);
          assert_abs (nngp[from + i], law[i], 1e-12 * law[0],
                      "%s, sigma_b2 %g, depth %d, angle %g, NNGP", name, sigma_b2, arch.depth,
                      angle[i]);
        }
    }
}

static void
test_points (void)
{
  guint n_types;
  const NtkActivationType *types = ntk_activation_types (&n_types);

  for (guint type = 0; type < n_types; type++)
    for (double sigma_b2 = 0; sigma_b2 < 1; sigma_b2 += 0.7)
      check_against_points (NTK_MODEL_LINEARISED, types[type].name, sigma_b2, 1, 4);
  check_against_points (NTK_MODEL_RANDOM_FEATURES, "relu", 0, 1, 4);
  check_against_points (NTK_MODEL_RANDOM_FEATURES, "erf", 0, 3, 3);
}

/* NTK = (L + 1)(1 - L u/(2 pi) + ...), whose next term is of the order u^2; and one layer's NNGP near opposite
 * points, (sin d - d cos d)/pi at d = pi - u. */
static void
test_cusp (void)
{
  const NtkArchitecture arch = architecture ("relu", 0);

  for (double u = 1e-12; u < 1e-6; u *= 10)
    {
      double ntk[DEPTH];

      profile (&arch, &u, 1, DEPTH, ntk, NULL);
      for (int L = 1; L <= DEPTH; L++)
        assert_abs (ntk[L - 1], (L + 1) * (1 - L * u / (2 * G_PI)), L * 4e-16 + 30 * u * u * L * L,
                    "depth %d, angle %g", L, u);
    }
  for (double d = 1e-3; d > 1e-5; d /= 3)
    {
      const double u = G_PI - d, left = G_PI - u;
      double nngp;

      profile (&arch, &u, 1, 1, NULL, &nngp);
      assert_rel (nngp, left * left * left * (1 - left * left / 10) / (3 * G_PI), 1e-9, "pi - %g",
                  d);
    }
}

/* More angles or depths change nothing. */
static void
test_prefixes (void)
{
  g_autofree double *angle = g_new (double, MANY), *all = g_new (double, MANY *DEPTH);
  double few[3 * 2];

  for (int i = 0; i < MANY; i++)
    angle[i] = G_PI * i / (MANY - 1);
  for (int smooth = 0; smooth < 2; smooth++)
    {
      const NtkArchitecture arch = architecture (smooth ? "tanh" : "relu", 0.2);

      profile (&arch, angle, MANY, DEPTH, all, NULL);
      for (int from = 0; from + 3 <= MANY; from += 99)
        {
          profile (&arch, angle + from, 3, 2, few, NULL);
          for (int l = 0; l < 2; l++)
            for (int i = 0; i < 3; i++)
              g_assert_true (few[l * 3 + i] == all[l * MANY + from + i]);
        }
    }
}

/* Where the derivative of [sin u + 2 (pi - u) cos u]/(2 pi) vanishes; the limit 1/4; and the opposite point of an
 * odd activation. */
static void
test_least (void)
{
  NtkArchitecture arch = architecture ("relu", 0);
  g_autoptr (GError) error = NULL;
  double u, share, last = 1;

  arch.depth = 1;
  g_assert_true (ntk_profile_least (&arch, FALSE, &u, &share, &error));
  assert_abs (cos (u) + 2 * (G_PI - u) * sin (u), 0, 1e-6, "derivative at %g", u);
  assert_rel (share, (sin (u) + 2 * (G_PI - u) * cos (u)) / (2 * G_PI), 1e-14, "least");
  assert_abs (2 * share, -0.137, 5e-4, "least");
  for (arch.depth = 10; arch.depth <= 1000; arch.depth *= 10)
    {
      g_assert_true (ntk_profile_least (&arch, FALSE, &u, &share, &error));
      g_test_message ("%d layers: %.5f", arch.depth, share);
      g_assert_cmpfloat (fabs (share - 0.25), <, last);
      last = fabs (share - 0.25);
    }
  assert_abs (share, 0.25, 0.004, "1000 layers");
  arch = architecture ("erf", 0);
  arch.depth = 2;
  g_assert_true (ntk_profile_least (&arch, TRUE, &u, &share, &error));
  assert_abs (u, G_PI, 1e-7, "erf");
  assert_abs (share, -1, 1e-14, "erf");
  arch.sigma_v2 = 0;
  g_assert_false (ntk_profile_least (&arch, TRUE, &u, &share, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
}

static void
test_radial (void)
{
  const double angle[] = { 0, 1e-10, 1e-6, 0.02, 0.4, 1.3, 2.9, G_PI };
  const int count = G_N_ELEMENTS (angle), dim = 6;
  g_autofree double *X = circle_points (dim, angle, count);
  g_autoptr (GError) error = NULL;
  double kernel[G_N_ELEMENTS (angle)], want[G_N_ELEMENTS (angle)];
  guint n_types;
  const NtkRadialType *types = ntk_radial_types (&n_types);

  for (guint type = 0; type < n_types; type++)
    for (double scale = 0.3; scale < 3; scale *= 3)
      {
        const char *name = types[type].name;

        g_assert_true (ntk_radial_profile (name, scale, angle, count, kernel, &error));
        g_assert_true (ntk_radial_kernel (name, scale, X, dim, 1, count, want, &error));
        for (int i = 0; i < count; i++)
          assert_abs (kernel[i], want[i], 1e-13, "%s, length scale %g, angle %g", name, scale,
                      angle[i]);
        for (int i = 0; i < count && g_str_equal (name, "laplace"); i++)
          assert_abs (kernel[i], exp (-2 * sin (angle[i] / 2) / scale), 2e-16, "angle %g",
                      angle[i]);
      }
  g_assert_false (ntk_radial_profile ("cubic", 1, angle, count, kernel, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
}

static void
test_refusals (void)
{
  const double u = 1;
  NtkArchitecture arch = architecture ("tanh", 0);
  g_autoptr (GError) error = NULL;
  double ntk[400];

  arch.sigma_w2 = 1000;
  g_assert_false (ntk_profile (&arch, &u, 1, 2, ntk, NULL, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
  g_clear_error (&error);
  arch = architecture ("relu", 0);
  arch.sigma_w2 = 1e3;
  g_assert_false (ntk_profile (&arch, &u, 1, 400, ntk, NULL, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_NUMERICS);
  g_clear_error (&error);
  arch.model = NTK_MODEL_LINEAR;
  g_assert_false (ntk_profile (&arch, &u, 1, 1, ntk, NULL, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/profile/golden", test_golden);
  g_test_add_func ("/profile/points", test_points);
  g_test_add_func ("/profile/cusp", test_cusp);
  g_test_add_func ("/profile/prefixes", test_prefixes);
  g_test_add_func ("/profile/least", test_least);
  g_test_add_func ("/profile/radial", test_radial);
  g_test_add_func ("/profile/refusals", test_refusals);
  return g_test_run ();
}
