#include "fixture.h"

#include <gsl/gsl_integration.h>
#include <lapacke.h>

static double
closed_form (const char *name, double r)
{
  const double a = sqrt (3) * r, b = sqrt (5) * r;

  if (strcmp (name, "rbf") == 0)
    return exp (-r * r / 2);
  if (strcmp (name, "matern-3/2") == 0)
    return (1 + a) * exp (-a);
  if (strcmp (name, "matern-5/2") == 0)
    return (1 + b + b * b / 3) * exp (-b);
  return exp (-r);
}

/* On the line, where |x - x'| is the distance. */
static void
test_closed_forms (void)
{
  guint n_types;
  const NtkRadialType *types = ntk_radial_types (&n_types);

  g_assert_cmpuint (n_types, ==, 5);
  for (guint i = 0; i < n_types; i++)
    for (double r = 1e-12; r < 1e3; r *= 1.7)
      {
        const double X[2] = { 0.25, 0.25 + 0.7 * r };
        const double distance = (X[1] - X[0]) / 0.7;
        double kernel[4];

        g_assert_true (ntk_radial_kernel (types[i].name, 0.7, X, 1, 2, 2, kernel, NULL));
        g_assert_cmpfloat (kernel[0], ==, 1);
        g_assert_cmpfloat (kernel[3], ==, 1);
        g_assert_cmpfloat (kernel[1], ==, kernel[2]);
        assert_abs (kernel[1], closed_form (types[i].name, distance), 1e-14, "%s at %g",
                    types[i].name, distance);
        if (kernel[1] > 1e-300)
          assert_rel (kernel[1], closed_form (types[i].name, distance), 1e-12 * (1 + distance),
                      "%s at %g", types[i].name, distance);
      }
}

typedef struct
{
  double nu, r;
} Mixture;

/* The Matern kernel mixes Gaussians: exp (-r^2/(2 s)), 1/s of a gamma law. With s = nu/g, g of
 * density g^{nu-1} e^{-g}/Gamma (nu), this is 1/Gamma (nu) int g^{nu-1} exp (-g - z^2/(4 g)) dg. */
static double
mixture_density (double log_g, void *data)
{
  const Mixture *self = data;
  const double g = exp (log_g), z2 = 2 * self->nu * self->r * self->r;

  return exp (self->nu * log_g - g - z2 / (4 * g) - lgamma (self->nu));
}

static void
test_any_smoothness (void)
{
  const double smoothness[] = { 0.1, 0.3, 0.5, 0.9, 1, 1.7, 2.5, 4, 12.3, 40 };
  gsl_integration_workspace *space = gsl_integration_workspace_alloc (1000);

  for (guint i = 0; i < G_N_ELEMENTS (smoothness); i++)
    {
      const double nu = smoothness[i];
      double last = 1;

      for (double r = 1e-3; r < 20; r *= 1.9)
        {
          Mixture mixture = { nu, r };
          gsl_function f = { mixture_density, &mixture };
          double want, unused;

          gsl_integration_qag (&f, -60 / MIN (nu, 1) - 10, 8, 0, 1e-11, 1000, GSL_INTEG_GAUSS61,
                               space, &want, &unused);
          assert_abs (ntk_radial_matern (nu, r), want, 1e-10, "nu %g at %g", nu, r);
          g_assert_cmpfloat (ntk_radial_matern (nu, r), <=, last);
          last = ntk_radial_matern (nu, r);
        }
      g_assert_cmpfloat (ntk_radial_matern (nu, 0), ==, 1);
    }
  assert_abs (ntk_radial_matern (2000, 1.3), exp (-1.3 * 1.3 / 2), 1e-3, "large nu");
  gsl_integration_workspace_free (space);
}

/* Entries by the definition; training points first; semidefinite with repeated and near points. */
static void
test_kernel (void)
{
  enum
  {
    DIM = 11,
    TRAIN = 90,
    POINTS = 130
  };
  g_autoptr (NtkStreams) streams = ntk_streams_new (9, 0);
  g_autofree double *X = fixture_inputs (streams, DIM, TRAIN, POINTS);
  g_autofree double *kernel = g_new (double, TRAIN *POINTS), *square = g_new (double, TRAIN *TRAIN);
  double values[TRAIN];
  guint n_types;
  const NtkRadialType *types = ntk_radial_types (&n_types);

  memcpy (X + 40 * DIM, X, 10 * DIM * sizeof (double));
  for (int i = 0; i < 10 * DIM; i++)
    X[50 * DIM + i] = X[i] * (1 + 1e-9 * (i % 3));
  for (guint t = 0; t < n_types; t++)
    {
      g_assert_true (ntk_radial_kernel (types[t].name, 0.8, X, DIM, TRAIN, POINTS, kernel, NULL));
      for (int j = 0; j < TRAIN; j++)
        for (int i = 0; i < POINTS; i++)
          {
            double distance = 0;

            for (int d = 0; d < DIM; d++)
              distance = hypot (distance, X[i * DIM + d] - X[j * DIM + d]);
            assert_abs (kernel[j * POINTS + i],
                        closed_form (types[t].name, distance / sqrt (DIM) / 0.8), 1e-13, "%s",
                        types[t].name);
            if (i < TRAIN)
              g_assert_cmpfloat (kernel[j * POINTS + i], ==, kernel[i * POINTS + j]);
          }
      g_assert_cmpfloat (kernel[40], ==, 1);
      for (int j = 0; j < TRAIN; j++)
        memcpy (square + j * TRAIN, kernel + j * POINTS, TRAIN * sizeof (double));
      LAPACKE_dsyev (LAPACK_COL_MAJOR, 'N', 'L', TRAIN, square, TRAIN, values);
      g_assert_cmpfloat (values[0], >, -TRAIN * 2e-16 * values[TRAIN - 1]);
    }
}

static void
test_unknown (void)
{
  const double X[1] = { 1 };
  double kernel[1];
  g_autoptr (GError) error = NULL;

  g_assert_false (ntk_radial_kernel ("matern-7/2", 1, X, 1, 1, 1, kernel, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
  g_assert_nonnull (strstr (error->message, "matern-7/2"));
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/radial/closed-forms", test_closed_forms);
  g_test_add_func ("/ntk/radial/any-smoothness", test_any_smoothness);
  g_test_add_func ("/ntk/radial/kernel", test_kernel);
  g_test_add_func ("/ntk/radial/unknown", test_unknown);
  return g_test_run ();
}
