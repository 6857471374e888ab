#include "lab-test.h"
#include "view-test.h"

#include <cblas.h>
#include <lapacke.h>
#include <ntk.h>
#include <string.h>

#define DEGREE (G_PI / 180)

static LabSpec *
make_spec (const char *first, ...)
{
  LabSpec *spec = lab_spec_new_named ("double-descent", NULL);
  GError *error = NULL;
  va_list settings;

  va_start (settings, first);
  for (const char *setting = first; setting != NULL; setting = va_arg (settings, const char *))
    {
      lab_spec_assign (spec, setting, &error);
      g_assert_no_error (error);
    }
  va_end (settings);
  return spec;
}

static LabLook *
look_at (const LabSpec *spec, double x)
{
  GError *error = NULL;
  LabLook *look = look_of (spec, x, NULL, &error);

  g_assert_no_error (error);
  return look;
}

static void
assert_near (double got, double want, double absolute, const char *what)
{
  if (!(fabs (got - want) <= absolute))
    g_error ("%s is %.17g, not %.17g within %g", what, got, want, absolute);
}

/* Random features of one hidden layer written out, as a textbook would: Phi of the training points
 * and of the circle, least squares in theta. */
typedef struct
{
  int n, m, count;
  double *Phi;    /* n x m */
  double *circle; /* count x m */
  double *v;      /* m */
} Features;

static double *
eval_features (const NtkArchitecture *arch, int m, double *theta, const double *X, int count)
{
  const gsize readout = ntk_network_packed_size (arch, m) - m;
  double *Phi = g_new (double, (gsize) count *m);
  GError *error = NULL;

  for (int j = 0; j < m; j++)
    {
      memset (theta + readout, 0, m * sizeof (double));
      theta[readout + j] = 1;
      g_assert_true (ntk_network_eval (arch, m, theta, X, count, Phi + (gsize) j * count, &error));
    }
  return Phi;
}

static void
features_init (Features *self, const LabSpec *spec, const LabLook *look)
{
  NtkArchitecture arch = { .model = NTK_MODEL_RANDOM_FEATURES,
                           .dim = lab_spec_integer (spec, LAB_DIM),
                           .depth = 1,
                           .sigma_w2 = lab_spec_real (spec, LAB_SIGMA_W2),
                           .sigma_v2 = lab_spec_real (spec, LAB_SIGMA_V2) };
  const int n = look->n, m = look->x, D = arch.dim;
  g_autoptr (NtkStreams) streams = ntk_streams_new (lab_spec_integer (spec, LAB_SEED), 0);
  g_autofree double *theta = NULL, *X = g_new (double, (gsize) n *D), *b = g_new (double, D);
  g_autofree double *C = g_new (double, (gsize) look->n_angles *D);
  double along;

  ntk_activation_init (&arch.activation, "relu", 0);
  ntk_inputs_sphere (streams, NTK_PURPOSE_TRAIN_INPUT, D, n, X);
  along = cblas_ddot (D, X, 1, X + D, 1) / D;
  for (int k = 0; k < D; k++)
    b[k] = (X[D + k] - along * X[k]) / sqrt (1 - along * along);
  for (int i = 0; i < look->n_angles; i++)
    for (int k = 0; k < D; k++)
      C[i * D + k] = cos (look->angle[i] * DEGREE) * X[k] + sin (look->angle[i] * DEGREE) * b[k];
  for (int i = 0; i < look->n_angles; i++)
    assert_near (cblas_ddot (D, C + i * D, 1, C + i * D, 1), D, 1e-12 * D, "a point's square");
  theta = g_new (double, ntk_network_packed_size (&arch, m));
  ntk_network_draw (&arch, m, streams, theta);
  self->v = g_memdup2 (theta + ntk_network_packed_size (&arch, m) - m, m * sizeof (double));
  self->n = n;
  self->m = m;
  self->count = look->n_angles;
  self->Phi = eval_features (&arch, m, theta, X, n);
  self->circle = eval_features (&arch, m, theta, C, look->n_angles);
}

static void
features_clear (Features *self)
{
  g_free (self->Phi);
  g_free (self->circle);
  g_free (self->v);
}

/* out = A theta, rows x m */
static double *
apply (const double *A, int rows, int m, const double *theta)
{
  double *out = g_new (double, rows);

  cblas_dgemv (CblasColMajor, CblasNoTrans, rows, m, 1, A, rows, theta, 1, 0, out, 1);
  return out;
}

/* Minimum norm by the singular value decomposition. */
static double *
least_squares (const Features *self, const double *y)
{
  g_autofree double *A = g_memdup2 (self->Phi, sizeof (double) * self->n * self->m);
  g_autofree double *s = g_new (double, MIN (self->n, self->m));
  double *theta = g_new0 (double, MAX (self->n, self->m));
  lapack_int rank;

  memcpy (theta, y, self->n * sizeof (double));
  g_assert_cmpint (LAPACKE_dgelss (LAPACK_COL_MAJOR, self->n, self->m, 1, A, self->n, theta,
                                   MAX (self->n, self->m), s, 1e-5, &rank),
                   ==, 0);
  return theta;
}

/* Phi^T Phi, m x m, plus shift, and Phi^T y in a column after it. */
static double *
normal_equations (const Features *self, const double *y, double shift)
{
  const int n = self->n, m = self->m;
  double *A = g_new0 (double, m *(m + 1));

  cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, m, m, n, 1, self->Phi, n, self->Phi, n, 0,
               A, m);
  for (int j = 0; j < m; j++)
    A[j * m + j] += shift;
  cblas_dgemv (CblasColMajor, CblasTrans, n, m, 1, self->Phi, n, y, 1, 0, A + m * m, 1);
  return A;
}

static double *
ridge_regression (const Features *self, const double *y, double ridge)
{
  g_autofree double *A = normal_equations (self, y, self->n * ridge);

  g_assert_cmpint (
    LAPACKE_dposv (LAPACK_COL_MAJOR, 'L', self->m, 1, A, self->m, A + self->m * self->m, self->m),
    ==, 0);
  return g_memdup2 (A + self->m * self->m, self->m * sizeof (double));
}

/* d theta/dt = (Phi^T y - Phi^T Phi theta)/n - lambda theta, by the exponential of the matrix of the
 * affine map: a Taylor series of a small step, squared. */
static double *
gradient_flow (const Features *self, const double *y, double ridge, double t)
{
  const int m = self->m, size = m + 1, squarings = 24;
  const double step = t / (1 << squarings) / self->n;
  g_autofree double *A = normal_equations (self, y, self->n * ridge);
  g_autofree double *M = g_new0 (double, size *size), *E = g_new0 (double, size *size);
  g_autofree double *M2 = g_new0 (double, size *size);
  double *theta = g_new (double, m);

  for (int j = 0; j < m; j++)
    for (int i = 0; i < m; i++)
      M[j * size + i] = -step * A[j * m + i];
  for (int i = 0; i < m; i++)
    M[m * size + i] = step * A[m * m + i];
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, size, size, size, 0.5, M, size, M, size,
               0, M2, size);
  /* E is the exponential less one, so that small steps lose nothing: (1 + E)^2 - 1 = 2 E + E^2 */
  for (int i = 0; i < size * size; i++)
    E[i] = M[i] + M2[i];
  for (int s = 0; s < squarings; s++)
    {
      memcpy (M2, E, size * size * sizeof (double));
      cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, size, size, size, 1, M2, size, M2,
                   size, 2, E, size);
    }
  memcpy (theta, E + m * size, m * sizeof (double));
  return theta;
}

typedef struct
{
  double width, ridge, time;
} Place;

static double *
solve_directly (const Features *features, const double *y, const Place *place)
{
  if (isfinite (place->time))
    return gradient_flow (features, y, place->ridge, place->time);
  return place->ridge > 0 ? ridge_regression (features, y, place->ridge)
                          : least_squares (features, y);
}

/* Labels and initial function in the order in which training points were drawn: the look sorts
 * its points, so they are told by their target. */
static double *
read_labels (const LabLook *look, const LabSpec *spec)
{
  const int n = look->n, D = lab_spec_integer (spec, LAB_DIM);
  g_autoptr (NtkStreams) streams = ntk_streams_new (lab_spec_integer (spec, LAB_SEED), 0);
  g_autoptr (NtkTarget) target = ntk_target_new ("linear", D, streams, NULL);
  g_autofree double *X = g_new (double, n *D), *noise = g_new (double, n);
  double *y = g_new (double, n);

  ntk_inputs_sphere (streams, NTK_PURPOSE_TRAIN_INPUT, D, n, X);
  ntk_target_eval (target, X, n, y);
  ntk_streams_normal (streams, NTK_PURPOSE_NOISE, 0, 0, n, noise);
  for (int i = 0; i < n; i++)
    y[i] += lab_spec_real (spec, LAB_NOISE) * noise[i];
  return y;
}

/* Fit on the circle and norm of the solution against theta itself. */
static void
test_features (void)
{
  static const Place places[] = { { 25, 0, INFINITY }, { 40, 0.01, INFINITY },
                                  { 70, 0, INFINITY }, { 70, 1e-3, INFINITY },
                                  { 25, 0, 50 },       { 70, 0, 200 },
                                  { 70, 0.01, 20 } };

  for (gsize k = 0; k < G_N_ELEMENTS (places); k++)
    {
      const double alpha = 1.5;
      g_autoptr (LabSpec) spec = make_spec ("model=random-features", "n-train=40", "dim=5",
                                            "noise=0.7", "init-scale=1.5", NULL);
      g_autoptr (LabLook) look = NULL;
      g_autofree double *y = NULL, *f0 = NULL, *circle0 = NULL, *theta = NULL, *want = NULL;
      g_autofree double *fit = NULL;
      Features features;

      lab_spec_set (spec, LAB_RIDGE, (LabValue){ .real = places[k].ridge }, NULL);
      if (isfinite (places[k].time))
        lab_spec_set (spec, LAB_TIME, (LabValue){ .real = places[k].time }, NULL);
      look = look_at (spec, places[k].width);
      features_init (&features, spec, look);
      y = read_labels (look, spec);
      f0 = apply (features.Phi, look->n, features.m, features.v);
      circle0 = apply (features.circle, look->n_angles, features.m, features.v);
      cblas_daxpy (look->n, -alpha, f0, 1, y, 1);
      theta = solve_directly (&features, y, &places[k]);
      want = apply (features.circle, look->n_angles, features.m, theta);
      fit = g_new (double, look->n_angles);
      lab_look_fit (look, spec, fit);
      for (int i = 0; i < look->n_angles; i++)
        {
          assert_near (look->initial[i], circle0[i], 1e-12, "the initial function");
          assert_near (fit[i], want[i] + alpha * circle0[i], 1e-7 * look->noise_rms, "the fit");
        }
      assert_within (lab_look_norm (look, spec), cblas_dnrm2 (features.m, theta, 1), 1e-7);
      features_clear (&features);
    }
}

/* Eigenvalues are the squares of the singular values of Phi. */
static void
test_spectrum (void)
{
  static const int widths[] = { 7, 25, 39, 40, 70 };

  for (gsize k = 0; k < G_N_ELEMENTS (widths); k++)
    {
      const int n = 40, m = widths[k];
      g_autoptr (LabSpec) spec = make_spec ("model=random-features", "n-train=40", "dim=5", NULL);
      g_autoptr (LabLook) look = look_at (spec, m);
      g_autofree double *s = g_new0 (double, n);
      double none;
      Features features;

      features_init (&features, spec, look);
      g_assert_cmpint (
        LAPACKE_dgesdd (LAPACK_COL_MAJOR, 'N', n, m, features.Phi, n, s, &none, 1, &none, 1), ==,
        0);
      for (int i = 0; i < n; i++)
        assert_near (look->eigenvalues[i], s[i] * s[i], 1e-13 * s[0] * s[0], "an eigenvalue");
      g_assert_cmpint (look->rank, ==, MIN (n, m));
      g_assert_cmpint (look->dropped, ==, n - look->rank);
      assert_within (look->condition, pow (s[0] / s[MIN (n, m) - 1], 2), 1e-6);
      assert_within (look->cutoff, 1e-10 * s[0] * s[0], 1e-12);
      features_clear (&features);
    }
}

/* The job says the same of the training points, by another way of solving. */
static void
test_training_error (void)
{
  static const double widths[] = { 3, 6, 9, 10, 30 };
  g_autoptr (LabSpec) spec = make_spec ("n-train=90", "dim=6", "depth=2", "activation=erf",
                                        "sigma-b2=0.3", "seeds=1", "noise=0.8", "init-scale=1.2",
                                        "target=mixed", "n-test=20", "ridge=1e-4", NULL);

  for (gsize k = 0; k < G_N_ELEMENTS (widths); k++)
    {
      g_autoptr (LabLook) look = look_at (spec, widths[k]);
      g_autoptr (LabPlan) plan = lab_plan_new_at (spec, widths[k]);
      g_autoptr (LabResult) result = lab_job_run (spec, plan, 1, NULL, NULL, NULL, NULL);
      g_autoptr (LabAnswer) answer = lab_answer_new (result, spec);
      double error = 0;
      LabReading reading;

      for (int i = 0; i < look->n; i++)
        {
          const LabLookPoint *p = &look->points[i];
          double initial = p->parts[LAB_LOOK_INITIAL];

          error += pow (p->target - p->parts[LAB_LOOK_TARGET]
                          + 0.8 * (p->noise - p->parts[LAB_LOOK_NOISE]),
                        2)
                   + pow (1.2 * initial, 2);
        }
      g_assert_true (lab_answer_read (answer, spec, widths[k], &reading));
      assert_within (error / look->n, lab_descent_reading (&reading)->train, 1e-8);
      g_assert_cmpint (look->rank, ==, lab_descent_reading (&reading)->rank);
    }
}

/* Above the threshold the fit goes through all labels, on the circle too; the first two points lie
 * on it, and only they. */
static void
test_interpolation (void)
{
  g_autoptr (LabSpec) spec = make_spec (NULL, NULL);
  g_autoptr (LabLook) look = look_at (spec, 100);
  g_autofree double *fit = g_new (double, look->n_angles);
  int met = 0;

  g_assert_cmpint (look->n_angles, ==, 362);
  g_assert_cmpfloat (look->angle[0], ==, -180);
  g_assert_cmpfloat (look->angle[361], ==, 180);
  for (int i = 1; i < look->n_angles; i++)
    g_assert_cmpfloat (look->angle[i], >, look->angle[i - 1]);
  lab_look_fit (look, spec, fit);
  for (int i = 0; i < look->n; i++)
    {
      const LabLookPoint *p = &look->points[i];

      assert_near (lab_look_fit_at (p, spec), lab_look_label (p, spec), 1e-8, "the fit at a point");
      g_assert_cmpint (p->distance < 1e-5, ==, i < 2);
      g_assert_true (i == 0 || p->distance >= look->points[i - 1].distance);
      g_assert_true (p->distance <= 90 && fabs (p->angle) <= 180);
      for (int j = 0; j < look->n_angles && i < 2; j++)
        if (fabs (look->angle[j] - p->angle) < 1e-9)
          {
            assert_near (look->target[j], p->target, 1e-9, "the target on the circle");
            assert_near (fit[j], lab_look_label (p, spec), 1e-7, "the fit on the circle");
            met++;
          }
    }
  g_assert_cmpint (met, ==, 2);
  assert_near (look->points[0].angle * look->points[1].angle, 0, 1e-6, "one angle");
}

/* Distances by the projection onto the span of the first two points, from the normal equations. */
static void
test_distances (void)
{
  enum
  {
    D = 6,
    N = 30
  };
  g_autoptr (LabSpec) spec = make_spec ("dim=6", "n-train=30", NULL);
  g_autoptr (LabLook) look = look_at (spec, 10);
  g_autoptr (NtkStreams) streams = ntk_streams_new (lab_spec_integer (spec, LAB_SEED), 0);
  g_autoptr (NtkTarget) target = ntk_target_new ("linear", D, streams, NULL);
  double X[D * N], f[N];

  ntk_inputs_sphere (streams, NTK_PURPOSE_TRAIN_INPUT, D, N, X);
  ntk_target_eval (target, X, N, f);
  for (int i = 0; i < N; i++)
    {
      const double c = cblas_ddot (D, X, 1, X + D, 1), u = cblas_ddot (D, X, 1, X + D * i, 1),
                   v = cblas_ddot (D, X + D, 1, X + D * i, 1);
      const double along = (D * u * u + D * v * v - 2 * c * u * v) / (D * D - c * c);
      int same = 0;

      while (fabs (look->points[same].target - f[i]) > 1e-12)
        same++;
      assert_near (cos (look->points[same].distance * DEGREE), sqrt (along / D), 1e-9,
                   "a distance");
      assert_near (cos (look->points[same].angle * DEGREE) * sqrt (along / D), u / D, 1e-9,
                   "an angle");
    }
}

/* More training points, another width: the circle stays. */
static void
test_same_circle (void)
{
  g_autoptr (LabSpec) spec = make_spec ("n-train=30", NULL);
  g_autoptr (LabSpec) more = make_spec ("n-train=60", NULL);
  g_autoptr (LabLook) a = look_at (spec, 5), b = look_at (more, 50);

  g_assert_cmpmem (a->angle, sizeof (double) * a->n_angles, b->angle,
                   sizeof (double) * b->n_angles);
  g_assert_cmpmem (a->target, sizeof (double) * a->n_angles, b->target,
                   sizeof (double) * b->n_angles);
}

/* What the direction of the smallest eigenvalue adds: with rank one it is everything, and just
 * above the threshold most of it. */
static void
test_weakest (void)
{
  g_autoptr (LabSpec) one = make_spec ("model=random-features", "n-train=20", NULL);
  g_autoptr (LabSpec) spec = make_spec (NULL, NULL);
  g_autoptr (LabLook) rank_one = look_at (one, 1);
  g_autoptr (LabLook) peak = look_at (spec, 20), wide = look_at (spec, 400);

  g_assert_cmpint (rank_one->rank, ==, 1);
  assert_within (rank_one->weak_rms, rank_one->noise_rms, 1e-9);
  g_test_message ("noise %g and %g, of it %g and %g", peak->noise_rms, wide->noise_rms,
                  peak->weak_rms, wide->weak_rms);
  g_assert_cmpfloat (peak->noise_rms, >, 5);
  g_assert_cmpfloat (peak->weak_rms, >, 0.5 * peak->noise_rms);
  g_assert_cmpfloat (wide->noise_rms, <, 1);
  g_assert_cmpfloat (wide->weak_rms, <, 0.3 * wide->noise_rms);
  g_assert_cmpfloat (peak->condition, >, 100 * wide->condition);
}

static void
test_recombined (void)
{
  g_autoptr (LabSpec) spec = make_spec ("n-train=20", NULL);
  g_autoptr (LabSpec) louder = make_spec ("n-train=20", "noise=2", "init-scale=1", NULL);
  g_autoptr (LabSpec) other = make_spec ("n-train=21", NULL);
  g_autoptr (LabLook) a = look_at (spec, 30), b = look_at (louder, 30), c = look_at (spec, 31),
                      d = look_at (other, 30);
  g_autofree double *fit = g_new (double, 362), *again = g_new (double, 362);

  g_assert_true (lab_spec_same_work (a->spec, b->spec));
  g_assert_false (lab_spec_same_work (a->spec, c->spec));
  g_assert_false (lab_spec_same_work (a->spec, d->spec));
  lab_look_fit (a, louder, fit);
  lab_look_fit (b, louder, again);
  g_assert_cmpmem (fit, sizeof (double) * 362, again, sizeof (double) * 362);
  g_assert_cmpfloat (lab_look_norm (a, louder), ==, lab_look_norm (b, louder));
  g_assert_cmpfloat (lab_look_norm (a, louder), >, lab_look_norm (a, spec));
}

/* From width to rank and back, over the rising part; the rank of the job is the look's own. */
static void
test_links (void)
{
  g_autoptr (LabSpec)
    spec = make_spec ("n-train=60", "dim=5", "seeds=3", "to=60", "n-test=20", NULL);
  g_autoptr (LabPlan) plan = lab_plan_new (spec);
  g_autoptr (LabResult) result = lab_job_run (spec, plan, 0, NULL, NULL, NULL, NULL);
  g_autoptr (LabAnswer) answer = lab_answer_new (result, spec);
  g_autoptr (LabLook) look = look_at (spec, 30);

  for (int m = 2; m < 12; m++)
    {
      g_autoptr (LabLook) there = look_at (spec, m);

      assert_near (lab_look_index_at (look, answer, m), there->rank, 1e-9, "the rank");
      assert_near (lab_look_place_of (look, answer, there->rank), m, 1e-9, "the width");
    }
  g_assert_cmpfloat (lab_look_index_at (look, answer, 50), ==, 60);
  assert_near (lab_look_place_of (look, answer, 60), 12, 1e-9, "the threshold");
  g_assert_true (isnan (lab_look_index_at (look, answer, 1)));
  g_assert_true (isnan (lab_look_index_at (look, answer, 61)));
  g_assert_true (isnan (lab_look_place_of (look, answer, 9)));
  g_assert_true (isnan (lab_look_place_of (look, answer, 61)));
}

/* Along ridge and time an index is where the eigenvalue crosses the level. */
static void
test_filter_links (void)
{
  g_autoptr (LabSpec) ridge = make_spec ("n-train=60", "dim=5", "axis=ridge", "width=30", NULL);
  g_autoptr (LabSpec) time = make_spec ("n-train=60", "dim=5", "axis=time", "width=30", NULL);
  g_autoptr (LabLook) damped = look_at (ridge, 1e-3), early = look_at (time, 40);

  assert_within (damped->ridge_level, 0.06, 1e-12);
  assert_within (early->time_level, 1.5, 1e-12);
  g_assert_cmpint (damped->dropped, ==, 0);
  for (int i = 0; i < 60; i++)
    {
      const double l = damped->eigenvalues[i];

      assert_within (lab_look_place_of (damped, NULL, i + 1), l / 60, 1e-12);
      assert_within (lab_look_place_of (early, NULL, i + 1), 60 / l, 1e-12);
      g_assert_cmpfloat (lab_look_index_at (damped, NULL, l / 60 * 0.999), ==, i + 1);
      g_assert_cmpfloat (lab_look_index_at (early, NULL, 60 / l * 1.001), ==, i + 1);
    }
  g_assert_true (isnan (lab_look_place_of (early, NULL, 61)));

  /* An eigenvalue at the level itself is not above it. */
  damped->eigenvalues[1] = damped->n * 0.25;
  damped->eigenvalues[2] = 0;
  g_assert_cmpfloat (damped->eigenvalues[0], >, damped->n * 0.25);
  g_assert_cmpfloat (lab_look_index_at (damped, NULL, 0.25), ==, 1);
}

/* The linear model on Gaussian inputs, by theta of D numbers. */
static void
test_linear (void)
{
  enum
  {
    D = 8,
    N = 30
  };
  g_autoptr (LabSpec) spec = make_spec ("model=linear", "axis=n-train", "n-train=30", "dim=8",
                                        "inputs=gaussian", "noise=0.4", NULL);
  g_autoptr (LabLook) look = look_at (spec, N);
  g_autoptr (NtkStreams) streams = ntk_streams_new (lab_spec_integer (spec, LAB_SEED), 0);
  const NtkInputs inputs = { .kind = NTK_INPUTS_GAUSSIAN };
  g_autofree double *fit = g_new (double, look->n_angles);
  double X[D * N], noise[N], A[D * N], theta[N], s[D], b[D], test[D], circle[D * 360], second;
  g_autoptr (NtkTarget) target = ntk_target_new_on ("linear", &inputs, D, streams, NULL);
  lapack_int rank;
  int met = 0;

  ntk_inputs_draw (&inputs, streams, NTK_PURPOSE_TRAIN_INPUT, D, N, X);
  ntk_target_eval (target, X, N, theta);
  ntk_streams_normal (streams, NTK_PURPOSE_NOISE, 0, 0, N, noise);
  for (int i = 0; i < N; i++)
    {
      theta[i] += 0.4 * noise[i];
      for (int k = 0; k < D; k++)
        A[k * N + i] = X[i * D + k] / sqrt (D);
    }
  g_assert_cmpint (LAPACKE_dgelss (LAPACK_COL_MAJOR, N, D, 1, A, N, theta, N, s, 1e-8, &rank), ==,
                   0);
  g_assert_cmpint (look->rank, ==, D);
  for (int i = 0; i < D; i++)
    assert_within (look->eigenvalues[i], s[i] * s[i], 1e-10);
  assert_within (lab_look_norm (look, spec), cblas_dnrm2 (D, theta, 1), 1e-9);
  lab_look_fit (look, spec, fit);
  for (int k = 0; k < D; k++)
    b[k] = theta[k] / sqrt (D);
  ntk_inputs_draw (&inputs, streams, NTK_PURPOSE_TEST_INPUT, D, 1, test);
  g_assert_true (ntk_great_circle (X, test, D, 360, circle, &second, NULL));
  for (int i = 0; i < look->n_angles; i++)
    if (look->angle[i] == rint (look->angle[i]))
      {
        int j = ((int) look->angle[i] + 180) % 360;

        assert_near (fit[i], cblas_ddot (D, b, 1, circle + D * j, 1), 1e-9, "the fit");
        met++;
      }
  g_assert_cmpint (met, >=, 361);
  g_assert_true (look->points[0].on_circle);
  assert_near (lab_look_fit_at (&look->points[0], spec), cblas_ddot (D, b, 1, X, 1), 1e-9,
               "the fit at the first point");
  g_assert_false (look->points[1].on_circle);
}

/* At the peak the fit runs wild where one looks: a circle through two training points would not show it, since
 * their labels fix a linear function on all of their plane. */
static void
test_linear_peak (void)
{
  g_autoptr (LabSpec) spec = make_spec ("model=linear", "inputs=gaussian", "dim=60", "n-train=20", NULL);
  g_autoptr (LabLook) peak = look_at (spec, 20), wide = look_at (spec, 60);

  g_test_message ("noise %g and %g", peak->noise_rms, wide->noise_rms);
  g_assert_cmpfloat (peak->noise_rms, >, 3 * wide->noise_rms);
}

/* At infinite width: the eigenvalues of the kernel that `kernel` prints, labels met, and an initial
 * function of the variance that the NNGP says. */
static void
test_infinite (void)
{
  enum
  {
    D = 6,
    N = 25
  };
  const int n_seeds = g_test_thorough () ? 400 : 150;
  g_autoptr (LabSpec) spec = make_spec ("model=infinite", "axis=n-train", "n-train=25", "dim=6",
                                        "sigma-b2=0.5", NULL);
  g_autoptr (LabLook) look = look_at (spec, N);
  g_autoptr (NtkStreams) streams = ntk_streams_new (lab_spec_integer (spec, LAB_SEED), 0);
  double X[D * N], values[N], sum = 0, product = 0;
  g_autofree double *K = NULL, *S = NULL;

  ntk_inputs_sphere (streams, NTK_PURPOSE_TRAIN_INPUT, D, N, X);
  K = lab_kernel_compute (spec, LAB_KERNEL_NTK, D, X, N, NULL, 0, 1, NULL);
  S = lab_kernel_compute (spec, LAB_KERNEL_NNGP, D, X, N, NULL, 0, 1, NULL);
  g_assert_cmpint (LAPACKE_dsyev (LAPACK_COL_MAJOR, 'N', 'L', N, K, N, values), ==, 0);
  for (int i = 0; i < N; i++)
    assert_near (look->eigenvalues[i], values[N - 1 - i], 1e-12 * values[N - 1], "an eigenvalue");
  for (int i = 0; i < N; i++)
    assert_near (lab_look_fit_at (&look->points[i], spec), lab_look_label (&look->points[i], spec),
                 1e-9, "the fit at a point");
  for (int seed = 0; seed < n_seeds; seed++)
    {
      g_autofree char *setting = g_strdup_printf ("seed=%d", seed);
      g_autoptr (LabSpec) other = make_spec ("model=infinite", "axis=n-train", "n-train=2", "dim=6",
                                             "sigma-b2=0.5", setting, NULL);
      g_autoptr (LabLook) one = look_at (other, 2);

      sum += one->initial[180] * one->initial[180];
      product += one->initial[180] * one->initial[0];
    }
  /* Angle 0 and, at -180 degrees, its opposite; four standard errors. */
  g_assert_cmpfloat (look->angle[180], ==, 0);
  assert_near (sum / n_seeds, S[0], 4 * S[0] * sqrt (2.0 / n_seeds), "the variance of f_0");
  for (int k = 0; k < D; k++)
    X[D + k] = -X[k];
  g_clear_pointer (&S, g_free);
  S = lab_kernel_compute (spec, LAB_KERNEL_NNGP, D, X, 2, NULL, 0, 1, NULL);
  assert_near (product / n_seeds, S[1], 4 * S[0] * sqrt (2.0 / n_seeds), "the covariance of f_0");
}

/* Other kernels of infinite width, and what has no start. */
static void
test_kernels (void)
{
  enum
  {
    D = 6,
    N = 25
  };
  g_autoptr (LabSpec) nngp = make_spec ("model=infinite", "axis=n-train", "n-train=25", "dim=6",
                                        "kernel=nngp", "activation=erf", NULL);
  g_autoptr (LabSpec) laplace = make_spec ("model=infinite", "axis=n-train", "n-train=25", "dim=6",
                                           "kernel=laplace", "init-scale=1", NULL);
  g_autoptr (LabLook) look = look_at (nngp, N), none = look_at (laplace, N);
  g_autoptr (NtkStreams) streams = ntk_streams_new (lab_spec_integer (nngp, LAB_SEED), 0);
  double X[D * N], values[N], trace = 0;
  g_autofree double *K = NULL;

  ntk_inputs_sphere (streams, NTK_PURPOSE_TRAIN_INPUT, D, N, X);
  K = lab_kernel_compute (nngp, LAB_KERNEL_NNGP, D, X, N, NULL, 0, 1, NULL);
  g_assert_cmpint (LAPACKE_dsyev (LAPACK_COL_MAJOR, 'N', 'L', N, K, N, values), ==, 0);
  for (int i = 0; i < N; i++)
    {
      assert_near (look->eigenvalues[i], values[N - 1 - i], 1e-12 * values[N - 1], "an eigenvalue");
      trace += none->eigenvalues[i];
    }
  assert_within (trace, N, 1e-12); /* exp (0) at equal points */
  for (int i = 0; i < none->n_angles; i++)
    g_assert_cmpfloat (none->initial[i], ==, 0);
}

static void
test_corners (void)
{
  g_autoptr (LabSpec) single = make_spec ("n-train=1", NULL);
  g_autoptr (LabSpec) line = make_spec ("dim=1", "n-train=5", NULL);
  g_autoptr (LabSpec) plane = make_spec ("dim=2", "n-train=9", NULL);
  g_autoptr (LabSpec) dead = make_spec ("n-train=9", "sigma-v2=0", NULL);
  g_autoptr (LabLook) a = look_at (single, 4), b = look_at (line, 4), c = look_at (plane, 4);
  g_autoptr (LabLook) d = look_at (dead, 4);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  GError *error = NULL;

  g_assert_cmpint (a->n_angles, ==, 362);
  g_assert_cmpfloat (a->condition, ==, 1);
  g_assert_cmpint (b->n_angles, ==, 2);
  for (int i = 0; i < b->n; i++)
    assert_near (fabs (b->points[i].angle - 90), 90, 1e-9, "an angle in one dimension");
  for (int i = 0; i < c->n; i++)
    assert_near (c->points[i].distance, 0, 1e-5, "a distance in two dimensions");
  g_assert_cmpint (d->rank, ==, 0);
  g_assert_true (isnan (d->condition));
  g_assert_cmpfloat (lab_look_norm (d, dead), ==, 0);

  g_cancellable_cancel (cancelled);
  g_assert_null (look_of (single, 4, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (look_of (single, 1e9, NULL, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_RANGE);
  g_clear_error (&error);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  if (!lab_init (&error))
    g_error ("%s", error->message);
  g_test_add_func ("/look/features", test_features);
  g_test_add_func ("/look/spectrum", test_spectrum);
  g_test_add_func ("/look/training-error", test_training_error);
  g_test_add_func ("/look/interpolation", test_interpolation);
  g_test_add_func ("/look/distances", test_distances);
  g_test_add_func ("/look/same-circle", test_same_circle);
  g_test_add_func ("/look/weakest", test_weakest);
  g_test_add_func ("/look/recombined", test_recombined);
  g_test_add_func ("/look/links", test_links);
  g_test_add_func ("/look/filter-links", test_filter_links);
  g_test_add_func ("/look/linear", test_linear);
  g_test_add_func ("/look/linear-peak", test_linear_peak);
  g_test_add_func ("/look/infinite", test_infinite);
  g_test_add_func ("/look/kernels", test_kernels);
  g_test_add_func ("/look/corners", test_corners);
  return g_test_run ();
}
