/* Double descent over width: the finite model at every width of the plan, its infinite-width
 * limit, and theory for random features. */

#include <glib/gi18n-lib.h>
#include <math.h>
#include <cblas.h>
#include <string.h>

#include "lab-experiment.h"

void
lab_spec_activation (const LabSpec *spec, NtkActivation *activation)
{
  ntk_activation_init (activation, lab_spec_choice_name (spec, LAB_ACTIVATION),
                       lab_spec_real (spec, LAB_LEAK));
}

void
lab_spec_architecture (const LabSpec *spec, NtkArchitecture *arch)
{
  arch->model = lab_spec_choice (spec, LAB_MODEL) == 0 ? NTK_MODEL_RANDOM_FEATURES
                                                       : NTK_MODEL_LINEARISED;
  arch->dim = lab_spec_integer (spec, LAB_DIM);
  arch->depth = lab_spec_integer (spec, LAB_DEPTH);
  lab_spec_activation (spec, &arch->activation);
  arch->sigma_w2 = lab_spec_real (spec, LAB_SIGMA_W2);
  arch->sigma_b2 = lab_spec_real (spec, LAB_SIGMA_B2);
  arch->sigma_v2 = lab_spec_real (spec, LAB_SIGMA_V2);
}

static double
memory (const LabSpec *spec)
{
  double n = lab_spec_integer (spec, LAB_N_TRAIN),
         n_points = n + lab_spec_integer (spec, LAB_N_TEST);
  double widths = lab_spec_integer (spec, LAB_DEPTH) == 1 ? lab_plan_most_x (spec) : 1;
  NtkArchitecture arch;
  double sweep, limit;

  lab_spec_architecture (spec, &arch);
  sweep = ntk_sweep_memory (&arch, lab_spec_integer (spec, LAB_TO), n, n_points)
          + sizeof (double) * 4 * n_points * widths;
  /* Two kernels, and as many numbers three times to average over starts. */
  limit = sizeof (double) * 5 * n * n_points;
  return MAX (sweep, limit) + sizeof (double) * (2 * n * n + n_points * arch.dim);
}

static gboolean
check (const LabSpec *spec, LabKey *blamed, GError **error)
{
  gint64 from = lab_spec_integer (spec, LAB_FROM), to = lab_spec_integer (spec, LAB_TO);
  int target = lab_spec_choice (spec, LAB_TARGET), dim = lab_spec_integer (spec, LAB_DIM);
  double need = memory (spec), available = lab_memory_available ();
  guint n_targets;

  if (from > to)
    {
      *blamed = LAB_TO;
      g_set_error (error, LAB_ERROR, LAB_ERROR_CONTRADICTION,
                   _ ("the range of widths ends (to = %d) before it begins (from = %d)"), (int) to,
                   (int) from);
      return FALSE;
    }
  if (dim < ntk_target_types (&n_targets)[target].min_dim)
    {
      *blamed = LAB_TARGET;
      g_set_error (error, LAB_ERROR, LAB_ERROR_CONTRADICTION,
                   _ ("the %s target is constant in dim = %d; it needs dim = %d or more"),
                   lab_spec_choice_name (spec, LAB_TARGET), dim,
                   ntk_target_types (&n_targets)[target].min_dim);
      return FALSE;
    }
  if (need > available)
    {
      *blamed = LAB_N_TRAIN;
      g_set_error (error, LAB_ERROR, LAB_ERROR_SIZE,
                   _ ("this needs %.1f GiB of memory and %.1f GiB are free: make n-train, n-test "
                      "or to smaller"),
                   need / 0x1p30, available / 0x1p30);
      return FALSE;
    }
  return TRUE;
}

/* Neurons are nested in one hidden layer: a seed's widths together cost what the largest costs.
 * Deeper networks are formed anew at each width, the dearest first. */
static GArray *
units (const LabSpec *spec, const LabPlan *plan)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (LabUnit));

  for (int seed = 0; seed < plan->n_seeds; seed++)
    {
      LabUnit limit = { seed, plan->n_x, 1 }, all = { seed, 0, plan->n_x };

      if (lab_spec_integer (spec, LAB_DEPTH) == 1)
        g_array_append_val (array, all);
      else
        for (int i = plan->n_x - 1; i >= 0; i--)
          g_array_append_vals (array, &(LabUnit){ seed, i, 1 }, 1);
      g_array_append_val (array, limit);
    }
  return array;
}

/* One seed's draw of everything but the weights. Training points come first, test points after. */
typedef struct
{
  NtkArchitecture arch;
  int n, n_points;
  double ridge;
  NtkStreams *streams;
  double *X;     /* D x n_points */
  double *f;     /* n_points: target */
  double *noise; /* n */
  double *alpha; /* n x 3: right-hand sides, then coefficients */
} Draw;

static void
draw_clear (Draw *self)
{
  g_clear_pointer (&self->streams, ntk_streams_free);
  g_free (self->X);
  g_free (self->f);
  g_free (self->noise);
  g_free (self->alpha);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draw, draw_clear)

static gboolean
draw_init (Draw *self, const LabSpec *spec, const LabPlan *plan, int seed, GError **error)
{
  g_autoptr (NtkTarget) target = NULL;

  lab_spec_architecture (spec, &self->arch);
  self->n = lab_spec_integer (spec, LAB_N_TRAIN);
  self->n_points = self->n + plan->n_test;
  self->ridge = lab_spec_real (spec, LAB_RIDGE);
  self->streams = ntk_streams_new (lab_spec_integer (spec, LAB_SEED), seed);
  self->X = ntk_try_alloc (self->arch.dim, self->n_points, "the inputs", error);
  self->f = self->X ? ntk_try_alloc (self->n_points, 1, "the target", error) : NULL;
  self->noise = self->f ? ntk_try_alloc (self->n, 1, "the noise", error) : NULL;
  self->alpha = self->noise ? ntk_try_alloc (self->n, 3, "the coefficients", error) : NULL;
  if (self->alpha == NULL)
    return FALSE;

  target = ntk_target_new (lab_spec_choice_name (spec, LAB_TARGET), self->arch.dim, self->streams,
                           error);
  if (target == NULL)
    return FALSE;
  ntk_inputs_sphere (self->streams, NTK_PURPOSE_TRAIN_INPUT, self->arch.dim, self->n, self->X);
  ntk_inputs_sphere (self->streams, NTK_PURPOSE_TEST_INPUT, self->arch.dim, plan->n_test,
                     self->X + (gsize) self->arch.dim * self->n);
  ntk_target_eval (target, self->X, self->n_points, self->f);
  ntk_streams_normal (self->streams, NTK_PURPOSE_NOISE, 0, 0, self->n, self->noise);
  return TRUE;
}

/* Regresses target, noise and initial function at once; leaves the coefficients. */
static gboolean
fit (Draw *self, const double *K, int ldk, const double *initial, LabPiece *piece, GError **error)
{
  int n = self->n;
  NtkFitInfo info;

  memcpy (self->alpha, self->f, n * sizeof (double));
  memcpy (self->alpha + n, self->noise, n * sizeof (double));
  memcpy (self->alpha + 2 * n, initial, n * sizeof (double));
  if (!ntk_fit (K, ldk, n, self->ridge, self->alpha, 3, self->alpha, &info, error))
    return FALSE;
  piece->rank = info.rank;
  piece->dropped = info.dropped;
  return TRUE;
}

/* With f = A (f* + sigma e), up to the initial function, the error f* - f is r + sigma a:
 * r = f* - A f*, a = -A e on test points and (I - A) e on training points, where labels carry
 * the noise; b = f_0 - A f_0. `fitted` (n_points x 3) has A f*, A e and A f_0, and becomes the
 * residuals. */
static void
judge (Draw *self, double *fitted, const double *initial, LabPiece *piece)
{
  int n = self->n, N = self->n_points;
  double *r = fitted, *a = fitted + N, *b = a + N;

  for (int i = 0; i < N; i++)
    {
      r[i] = self->f[i] - r[i];
      a[i] = (i < n ? self->noise[i] : 0) - a[i];
      b[i] = initial[i] - b[i];
    }
  piece->train = ntk_gram (fitted, n, N);
  piece->test = ntk_gram (fitted + n, N - n, N);
}

static gboolean
is_cancelled (gpointer cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

static gboolean
run_widths (Draw *draw, const LabPlan *plan, const LabUnit *unit, LabPiece *pieces,
            GCancellable *cancellable, GError **error)
{
  int last = plan->x[unit->first + unit->count - 1];
  gsize N = draw->n_points;
  g_autofree double *fitted = ntk_try_alloc (3 * N, unit->count, "the predictions", error);
  g_autofree double *initial = fitted ? ntk_try_alloc (N, unit->count, "the predictions", error)
                                      : NULL;
  g_autoptr (NtkSweep)
    sweep = initial ? ntk_sweep_new (&draw->arch, draw->X, draw->n, N, last, draw->streams, error)
                    : NULL;

  if (sweep == NULL)
    return FALSE;
  pieces += unit->first;
  ntk_sweep_set_stop (sweep, is_cancelled, cancellable);
  for (int i = 0; i < unit->count; i++)
    {
      const double *K;
      int ldk;

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !ntk_sweep_to (sweep, plan->x[unit->first + i], error))
        return FALSE;
      K = ntk_sweep_kernel (sweep, &ldk);
      if (!fit (draw, K, ldk, ntk_sweep_initial (sweep), &pieces[i], error)
          || !ntk_sweep_predict (sweep, draw->alpha, 3, fitted + 3 * N * i, initial + N * i, error))
        return FALSE;
    }
  if (!ntk_sweep_finish (sweep, error))
    return FALSE;
  for (int i = 0; i < unit->count; i++)
    judge (draw, fitted + 3 * N * i, initial + N * i, &pieces[i]);
  return TRUE;
}

/* The infinite-width limit has no f_0 of its own: its law enters in the mean. */
static gboolean
run_limit (Draw *draw, LabPiece *piece, GError **error)
{
  int n = draw->n, N = draw->n_points;
  g_autofree double *K = ntk_try_alloc (N, n, "the kernel matrix", error);
  g_autofree double *S = K ? ntk_try_alloc (N, n, "the kernel matrix", error) : NULL;
  g_autofree double *diagonal = S ? ntk_try_alloc (N, 1, "the kernel matrix", error) : NULL;
  g_autofree double *fitted = diagonal ? ntk_try_alloc (N, 3, "the predictions", error) : NULL;
  g_autofree double *zero = g_new0 (double, N);

  if (fitted == NULL || !ntk_infinite_kernel (&draw->arch, draw->X, n, N, K, S, diagonal, error)
      || !fit (draw, K, N, zero, piece, error))
    return FALSE;
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, N, 3, n, 1, K, N, draw->alpha, n, 0,
               fitted, N);
  judge (draw, fitted, zero, piece);
  return ntk_prior_error (K, S, diagonal, n, N, draw->ridge, &piece->test.bb, error);
}

static gboolean
run (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit, LabPiece *pieces,
     GCancellable *cancellable, GError **error)
{
  g_auto (Draw) draw = { 0 };

  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !draw_init (&draw, spec, plan, unit->seed, error))
    return FALSE;
  if (unit->first == plan->n_x)
    return run_limit (&draw, &pieces[plan->n_x], error);
  return run_widths (&draw, plan, unit, pieces, cancellable, error);
}

#define THEORY_POINTS 200
#define THEORY_DEGREE 10 /* at least; the rest is one block of equal eigenvalues */
#define THEORY_MOST_DEGREES 400

/* Widths at which theory is drawn: log-spaced, and ever closer to the threshold N = n. */
static void
theory_grid (LabResult *self, double n)
{
  const LabPlan *plan = self->plan;
  double from = plan->x[0], to = plan->x[plan->n_x - 1];
  int count = plan->n_x == 1 ? 1 : THEORY_POINTS;
  double *x = g_new (double, 2 * THEORY_POINTS);

  for (int i = 0; i < count; i++)
    x[i] = count == 1 ? from : from * pow (to / from, i / (count - 1.0));
  if (count > 1)
    for (double gap = 0.1; gap > 0.2 / n && count < 2 * THEORY_POINTS - 2; gap *= 0.8)
      for (int side = -1; side <= 1; side += 2)
        if (n * (1 + side * gap) > from && n * (1 + side * gap) < to)
          x[count++] = n * (1 + side * gap);
  if (count > 1 && n > from && n < to)
    x[count++] = n;
  self->theory_x = x;
  self->n_theory = count;
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The deterministic equivalent stands for random features of one hidden layer without biases. */
static gboolean
has_theory (const LabSpec *spec)
{
  NtkArchitecture arch;

  lab_spec_architecture (spec, &arch);
  return arch.model == NTK_MODEL_RANDOM_FEATURES && arch.depth == 1 && arch.sigma_b2 == 0
         && arch.dim >= 3 && arch.sigma_w2 > 0 && arch.sigma_v2 > 0;
}

static gboolean
has_series (const LabSpec *spec, const char *id)
{
  if (strcmp (id, "test") == 0 || strcmp (id, "train") == 0 || strcmp (id, "limit") == 0)
    return TRUE;
  return has_theory (spec)
         && (strcmp (id, "initial-function") != 0 || lab_spec_real (spec, LAB_INIT_SCALE) > 0);
}

/* Degrees enough for several times n directions: an odd activation uses every second one only. */
static int
theory_degree (int dim, double n)
{
  double directions = 1;
  int degree = 0;

  /* multiplicity of degree k: (2k + D - 2)/k binom (k + D - 3, k - 1) */
  for (double binomial = 1; directions < 5 * n && degree < THEORY_MOST_DEGREES; degree++)
    {
      double k = degree + 1;

      binomial *= k > 1 ? (k + dim - 3) / (k - 1) : 1;
      directions += (2 * k + dim - 2) / k * binomial;
    }
  return MAX (degree, THEORY_DEGREE);
}

/* Where it is infinite (N = n without ridge) the curve has a gap. */
static gboolean
theory (LabResult *self, GError **error)
{
  double n = lab_spec_integer (self->spec, LAB_N_TRAIN);
  double ridge = lab_spec_real (self->spec, LAB_RIDGE);
  g_autoptr (NtkSpectrum) spectrum = NULL;
  g_autofree double *power = NULL;
  NtkArchitecture arch;

  if (!has_theory (self->spec))
    return TRUE;
  lab_spec_architecture (self->spec, &arch);
  spectrum = ntk_spectrum_new (&arch, theory_degree (arch.dim, n), error);
  if (spectrum == NULL)
    return FALSE;
  power = g_new0 (double, spectrum->n_degrees);
  if (!ntk_target_power (lab_spec_choice_name (self->spec, LAB_TARGET), arch.dim,
                         spectrum->n_degrees - 1, power, error))
    return FALSE;

  theory_grid (self, n);
  qsort (self->theory_x, self->n_theory, sizeof (double), compare_doubles);
  self->theory = g_new (NtkFiniteD, self->n_theory);
  for (int i = 0; i < self->n_theory; i++)
    {
      g_autoptr (GError) cause = NULL;

      if (ntk_finite_d (spectrum, power, n, self->theory_x[i], n * ridge, &self->theory[i], &cause))
        continue;
      if (!g_error_matches (cause, NTK_ERROR, NTK_ERROR_DOMAIN))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      self->theory[i] = (NtkFiniteD){ NAN, NAN, NAN, NAN, NAN, NAN, NAN };
    }
  return TRUE;
}

const LabExperiment lab_double_descent = {
  .check = check,
  .has_series = has_series,
  .memory = memory,
  .units = units,
  .run = run,
  .theory = theory,
  .combine = lab_double_descent_combine,
};
