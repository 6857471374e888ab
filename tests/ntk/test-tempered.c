#include "fixture.h"

#include "ntk-mean-field-private.h"
#include "ntk-radial.h"

#include <float.h>

/* Benign, tempered and catastrophic overfitting (Mallinar et al. 2022): the mean field on lists of
 * eigenvalues that fall by a power law, and on the spectra of kernels on the sphere, whose noise part
 * tells them apart. Reference numbers by sums of 40 digits. */

/* ---- Power laws ---- */

/* lambda_j = j^-alpha and power j^-beta, which sums to 1: one by one, then in blocks of two nodes each.
 * beta: 0 for none. */
static NtkZonalSeries
power_law (double alpha, double beta)
{
  enum
  {
    SINGLE = 300
  };
  const double ratio = 1.04, node = sqrt (1.0 / 12);
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (NtkZonalEntry));
  NtkZonalSeries series = { 0 };
  double sum = 0, j;

  for (j = 1; j <= SINGLE; j++)
    {
      const NtkZonalEntry entry = { pow (j, -alpha), 0, 1, beta > 0 ? pow (j, -beta) : 0 };

      g_array_append_val (entries, entry);
    }
  /* To far below any kappa of 10,000 points. */
  for (j = SINGLE + 0.5; pow (j / 1e4, -alpha) > 1e-7; j *= ratio)
    for (int side = -1; side <= 1; side += 2)
      {
        const double width = j * (ratio - 1), at = j + width * (0.5 + side * node);
        const NtkZonalEntry entry = { pow (at, -alpha), 0, width / 2,
                                      beta > 0 ? pow (at, -beta) * width / 2 : 0 };

        g_array_append_val (entries, entry);
      }
  series.lambda_rest = pow (j, 1 - alpha) / (alpha - 1);
  series.power_rest = beta > 0 ? pow (j, 1 - beta) / (beta - 1) : 0;
  series.n_entries = entries->len;
  series.entries = (NtkZonalEntry *) g_array_steal (entries, NULL);
  for (guint i = 0; i < series.n_entries; i++)
    sum += series.entries[i].power;
  sum += series.power_rest;
  for (guint i = 0; i < series.n_entries && beta > 0; i++)
    series.entries[i].power /= sum;
  series.power_rest /= beta > 0 ? sum : 1;
  return series;
}

static void
test_power_laws (void)
{
  g_autoptr (GPtrArray) rows = fixture_csv ("tempered.csv");
  double alpha = 0, beta = -1, worst = 0;
  g_autoptr (NtkMeanField) field = NULL;

  for (guint row = 0; row < rows->len; row++)
    {
      const double n = fixture_number (rows, row, 3), R = fixture_number (rows, row, 4);
      const double kappa = fixture_number (rows, row, 5), value = fixture_number (rows, row, 6);
      const double new_alpha = fixture_number (rows, row, 1),
                   new_beta = fixture_number (rows, row, 2);
      double got;

      if (new_alpha != alpha || new_beta != beta)
        {
          NtkZonalSeries series = power_law (new_alpha, new_beta);

          g_clear_pointer (&field, ntk_mean_field_unref);
          field = ntk_mean_field_new_series (&series, 0, FALSE, NULL);
          ntk_zonal_series_clear (&series);
          alpha = new_alpha;
          beta = new_beta;
        }
      if (R == 0)
        assert_rel (ntk_mean_field_kappa (field, n), kappa, 1e-6, "kappa, row %u", row + 2);
      got = ntk_mean_field_ridge_error (field, n, R, beta > 0 ? 0 : 1, 0);
      worst = MAX (worst, fabs (got / value - 1));
      assert_rel (got, value, 1e-6, "row %u: alpha %g, beta %g, n %g, R %g", row + 2, alpha, beta,
                  n, R);
    }
  g_test_message ("worst relative error %.1e", worst);
}

/* ---- Kernels on the sphere ---- */

static NtkArchitecture
with_biases (int dim)
{
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", dim);

  arch.sigma_b2 = 2;
  return arch;
}

static void
test_eigenvalues (void)
{
  g_autoptr (GPtrArray) rows = fixture_csv ("sphere_spectrum.csv");

  for (guint row = 0; row < rows->len; row++)
    {
      const char *kernel = ((char **) g_ptr_array_index (rows, row))[0];
      const int dim = fixture_number (rows, row, 1) + 1, degree = fixture_number (rows, row, 2);
      double lambda[NTK_ZONAL_DEGREE + 1], s[NTK_ZONAL_DEGREE + 1], total, prior;
      const NtkArchitecture arch = with_biases (dim);
      int count;

      if (strcmp (kernel, "rbf") == 0)
        {
          g_autofree double *gauss = ntk_zonal_gauss (dim, 1, &count);

          g_assert_cmpint (degree, <, count);
          lambda[degree] = gauss[degree];
        }
      else if (strcmp (kernel, "ntk") == 0)
        g_assert_true (
          ntk_zonal_spectrum (&arch, NTK_ZONAL_DEGREE, lambda, s, &total, &prior, NULL));
      else
        g_assert_true (ntk_zonal_radial (kernel, 1, dim, NTK_ZONAL_DEGREE, lambda, &count, NULL));
      assert_rel (lambda[degree], fixture_number (rows, row, 3), 1e-10, "%s, D = %d, degree %d",
                  kernel, dim, degree);
    }
}

/* Every kernel of the distance sums to 1 at equal points, and is itself between others. */
static void
test_radial_series (void)
{
  static const char *const names[] = { "rbf", "laplace", "matern-1/2", "matern-3/2", "matern-5/2" };
  const double scales[] = { 0.3, 1, 20 };

  for (guint a = 0; a < G_N_ELEMENTS (names); a++)
    for (guint l = 0; l < G_N_ELEMENTS (scales); l++)
      for (int dim = 3; dim <= 33; dim += 10)
        {
          NtkZonalSeries series;
          g_autoptr (GError) error = NULL;
          double sum, P[NTK_ZONAL_DEGREE + 1], X[2 * 33] = { 0 }, kernel[2];

          ntk_zonal_series_init_radial (&series, names[a], scales[l], dim, NULL, &error);
          g_assert_no_error (error);
          sum = series.lambda_rest;
          for (guint i = 0; i < series.n_entries; i++)
            sum += series.entries[i].lambda * series.entries[i].count;
          assert_rel (sum, 1, 3e-4, "sum of %s, D = %d, length %g", names[a], dim, scales[l]);
          X[0] = sqrt (dim);
          X[dim] = 0.6 * sqrt (dim);
          X[dim + 1] = -0.8 * sqrt (dim);
          g_assert_true (ntk_radial_kernel (names[a], scales[l], X, dim, 1, 2, kernel, NULL));
          ntk_gegenbauer (dim, 0.6, NTK_ZONAL_DEGREE, P);
          if (strcmp (names[a], "rbf") == 0)
            {
              sum = 0;
              for (guint k = 0; k < MIN (series.n_entries, NTK_ZONAL_DEGREE); k++)
                sum += series.entries[k].lambda * series.entries[k].count * P[k];
              assert_abs (sum, kernel[1], 1e-9, "%s, D = %d, length %g", names[a], dim, scales[l]);
            }
          ntk_zonal_series_clear (&series);
        }
}

static void
test_domain (void)
{
  static const struct
  {
    const char *kernel, *target;
    int dim;
  } wrong[] = { { "rbf", NULL, 2 },
                { "laplace", NULL, 2 },
                { "no-such", NULL, 5 },
                { "laplace", "no-such", 5 },
                { "rbf", "no-such", 5 } };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ntk_mean_field_new_radial (wrong[i].kernel, 1, wrong[i].dim, wrong[i].target,
                                                FALSE, &error));
      g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
      if (wrong[i].dim < 3)
        g_assert_nonnull (strstr (error->message, "3 to"));
    }
}

/* Any length scale of the parameter: a curve, or a reason why there is none. */
static void
test_scales (void)
{
  static const char *const names[] = { "rbf", "laplace", "matern-5/2" };
  const double scales[] = { 0.02, 0.1, 100 };
  int curves = 0;

  for (guint a = 0; a < G_N_ELEMENTS (names); a++)
    for (guint l = 0; l < G_N_ELEMENTS (scales); l++)
      for (int dim = 6; dim <= 30; dim += 24)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (NtkMeanField)
            field = ntk_mean_field_new_radial (names[a], scales[l], dim, "linear", FALSE, &error);

          g_test_message ("%s, length %g, D = %d: %s", names[a], scales[l], dim,
                          field ? "a curve" : error->message);
          if (field == NULL)
            g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
          else
            {
              g_assert_cmpfloat (ntk_mean_field_error (field, 10, NTK_MEAN_FIELD_END, 0.3, 0), >,
                                 0);
              curves++;
            }
        }
  /* Six points learn all of a linear target at once from a kernel that is almost constant: the time of
   * least error is followed through that. */
  for (guint a = 0; a < 2; a++)
    {
      g_autoptr (NtkMeanField)
        field = ntk_mean_field_new_radial (names[a], 100, 5, "linear", TRUE, NULL);

      for (double n = 3; n < 30; n *= 1.1)
        g_assert_cmpfloat (ntk_mean_field_error (field, n, NTK_MEAN_FIELD_FLOW, 0.3, 0), >,
                           0.3 * ntk_mean_field_error (field, n, NTK_MEAN_FIELD_BEST, 0.3, 0));
    }
  g_assert_cmpint (curves, >=, 10);
}

/* log kappa and V to a million points. In three dimensions kappa of the Gaussian kernel leaves the range
 * of doubles, and there the curve ends. */
static void
test_noise (void)
{
  g_autoptr (GPtrArray) rows = fixture_csv ("sphere_noise.csv");
  g_autofree char *last = g_strdup ("");
  g_autoptr (NtkMeanField) field = NULL;
  double worst = 0;

  for (guint row = 0; row < rows->len; row++)
    {
      const char *kernel = ((char **) g_ptr_array_index (rows, row))[0];
      const double d = fixture_number (rows, row, 1), n = fixture_number (rows, row, 2);
      const double R = fixture_number (rows, row, 3), log_kappa = fixture_number (rows, row, 4);
      const double V = fixture_number (rows, row, 5);
      const double tolerance = d == 10 && n >= 1e4 ? 1e-3 : 1e-4;
      g_autofree char *name = g_strdup_printf ("%s %g", kernel, d);
      const NtkArchitecture arch = with_biases (d + 1);
      double got;

      if (strcmp (name, last) != 0)
        {
          NtkZonalSeries series;

          if (strcmp (kernel, "ntk") == 0)
            g_assert_true (ntk_zonal_series_init (&series, &arch, FALSE, NULL, NULL));
          else
            g_assert_true (ntk_zonal_series_init_radial (&series, kernel, 1, d + 1, NULL, NULL));
          g_clear_pointer (&field, ntk_mean_field_unref);
          field = ntk_mean_field_new_series (&series, 0, FALSE, NULL);
          ntk_zonal_series_clear (&series);
          g_free (last);
          last = g_steal_pointer (&name);
        }
      got = ntk_mean_field_ridge_error (field, n, R, 1, 0);
      if (log_kappa < log (DBL_MIN))
        {
          g_assert_true (isnan (got));
          continue;
        }
      worst = MAX (worst, fabs (got / V - 1) / tolerance);
      assert_rel (got, V, tolerance, "V of %s, n = %g, R = %g", last, n, R);
      if (R == 0)
        assert_abs (log (ntk_mean_field_kappa (field, n)), log_kappa, 3e-4,
                    "log kappa of %s, n = %g", last, n);
    }
  g_test_message ("worst: %.2f of the tolerance", worst);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/tempered/power-laws", test_power_laws);
  g_test_add_func ("/ntk/tempered/eigenvalues", test_eigenvalues);
  g_test_add_func ("/ntk/tempered/radial-series", test_radial_series);
  g_test_add_func ("/ntk/tempered/domain", test_domain);
  g_test_add_func ("/ntk/tempered/scales", test_scales);
  g_test_add_func ("/ntk/tempered/noise", test_noise);
  return g_test_run ();
}
