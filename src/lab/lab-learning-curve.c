/* Learning curves: the error of kernel regression against n, for a start at zero and a random
 * one (Chen, Li, Lin, NeurIPS 2024). The kernel is the limit of infinite width, that of a finite
 * network, or one to compare with. */

#include "lab-learning-curve.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "lab-draw.h"

/* Times of stop = best, log-spaced, besides infinity. */
#define N_TIMES 40
#define FIRST_TIME 1e-1
#define LAST_TIME 1e6

/* Ridges of stop = ridge, two a decade, unnormalised. */
#define N_RIDGES 13
#define FIRST_RIDGE 1e-3

/* More places than that are not told apart on any screen. */
#define MOST_PLACES 4096

gboolean
lab_learning_is_infinite (const LabSpec *spec)
{
  return lab_spec_integer (spec, LAB_WIDTH) == LAB_INFINITE;
}

static gboolean
has_initial (const LabSpec *spec)
{
  return lab_spec_choice (spec, LAB_KERNEL) <= LAB_KERNEL_NNGP;
}

/* Whether every n comes from one factorization: at fixed ridges, none among them, where the figure
 * may choose its own places. */
static gboolean
is_every (const LabSpec *spec)
{
  guint stop = lab_spec_choice (spec, LAB_STOP);

  return lab_learning_is_infinite (spec) && !lab_spec_is_set (spec, LAB_POINTS)
         && (stop == LAB_STOP_RIDGE
             || (stop == LAB_STOP_END && lab_spec_real (spec, LAB_RIDGE) == 0));
}

int
lab_learning_n_stops (const LabSpec *spec)
{
  switch (lab_spec_choice (spec, LAB_STOP))
    {
    case LAB_STOP_BEST: return N_TIMES + 1;
    case LAB_STOP_RIDGE: return N_RIDGES;
    default: return 1;
    }
}

/* The rules among which the best is taken, at n points. */
static void
fill_stops (const LabSpec *spec, int n, NtkStop *stops)
{
  guint rule = lab_spec_choice (spec, LAB_STOP);
  double ridge = n * lab_spec_real (spec, LAB_RIDGE);

  for (int i = 0; i < lab_learning_n_stops (spec); i++)
    if (rule == LAB_STOP_RIDGE)
      stops[i] = (NtkStop){ INFINITY, FIRST_RIDGE * pow (10, 0.5 * i) };
    else if (rule == LAB_STOP_BEST && i < N_TIMES)
      stops[i] = (NtkStop){ FIRST_TIME * pow (LAST_TIME / FIRST_TIME, i / (N_TIMES - 1.0)), ridge };
    else
      stops[i] = (NtkStop){ rule == LAB_STOP_TIME ? lab_spec_real (spec, LAB_TIME) : INFINITY,
                            ridge };
}

/* Kernels, what a decomposition needs beside them, and at finite width the network. */
static double
memory (const LabSpec *spec)
{
  double n = lab_spec_integer (spec, LAB_TO), n_test = lab_spec_integer (spec, LAB_N_TEST);
  double all = n + n_test;
  gboolean drawn = lab_spec_choice (spec, LAB_AVERAGE) == LAB_AVERAGE_DRAWN;
  NtkArchitecture arch;
  double network = 0;

  lab_spec_architecture (spec, &arch);
  if (!lab_learning_is_infinite (spec))
    network = ntk_sweep_memory (&arch, lab_spec_integer (spec, LAB_WIDTH), all, all);
  return network
         + sizeof (double)
             * ((drawn ? 2 : 0) * all * all + 2 * n * all + 6 * n * n + 3 * n * n_test
                + all * arch.dim);
}

static gboolean
check (const LabSpec *spec, LabKey *blamed, GError **error)
{
  if (!lab_check_range (spec, blamed, error) || !lab_check_target (spec, blamed, error))
    return FALSE;
  if (lab_spec_integer (spec, LAB_FIT_FROM) > lab_spec_integer (spec, LAB_FIT_TO))
    {
      *blamed = LAB_FIT_TO;
      g_set_error (
        error, LAB_ERROR, LAB_ERROR_CONTRADICTION,
        _("the window of the slopes ends (fit-to = %d) before it begins (fit-from = %d)"),
        (int) lab_spec_integer (spec, LAB_FIT_TO), (int) lab_spec_integer (spec, LAB_FIT_FROM));
      return FALSE;
    }
  if (!lab_learning_is_infinite (spec) && lab_spec_choice (spec, LAB_KERNEL) != LAB_KERNEL_NTK)
    {
      *blamed = LAB_WIDTH;
      g_set_error (error, LAB_ERROR, LAB_ERROR_CONTRADICTION,
                   _("kernel = %s is a limit of infinite width: set width = inf, or kernel = ntk"),
                   lab_spec_choice_name (spec, LAB_KERNEL));
      return FALSE;
    }
  *blamed = LAB_TO;
  return lab_check_memory (memory (spec), error);
}

static GArray *
grid (const LabSpec *spec, double from, double to, int points)
{
  if (points == 0)
    points = is_every (spec) ? MIN (MOST_PLACES, 2 * (to - from) + 2)
                             : lab_spec_integer (spec, LAB_POINTS);
  if (is_every (spec) && to - from < MOST_PLACES)
    {
      GArray *x = g_array_new (FALSE, FALSE, sizeof (double));

      for (double n = from; n <= to; n++)
        g_array_append_val (x, n);
      return x;
    }
  return lab_grid_log (from, to, points);
}

static const LabPreview previews[] = {
  { 9, 4, 500, 1 },      { 9, 2, 500, 1 },
  { 9, 2, 300, 0.5 },    { 9, 2, 300, 0.25 },
  { 7, 2, 200, 0.25 },   { 6, 1, 200, 0.25 },
  { 5, 1, 200, 0.125 },  { 5, 1, 100, 0.0625 },
  { 4, 1, 64, 0.03125 }, { 0 },
};

static gsize
piece_size (const LabSpec *spec)
{
  return offsetof (LabLearningPiece, at) + lab_learning_n_stops (spec) * sizeof (NtkGram);
}

static int
n_pieces (const LabSpec *spec, const LabPlan *plan)
{
  return lab_spec_n_panels (spec) * plan->n_x;
}

/* At infinite width each n is work of its own, the dearest first; a finite network is formed once
 * for all n, and so is a factor that serves every n. */
static GArray *
units (const LabSpec *spec, const LabPlan *plan)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (LabUnit));
  gboolean whole = is_every (spec) || !lab_learning_is_infinite (spec);
  int n_panels = lab_spec_n_panels (spec);

  for (int seed = 0; seed < plan->n_seeds; seed++)
    for (int i = plan->n_x - 1; i >= (whole ? plan->n_x - 1 : 0); i--)
      for (int panel = 0; panel < n_panels; panel++)
        {
          LabUnit unit = { seed, panel * plan->n_x + (whole ? 0 : i), whole ? plan->n_x : 1 };

          g_array_append_val (array, unit);
        }
  return array;
}

/* Operations for one entry of a kernel and layer, and a full decomposition, at DGEMM's speed. */
#define DUAL_COST 300
#define EIGEN_COST 80
#define CHOLESKY_COST 12
#define EVERY_COST 40

static double
fit_cost (const LabSpec *spec, double n, double n_test)
{
  guint stop = lab_spec_choice (spec, LAB_STOP);
  double each = stop == LAB_STOP_END ? CHOLESKY_COST : EIGEN_COST;

  return each * n * n * n + 8 * n * n * n_test;
}

static double
cost (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit)
{
  int first = unit->first % plan->n_x;
  double last = plan->x[first + unit->count - 1], n_points = last + plan->n_test;
  double sum = DUAL_COST * lab_spec_integer (spec, LAB_DEPTH) * last * n_points;
  NtkArchitecture arch;

  if (is_every (spec))
    return sum
           + lab_learning_n_stops (spec) * (EVERY_COST * last * last + 12 * last * plan->n_test)
               * last;
  lab_spec_architecture (spec, &arch);
  if (!lab_learning_is_infinite (spec))
    sum = ntk_sweep_flops (&arch, lab_spec_integer (spec, LAB_WIDTH), n_points, n_points);
  for (int i = first; i < first + unit->count; i++)
    sum += fit_cost (spec, plan->x[i], plan->n_test);
  return sum;
}

/* The kernels of one draw. */
typedef struct
{
  double *K, *S, *diagonal, *initial;
} Kernels;

static void
kernels_clear (Kernels *self)
{
  g_free (self->K);
  g_free (self->S);
  g_free (self->diagonal);
  g_free (self->initial);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kernels, kernels_clear)

static gboolean
is_cancelled (gpointer cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

/* All rows of the first n columns of a symmetric matrix of which the lower triangle is there. */
static void
copy_columns (const double *lower, int ld, int n, int n_points, double *K)
{
  for (int j = 0; j < n; j++)
    for (int i = 0; i < n_points; i++)
      K[(gsize) j * n_points + i] = i >= j ? lower[(gsize) j * ld + i] : lower[(gsize) i * ld + j];
}

/* A network has an initial function of its own: the one that was drawn with its weights. Many
 * prefixes of the training points are regressed, so the kernel is formed on all points at once. */
static gboolean
fill_finite (Kernels *self, const LabSpec *spec, const LabDraw *draw, NtkLearning *data,
             GCancellable *cancellable, GError **error)
{
  int width = lab_spec_integer (spec, LAB_WIDTH), N = draw->n_points;
  g_autoptr (NtkSweep)
    sweep = ntk_sweep_new (&draw->arch, draw->X, N, N, width, draw->streams, error);
  const double *lower;
  int ld;

  if (sweep == NULL)
    return FALSE;
  ntk_sweep_set_stop (sweep, is_cancelled, cancellable);
  self->K = ntk_try_alloc (N, draw->n, "the kernel matrix", error);
  self->initial = self->K ? ntk_try_alloc (N, 1, "the initial function", error) : NULL;
  if (self->initial == NULL || !ntk_sweep_to (sweep, width, error))
    return FALSE;
  lower = ntk_sweep_kernel (sweep, &ld);
  copy_columns (lower, ld, draw->n, N, self->K);
  memcpy (self->initial, ntk_sweep_initial (sweep), N * sizeof (double));
  data->K = self->K;
  data->initial = self->initial;
  return TRUE;
}

static gboolean
fill_infinite (Kernels *self, const LabSpec *spec, const LabDraw *draw, NtkLearning *data,
               GError **error)
{
  guint kernel = lab_spec_choice (spec, LAB_KERNEL);
  int n = draw->n, n_points = draw->n_points;

  self->K = ntk_try_alloc (n_points, n, "the kernel matrix", error);
  if (self->K == NULL)
    return FALSE;
  data->K = self->K;
  if (!has_initial (spec))
    return ntk_radial_kernel (lab_spec_choice_name (spec, LAB_KERNEL),
                              lab_spec_real (spec, LAB_LENGTH_SCALE), draw->X, draw->arch.dim, n,
                              n_points, self->K, error);

  self->S = ntk_try_alloc (n_points, n, "the kernel matrix", error);
  self->diagonal = self->S ? ntk_try_alloc (n_points, 1, "the kernel matrix", error) : NULL;
  if (self->diagonal == NULL
      || !ntk_infinite_kernel (&draw->arch, draw->X, n, n_points, self->K, self->S, self->diagonal,
                               error))
    return FALSE;
  data->S = self->S;
  data->s_diag = self->diagonal;
  if (kernel == LAB_KERNEL_NNGP)
    data->K = self->S;
  return TRUE;
}

/* A draw of f_0 from its law, jointly on all points. */
static gboolean
draw_initial (Kernels *self, const LabDraw *draw, NtkLearning *data, GError **error)
{
  self->initial = ntk_try_alloc (draw->n_points, 1, "the initial function", error);
  if (self->initial == NULL
      || !ntk_prior_draw (&draw->arch, draw->X, draw->n, draw->n_points, draw->streams,
                          self->initial, error))
    return FALSE;
  data->initial = self->initial;
  return TRUE;
}

static gboolean
fill_kernels (Kernels *self, const LabSpec *spec, const LabDraw *draw, NtkLearning *data,
              GCancellable *cancellable, GError **error)
{
  gboolean drawn = lab_spec_choice (spec, LAB_AVERAGE) == LAB_AVERAGE_DRAWN;

  *data = (NtkLearning){ .n_max = draw->n, .n_points = draw->n_points, .f = draw->f };
  if (drawn)
    data->noise = draw->noise;
  if (!lab_learning_is_infinite (spec))
    return fill_finite (self, spec, draw, data, cancellable, error);
  return fill_infinite (self, spec, draw, data, error)
         && (!drawn || !has_initial (spec) || draw_initial (self, draw, data, error));
}

static LabLearningPiece *
piece_at (const LabSpec *spec, void *pieces, int i)
{
  return (LabLearningPiece *) ((char *) pieces + i * piece_size (spec));
}

static gboolean
solve (const LabSpec *spec, const NtkLearning *data, int n, LabLearningPiece *piece, GError **error)
{
  NtkStop stops[LAB_MOST_STOPS];
  NtkFitInfo info;

  fill_stops (spec, n, stops);
  if (!ntk_learning_at (data, n, stops, lab_learning_n_stops (spec), piece->at, &info, error))
    return FALSE;
  piece->missing = FALSE;
  piece->dropped = info.dropped;
  return TRUE;
}

/* Every n from one factor for each ridge. Where the factor does not serve, a few places are solved
 * for themselves and the others stay empty. */
static gboolean
run_every (const LabSpec *spec, const LabPlan *plan, const NtkLearning *data, void *pieces,
           GCancellable *cancellable, GError **error)
{
  g_autofree NtkGram *grams = g_new (NtkGram, data->n_max);
  g_autoptr (GArray) places = NULL;
  g_autoptr (GError) cause = NULL;
  NtkStop stops[LAB_MOST_STOPS];

  fill_stops (spec, data->n_max, stops);
  for (int k = 0; k < lab_learning_n_stops (spec) && cause == NULL; k++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (ntk_learning_every (data, stops[k].ridge, grams, &cause))
        for (int i = 0; i < plan->n_x; i++)
          piece_at (spec, pieces, i)->at[k] = grams[(int) plan->x[i] - 1];
    }
  if (cause == NULL)
    return TRUE;
  if (!g_error_matches (cause, NTK_ERROR, NTK_ERROR_NUMERICS))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }

  places = lab_grid_log (plan->x[0], plan->x[plan->n_x - 1], lab_spec_integer (spec, LAB_POINTS));
  for (int i = 0, next = 0; i < plan->n_x; i++)
    {
      LabLearningPiece *piece = piece_at (spec, pieces, i);

      piece->missing = TRUE;
      if ((guint) next == places->len || plan->x[i] != g_array_index (places, double, next))
        continue;
      next++;
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !solve (spec, data, plan->x[i], piece, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit, void *row,
     GCancellable *cancellable, GError **error)
{
  g_autoptr (LabSpec) alone = lab_spec_panel (spec, unit->first / plan->n_x);
  int first = unit->first % plan->n_x, last = first + unit->count - 1;
  void *pieces = piece_at (spec, row, unit->first);
  g_auto (LabDraw) draw = { 0 };
  g_auto (Kernels) kernels = { 0 };
  NtkLearning data;

  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !lab_draw_init (&draw, alone, unit->seed, plan->x[last], plan->n_test, error)
      || !fill_kernels (&kernels, alone, &draw, &data, cancellable, error))
    return FALSE;
  if (is_every (spec))
    return run_every (alone, plan, &data, pieces, cancellable, error);
  for (int i = unit->count - 1; i >= 0; i--)
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || !solve (alone, &data, plan->x[first + i], piece_at (spec, pieces, i), error))
      return FALSE;
  return TRUE;
}

/* Best time is compared with the best ridge: the two stop alike. */
static gboolean
has_mean_field (const LabSpec *spec)
{
  guint stop = lab_spec_choice (spec, LAB_STOP);
  gboolean some = FALSE;

  for (guint i = 0; i < lab_spec_n_panels (spec); i++)
    some = some || lab_spec_value (spec, LAB_DIM).integers.item[i] >= 3;
  return some && has_initial (spec) && stop != LAB_STOP_TIME
         && (stop == LAB_STOP_END || lab_spec_real (spec, LAB_RIDGE) == 0)
         && lab_spec_real (spec, LAB_SIGMA_W2) > 0 && lab_spec_real (spec, LAB_SIGMA_V2) > 0;
}

/* The eigenvalues of the kernels fall as a power of the degree for piecewise linear activations:
 * k^-(d+1) the NTK's, k^-(d+3) the NNGP's, at any depth (Bietti & Bach 2021). A random start is as
 * rough as the NNGP, its power below degree k falling as k^-3. */
static gboolean
has_power_law (const LabSpec *spec)
{
  NtkActivation activation;

  lab_spec_activation (spec, &activation);
  return has_initial (spec) && activation.type->homogeneous
         && lab_spec_real (spec, LAB_SIGMA_W2) > 0 && lab_spec_real (spec, LAB_SIGMA_V2) > 0;
}

/* Whether the error goes to zero by the rule of stopping: with noise and without a rule it stays
 * finite, and a fixed time or ridge leaves a bias. */
static gboolean
is_consistent (const LabSpec *spec)
{
  guint stop = lab_spec_choice (spec, LAB_STOP);

  if (lab_spec_real (spec, LAB_RIDGE) > 0 || stop == LAB_STOP_TIME)
    return FALSE;
  return stop != LAB_STOP_END || lab_spec_real (spec, LAB_NOISE) == 0;
}

double
lab_learning_limit_standard (const LabSpec *spec, int d)
{
  if (!has_power_law (spec) || !is_consistent (spec) || d < 1)
    return NAN;
  return lab_spec_real (spec, LAB_NOISE) > 0 ? -3.0 / (d + 3) : -3.0 / d;
}

/* A target that is a network itself is as rough as a random start. The others are smooth to any
 * order: with noise a well-stopped flow learns them at 1/n, and a ridge, which saturates at twice
 * the smoothness of the kernel's own space, at n^(-2 beta/(2 beta + 1)); without noise n^(-2 beta)
 * is left of the kernel's eigenvalue decay beta. */
double
lab_learning_limit_mirrored (const LabSpec *spec, int d)
{
  double beta = (lab_spec_choice (spec, LAB_KERNEL) == LAB_KERNEL_NNGP ? d + 3.0 : d + 1.0) / d;

  if (strcmp (lab_spec_choice_name (spec, LAB_TARGET), "teacher") == 0)
    return lab_learning_limit_standard (spec, d);
  if (!has_power_law (spec) || !is_consistent (spec) || d < 1)
    return NAN;
  if (lab_spec_real (spec, LAB_NOISE) == 0)
    return -2 * beta;
  return lab_spec_choice (spec, LAB_STOP) == LAB_STOP_RIDGE ? -2 * beta / (2 * beta + 1) : -1;
}

static gboolean
has_series (const LabSpec *spec, const char *id)
{
  int d = lab_spec_integer (spec, LAB_DIM) - 1;

  if (g_str_has_suffix (id, "standard") && !has_initial (spec))
    return FALSE;
  if (g_str_has_prefix (id, "mean-field"))
    return has_mean_field (spec);
  if (strcmp (id, "guide-standard") == 0)
    return !isnan (lab_learning_limit_standard (spec, d));
  if (strcmp (id, "guide-mirrored") == 0)
    return !isnan (lab_learning_limit_mirrored (spec, d));
  return TRUE;
}

static void
mean_field_free (LabTheory *theory)
{
  LabMeanField *self = (LabMeanField *) theory;

  for (guint i = 0; i < LAB_MAX_PANELS; i++)
    g_clear_pointer (&self->panel[i], ntk_mean_field_unref);
  g_free (self);
}

static LabTheory *
theory (const LabSpec *spec, const LabPlan *plan, GError **error)
{
  LabMeanField *self;

  if (!has_mean_field (spec))
    return NULL;
  self = g_new0 (LabMeanField, 1);
  atomic_init (&self->base.references, 1);
  self->base.free = mean_field_free;
  for (guint i = 0; i < lab_spec_n_panels (spec); i++)
    {
      g_autoptr (LabSpec) alone = lab_spec_panel (spec, i);
      g_autoptr (GError) cause = NULL;
      NtkArchitecture arch;

      lab_spec_architecture (alone, &arch);
      self->panel[i] = ntk_mean_field_new (&arch,
                                           lab_spec_choice (spec, LAB_KERNEL) == LAB_KERNEL_NNGP,
                                           lab_spec_choice_name (spec, LAB_TARGET), &cause);
      if (cause == NULL || g_error_matches (cause, NTK_ERROR, NTK_ERROR_DOMAIN))
        continue;
      g_propagate_error (error, g_steal_pointer (&cause));
      mean_field_free (&self->base);
      return NULL;
    }
  return &self->base;
}

const LabExperiment lab_learning_curve = {
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
  .combine = lab_learning_combine,
  .read = lab_learning_read,
};
