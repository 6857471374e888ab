/* Double descent over width: the finite model at every width of the plan, its infinite-width
 * limit, and theory for random features. */

#include <glib/gi18n-lib.h>
#include <math.h>
#include <cblas.h>
#include <string.h>

#include "lab-double-descent.h"
#include "lab-draw.h"

/* Distances from the threshold at which points are packed. */
static const double packing[] = { 0.8, 0.9, 0.95, 0.98, 1, 1.02, 1.05, 1.1, 1.25 };

static double
memory (const LabSpec *spec)
{
  double n = lab_spec_integer (spec, LAB_N_TRAIN),
         n_points = n + lab_spec_integer (spec, LAB_N_TEST);
  double widths = lab_spec_integer (spec, LAB_DEPTH) == 1
                    ? lab_spec_integer (spec, LAB_POINTS) + G_N_ELEMENTS (packing)
                    : 1;
  NtkArchitecture arch;
  double sweep, limit;

  lab_spec_architecture (spec, &arch);
  sweep = ntk_sweep_memory (&arch, lab_spec_real (spec, LAB_TO), n, n_points)
          + sizeof (double) * 4 * n_points * widths;
  /* Two kernels, and as many numbers three times to average over starts. */
  limit = sizeof (double) * 5 * n * n_points;
  return MAX (sweep, limit) + sizeof (double) * (2 * n * n + n_points * arch.dim);
}

static gboolean
check (const LabSpec *spec, LabKey *blamed, GError **error)
{
  if (!lab_check_range (spec, blamed, error) || !lab_check_target (spec, blamed, error))
    return FALSE;
  *blamed = LAB_N_TRAIN;
  return lab_check_memory (memory (spec), "n-train, n-test or to", error);
}

double
lab_expected_threshold (const LabSpec *spec)
{
  int n = lab_spec_integer (spec, LAB_N_TRAIN);
  int low = 1, high = lab_parameter (LAB_WIDTH)->maximum;
  NtkArchitecture arch;

  lab_spec_architecture (spec, &arch);
  if (ntk_rank_bound (&arch, high) < n)
    return NAN;
  while (low < high)
    {
      int middle = (low + high) / 2;

      if (ntk_rank_bound (&arch, middle) < n)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Some more points are packed around the threshold, unless their number is given. */
static GArray *
grid (const LabSpec *spec, double from, double to, int points)
{
  gboolean pack = points == 0 && !lab_spec_is_set (spec, LAB_POINTS);
  double threshold = pack ? lab_expected_threshold (spec) : NAN;
  GArray *x = lab_grid_log (from, to, points > 0 ? points : lab_spec_integer (spec, LAB_POINTS));

  for (gsize i = 0; isfinite (threshold) && i < G_N_ELEMENTS (packing); i++)
    {
      double value = round (threshold * packing[i]);

      if (value >= from && value <= to)
        g_array_append_val (x, value);
    }
  lab_grid_sort (x);
  return x;
}

/* Previews from rich to poor; where even few points are dear, the widest, which cost the most,
 * are left to the full run. */
static const LabPreview previews[] = {
  { 24, 4, 500, 1 }, { 20, 2, 500, 1 }, { 18, 2, 300, 1 },  { 16, 2, 200, 1 },
  { 14, 1, 200, 1 }, { 10, 1, 150, 1 }, { 8, 1, 100, 1 },   { 6, 1, 100, 1 },
  { 5, 1, 64, 1 },   { 5, 1, 64, 0.5 }, { 5, 1, 64, 0.25 }, { 0 },
};

static gsize
piece_size (const LabSpec *spec)
{
  return sizeof (LabPiece);
}

/* The piece after the last x is the infinite-width limit. */
static int
n_pieces (const LabSpec *spec, const LabPlan *plan)
{
  return plan->n_x + 1;
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

/* What a normal number and a dual activation cost, in operations at DGEMM's speed. */
#define NORMAL_COST 250
#define DUAL_COST 500

/* Assembly, and a Cholesky factor, a pivoted one where the rank is below n, or an
 * eigendecomposition where the matrix is nearly singular; in operations at DGEMM's speed. */
static double
fit_cost (const LabSpec *spec, double x, double threshold, double n)
{
  double cube = x >= threshold ? 1.2 : 3;

  if (lab_spec_real (spec, LAB_RIDGE) == 0 && fabs (log (x / threshold)) < 0.05)
    cube = 25;
  return cube * n * n * n + 20 * n * n;
}

/* Forming the network at one width. */
static double
network_cost (const NtkArchitecture *arch, double x, double n, double n_points)
{
  return NORMAL_COST * x * (arch->dim + (arch->depth - 1) * x)
         + ntk_sweep_flops (arch, x, n, n_points);
}

static double
cost (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit)
{
  double n = lab_spec_integer (spec, LAB_N_TRAIN), n_points = n + plan->n_test;
  double threshold = lab_expected_threshold (spec), sum = 0;
  NtkArchitecture arch;

  lab_spec_architecture (spec, &arch);
  for (int i = unit->first; i < unit->first + unit->count; i++)
    {
      if (i == plan->n_x)
        {
          sum += DUAL_COST * arch.depth * n * n_points + 3 * n * n * n + 4 * n * n * n_points;
          continue;
        }
      sum += fit_cost (spec, plan->x[i], threshold, n)
             + ntk_predict_flops (&arch, plan->x[i], n, n_points, 3);
      if (arch.depth > 1 || i == unit->first + unit->count - 1)
        sum += network_cost (&arch, plan->x[i], n, n_points);
    }
  return sum;
}

/* What is regressed on a draw. */
typedef struct
{
  LabDraw data;
  double ridge;
  double *alpha; /* n x 3: right-hand sides, then coefficients */
} Draw;

static void
draw_clear (Draw *self)
{
  lab_draw_clear (&self->data);
  g_free (self->alpha);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draw, draw_clear)

static gboolean
draw_init (Draw *self, const LabSpec *spec, const LabPlan *plan, int seed, GError **error)
{
  int n = lab_spec_integer (spec, LAB_N_TRAIN);

  self->ridge = lab_spec_real (spec, LAB_RIDGE);
  self->alpha = ntk_try_alloc (n, 3, "the coefficients", error);
  return self->alpha != NULL && lab_draw_init (&self->data, spec, seed, n, plan->n_test, error);
}

/* Regresses target, noise and initial function at once; leaves the coefficients. */
static gboolean
fit (Draw *self, const double *K, int ldk, const double *initial, LabPiece *piece, GError **error)
{
  int n = self->data.n;
  NtkFitInfo info;

  memcpy (self->alpha, self->data.f, n * sizeof (double));
  memcpy (self->alpha + n, self->data.noise, n * sizeof (double));
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
  int n = self->data.n, N = self->data.n_points;
  double *r = fitted, *a = fitted + N, *b = a + N;

  for (int i = 0; i < N; i++)
    {
      r[i] = self->data.f[i] - r[i];
      a[i] = (i < n ? self->data.noise[i] : 0) - a[i];
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
  gsize N = draw->data.n_points;
  g_autofree double *fitted = ntk_try_alloc (3 * N, unit->count, "the predictions", error);
  g_autofree double *initial = fitted ? ntk_try_alloc (N, unit->count, "the predictions", error)
                                      : NULL;
  g_autoptr (NtkSweep) sweep = initial
                                 ? ntk_sweep_new (&draw->data.arch, draw->data.X, draw->data.n, N,
                                                  last, draw->data.streams, error)
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
  int n = draw->data.n, N = draw->data.n_points;
  g_autofree double *K = ntk_try_alloc (N, n, "the kernel matrix", error);
  g_autofree double *S = K ? ntk_try_alloc (N, n, "the kernel matrix", error) : NULL;
  g_autofree double *diagonal = S ? ntk_try_alloc (N, 1, "the kernel matrix", error) : NULL;
  g_autofree double *fitted = diagonal ? ntk_try_alloc (N, 3, "the predictions", error) : NULL;
  g_autofree double *zero = g_new0 (double, N);

  if (fitted == NULL
      || !ntk_infinite_kernel (&draw->data.arch, draw->data.X, n, N, K, S, diagonal, error)
      || !fit (draw, K, N, zero, piece, error))
    return FALSE;
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, N, 3, n, 1, K, N, draw->alpha, n, 0,
               fitted, N);
  judge (draw, fitted, zero, piece);
  return ntk_prior_error (K, S, diagonal, n, N, draw->ridge, &piece->test.bb, error);
}

static gboolean
run (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit, void *data,
     GCancellable *cancellable, GError **error)
{
  LabPiece *pieces = data;
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

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Widths at which theory is drawn: log-spaced, and ever closer to the threshold N = n. */
static void
theory_grid (LabFiniteD *self, const LabPlan *plan, double n)
{
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
  qsort (x, count, sizeof (double), compare_doubles);
  self->x = x;
  self->n = count;
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

static void
finite_d_free (LabTheory *theory)
{
  LabFiniteD *self = (LabFiniteD *) theory;

  g_free (self->x);
  g_free (self->at);
  g_free (self);
}

/* Where it is infinite (N = n without ridge) the curve has a gap. */
static gboolean
fill_theory (LabFiniteD *self, const NtkSpectrum *spectrum, const double *power, double n, double R,
             GError **error)
{
  self->at = g_new (NtkFiniteD, self->n);
  for (int i = 0; i < self->n; i++)
    {
      g_autoptr (GError) cause = NULL;

      if (ntk_finite_d (spectrum, power, n, self->x[i], R, &self->at[i], &cause))
        continue;
      if (!g_error_matches (cause, NTK_ERROR, NTK_ERROR_DOMAIN))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      self->at[i] = (NtkFiniteD){ NAN, NAN, NAN, NAN, NAN, NAN, NAN };
    }
  return TRUE;
}

static LabTheory *
theory (const LabSpec *spec, const LabPlan *plan, GError **error)
{
  double n = lab_spec_integer (spec, LAB_N_TRAIN);
  g_autoptr (NtkSpectrum) spectrum = NULL;
  g_autofree double *power = NULL;
  NtkArchitecture arch;
  LabFiniteD *self;

  if (!has_theory (spec))
    return NULL;
  lab_spec_architecture (spec, &arch);
  spectrum = ntk_spectrum_new (&arch, theory_degree (arch.dim, n), error);
  if (spectrum == NULL)
    return NULL;
  power = g_new0 (double, spectrum->n_degrees);
  if (!ntk_target_power (lab_spec_choice_name (spec, LAB_TARGET), arch.dim, spectrum->n_degrees - 1,
                         power, error))
    return NULL;

  self = g_new0 (LabFiniteD, 1);
  atomic_init (&self->base.references, 1);
  self->base.free = finite_d_free;
  theory_grid (self, plan, n);
  if (fill_theory (self, spectrum, power, n, n * lab_spec_real (spec, LAB_RIDGE), error))
    return &self->base;
  finite_d_free (&self->base);
  return NULL;
}

const LabExperiment lab_double_descent = {
  .check = check,
  .has_series = has_series,
  .grid = grid,
  .previews = previews,
  .piece_size = piece_size,
  .n_pieces = n_pieces,
  .memory = memory,
  .units = units,
  .cost = cost,
  .run = run,
  .theory = theory,
  .combine = lab_double_descent_combine,
  .read = lab_double_descent_read,
};
