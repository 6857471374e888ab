/* One seed of double descent: draw, kernels, and the residuals that each fit leaves. */

#include "lab-double-descent.h"

#include <math.h>
#include <string.h>

#include "lab-kernels.h"
#include "lab-spectra.h"

/* The weights of further members of an ensemble have random streams beyond those of the seeds. */
#define MEMBER_STREAMS 1024

/* What one worker does in one go. */
typedef struct
{
  const LabSpec *spec;
  const LabPlan *plan;
  const LabUnit *unit;
  GCancellable *cancellable;
  LabDraw draw;
  LabPiece *pieces; /* of the unit */
  int members;
  double *alpha;    /* coefficients */
  double **sums;    /* residuals of each piece, added up over members; of ensembles */
} Run;

static void
run_clear (Run *self)
{
  lab_draw_clear (&self->draw);
  g_free (self->alpha);
  for (int i = 0; self->sums != NULL && i < self->unit->count; i++)
    g_free (self->sums[i]);
  g_free (self->sums);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static double
place (const Run *self, int i)
{
  return self->plan->x[(self->unit->first + i) % self->plan->n_x];
}

static gboolean
run_init (Run *self, GError **error)
{
  const LabSpec *spec = self->spec;
  int n = lab_descent_samples (spec, place (self, self->unit->count - 1));

  self->members = lab_descent_members (spec);
  if (self->unit->first >= lab_descent_model_pieces (spec, self->plan))
    self->members = 1;
  if (self->members > 1)
    self->sums = g_new0 (double *, self->unit->count);
  self->alpha = ntk_try_alloc (3 * (gsize) n, lab_descent_is_filter (spec) ? self->unit->count : 1,
                               "the coefficients", error);
  return self->alpha != NULL
         && lab_draw_init (&self->draw, spec, self->unit->seed, n, self->plan->n_test, error);
}

static gboolean
is_stopped (const Run *self, GError **error)
{
  return g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static NtkGram
gram_add (NtkGram a, NtkGram b)
{
  return (NtkGram){ a.rr + b.rr, a.ra + b.ra, a.aa + b.aa,
                    a.bb + b.bb, a.rb + b.rb, a.ab + b.ab };
}

/* The mean over pairs of members: what the square of their sum has beyond their own squares. */
static NtkGram
gram_pairs (NtkGram sum, NtkGram own, int members)
{
  double pairs = (double) members * (members - 1);

  return (NtkGram){ (sum.rr - own.rr) / pairs, (sum.ra - own.ra) / pairs, (sum.aa - own.aa) / pairs };
}

static NtkGram
gram_mean (NtkGram own, int members)
{
  return (NtkGram){ own.rr / members, own.ra / members, own.aa / members,
                    own.bb / members, own.rb / members, own.ab / members };
}

/* With f = A (f* + sigma e), up to the initial function, the error f* - f is r + sigma a:
 * r = f* - A f*, a = -A e on test points and (I - A) e on training points, where labels carry
 * the noise; b = f_0 - A f_0. `fitted` has A f*, A e and A f_0 on the first n training points and on
 * the test points, and becomes the residuals; `initial` is f_0 on all points of the draw. */
static gboolean
judge (Run *self, int i, int n, double *fitted, const double *initial, GError **error)
{
  const LabDraw *draw = &self->draw;
  int n_test = draw->n_points - draw->n, N = n + n_test;
  LabPiece *piece = &self->pieces[i];
  double *r = fitted, *a = fitted + N, *b = a + N;

  for (int j = 0; j < N; j++)
    {
      int point = j < n ? j : draw->n + j - n;

      r[j] = draw->f[point] - r[j];
      a[j] = (j < n ? draw->noise[j] : 0) - a[j];
      b[j] = initial[point] - b[j];
    }
  piece->train = gram_add (piece->train, ntk_gram (fitted, n, N));
  piece->test = gram_add (piece->test, ntk_gram (fitted + n, n_test, N));
  if (self->sums == NULL)
    return TRUE;
  if (self->sums[i] != NULL)
    {
      for (int j = 0; j < 3 * N; j++)
        self->sums[i][j] += fitted[j];
      return TRUE;
    }
  self->sums[i] = ntk_try_alloc (N, 3, "the ensemble's predictions", error);
  if (self->sums[i] == NULL)
    return FALSE;
  memcpy (self->sums[i], fitted, 3 * N * sizeof (double));
  return TRUE;
}

static void
finish_ensemble (Run *self)
{
  for (int i = 0; self->sums != NULL && i < self->unit->count; i++)
    {
      LabPiece *piece = &self->pieces[i];
      int n = lab_descent_samples (self->spec, place (self, i)), n_test = self->plan->n_test;
      const double *sum = self->sums[i];

      piece->train_pair = gram_pairs (ntk_gram (sum, n, n + n_test), piece->train, self->members);
      piece->test_pair = gram_pairs (ntk_gram (sum + n, n_test, n + n_test), piece->test,
                                     self->members);
      piece->train = gram_mean (piece->train, self->members);
      piece->test = gram_mean (piece->test, self->members);
    }
}

static void
note_fit (LabPiece *piece, const NtkFitInfo *info)
{
  piece->rank = info->rank;
  piece->dropped = info->dropped;
  piece->cut = info->cut;
  for (int c = 0; c < NTK_FIT_COLUMNS; c++)
    piece->growth[c] = MAX (piece->growth[c], info->growth[c]);
}

/* Right-hand sides: target, noise and initial function at the first n training points. */
static void
fill_labels (const LabDraw *draw, int n, const double *initial, double *Y)
{
  memcpy (Y, draw->f, n * sizeof (double));
  memcpy (Y + n, draw->noise, n * sizeof (double));
  memcpy (Y + 2 * n, initial, n * sizeof (double));
}

static gboolean
run_widths (Run *self, NtkStreams *streams, GError **error)
{
  const LabDraw *draw = &self->draw;
  const LabUnit *unit = self->unit;
  int n = draw->n, N = draw->n_points, last = lab_descent_width (self->spec, place (self, unit->count - 1));
  g_autofree double *fitted = ntk_try_alloc (3 * (gsize) N, unit->count, "the predictions", error);
  g_autofree double *initial = fitted ? ntk_try_alloc (N, unit->count, "the predictions", error)
                                      : NULL;
  g_autoptr (NtkSweep) sweep = initial ? ntk_sweep_new (&draw->arch, draw->X, n, N, last, streams,
                                                        error)
                                       : NULL;

  if (sweep == NULL)
    return FALSE;
  ntk_sweep_set_stop (sweep, lab_is_cancelled, self->cancellable);
  for (int i = 0; i < unit->count; i++)
    {
      NtkStop stop = lab_descent_stop (self->spec, place (self, i));
      NtkFitInfo info;
      const double *K;
      int ldk;

      if (is_stopped (self, error)
          || !ntk_sweep_to (sweep, lab_descent_width (self->spec, place (self, i)), error))
        return FALSE;
      K = ntk_sweep_kernel (sweep, &ldk);
      fill_labels (draw, n, ntk_sweep_initial (sweep), self->alpha);
      if (!ntk_fit_at (K, ldk, n, &stop, 1, draw->cutoff, self->alpha, 3, self->alpha, &info, error)
          || !ntk_sweep_predict (sweep, self->alpha, 3, fitted + 3 * (gsize) N * i,
                                 initial + (gsize) N * i, error))
        return FALSE;
      note_fit (&self->pieces[i], &info);
    }
  if (!ntk_sweep_finish (sweep, error))
    return FALSE;
  for (int i = 0; i < unit->count; i++)
    if (!judge (self, i, n, fitted + 3 * (gsize) N * i, initial + (gsize) N * i, error))
      return FALSE;
  return TRUE;
}

/* Ridge and time have the n_stops pieces from i on by one kernel, other axes a single one. */
static gboolean
solve_fits (Run *self, const LabKernels *kernels, int i, int n_stops, GError **error)
{
  const LabDraw *draw = &self->draw;
  int n = lab_descent_samples (self->spec, place (self, i)), n_test = draw->n_points - draw->n;
  gsize ld = draw->n_points;
  g_autofree NtkStop *stops = g_new (NtkStop, n_stops);
  g_autofree double *zero = g_new0 (double, draw->n_points);
  const double *initial = kernels->initial ? kernels->initial : zero;
  g_autofree double *Y = ntk_try_alloc (n, 3, "the labels", error);
  g_autofree double *fitted = Y ? ntk_try_alloc (n + n_test, 3, "the predictions", error) : NULL;
  g_autofree NtkFitInfo *info = g_new (NtkFitInfo, n_stops);

  for (int s = 0; s < n_stops; s++)
    stops[s] = lab_descent_stop (self->spec, place (self, i + s));
  if (fitted == NULL)
    return FALSE;
  fill_labels (draw, n, initial, Y);
  if (!ntk_fit_at (kernels->data.K, ld, n, stops, n_stops, draw->cutoff, Y, 3, self->alpha, info,
                   error))
    return FALSE;
  for (int s = 0; s < n_stops; s++)
    {
      const double *alpha = self->alpha + (gsize) 3 * n * s;

      ntk_predict (kernels->data.K, ld, n, n, alpha, 3, fitted, n + n_test);
      ntk_predict (kernels->data.K + draw->n, ld, n_test, n, alpha, 3, fitted + n, n + n_test);
      note_fit (&self->pieces[i + s], &info[s]);
      if (!judge (self, i + s, n, fitted, initial, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_modes (Run *self, const NtkModes *modes, int i, int n_stops, GError **error)
{
  g_autofree NtkStop *stops = g_new (NtkStop, n_stops);
  g_autofree NtkGram *test = g_new (NtkGram, n_stops), *train = g_new (NtkGram, n_stops);
  g_autofree NtkFitInfo *info = g_new (NtkFitInfo, n_stops);

  for (int s = 0; s < n_stops; s++)
    stops[s] = lab_descent_stop (self->spec, place (self, i + s));
  if (!ntk_modes_eval (modes, stops, n_stops, test, train, info, error))
    return FALSE;
  for (int s = 0; s < n_stops; s++)
    {
      LabPiece *piece = &self->pieces[i + s];

      *piece = (LabPiece){ .test = test[s], .train = train[s] };
      note_fit (piece, &info[s]);
    }
  return TRUE;
}

/* The kernel's place among those of the plan. */
static int
spectrum_index (const Run *self, int i)
{
  int n_model = lab_descent_model_pieces (self->spec, self->plan);
  int kernels = lab_descent_model_kernels (self->spec, self->plan);
  gboolean limit = self->unit->first >= n_model;
  int at = self->unit->first - (limit ? n_model : 0) + i;

  if (lab_descent_is_filter (self->spec))
    at = 0;
  return (limit ? kernels : 0) + at;
}

static NtkModes *
kept_modes (const Run *self, int i)
{
  return self->plan->spectra == NULL
           ? NULL
           : lab_spectra_get (self->plan->spectra, self->unit->seed, spectrum_index (self, i));
}

static gboolean
solve_modes (Run *self, const LabKernels *kernels, int i, int n_stops, GError **error)
{
  NtkModes *modes = kept_modes (self, i);
  g_autoptr (NtkModes) own = NULL;

  if (modes == NULL)
    modes = own = ntk_modes_new (&kernels->data, lab_descent_samples (self->spec, place (self, i)),
                                 error);
  if (modes == NULL)
    return FALSE;
  if (own != NULL && self->plan->spectra != NULL)
    modes = lab_spectra_put (self->plan->spectra, self->unit->seed, spectrum_index (self, i),
                             g_steal_pointer (&own));
  return read_modes (self, modes, i, n_stops, error);
}

/* Infinite width has no f_0 of its own: its law enters in the mean. The training error of its limit is
 * not asked for. */
static gboolean
solve (Run *self, const LabKernels *kernels, int i, int n_stops, GError **error)
{
  int n = lab_descent_samples (self->spec, place (self, i));
  NtkStop stop = lab_descent_stop (self->spec, place (self, i));
  gboolean by_modes = n_stops > 1 || isfinite (stop.time) || self->plan->spectra != NULL
                      || lab_spec_is_infinite (self->spec);
  NtkGram mean;

  if (self->members == 1 && by_modes)
    return solve_modes (self, kernels, i, n_stops, error);
  if (!solve_fits (self, kernels, i, n_stops, error))
    return FALSE;
  if (kernels->S == NULL)
    return TRUE;
  if (!ntk_learning_at (&kernels->data, n, &stop, 1, &mean, NULL, error))
    return FALSE;
  self->pieces[i].test.bb = mean.bb;
  return TRUE;
}

/* All pieces of the unit by one kernel on all of its samples, the largest fit first. */
static gboolean
solve_all (Run *self, const LabKernels *kernels, GError **error)
{
  int count = self->unit->count;

  if (lab_descent_is_filter (self->spec))
    return solve (self, kernels, 0, count, error);
  for (int i = count - 1; i >= 0; i--)
    if (is_stopped (self, error) || !solve (self, kernels, i, 1, error))
      return FALSE;
  return TRUE;
}

/* The full kernel at every width for eigenbases; once for what is regressed at one width. */
static gboolean
run_kernels (Run *self, NtkStreams *streams, GError **error)
{
  gboolean widths = lab_spec_axis (self->spec) == LAB_WIDTH;
  int last = lab_descent_width (self->spec, place (self, self->unit->count - 1));
  g_autoptr (NtkSweep)
    sweep = lab_kernels_sweep (&self->draw, last, streams, self->cancellable, error);
  g_auto (LabKernels) kernels = { 0 };

  if (sweep == NULL)
    return FALSE;
  for (int i = 0; i < (widths ? self->unit->count : 1); i++)
    {
      if (widths && kept_modes (self, i) != NULL)
        {
          if (!solve_modes (self, NULL, i, 1, error))
            return FALSE;
          continue;
        }
      if (is_stopped (self, error)
          || !ntk_sweep_to (sweep, lab_descent_width (self->spec, place (self, i)), error)
          || !lab_kernels_finite (&kernels, &self->draw, sweep, error)
          || !(widths ? solve (self, &kernels, i, 1, error) : solve_all (self, &kernels, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_infinite (Run *self, GError **error)
{
  g_auto (LabKernels) kernels = { 0 };

  return lab_kernels_infinite (&kernels, self->spec, &self->draw, error)
         && solve_all (self, &kernels, error);
}

static gboolean
run_members (Run *self, GError **error)
{
  LabKey axis = lab_spec_axis (self->spec);
  gboolean by_widths = (axis == LAB_WIDTH || axis == LAB_ENSEMBLE) && self->plan->spectra == NULL;

  for (int member = 0; member < self->members; member++)
    {
      g_autoptr (NtkStreams) own = NULL;
      NtkStreams *streams = self->draw.streams;

      if (member > 0)
        streams = own = ntk_streams_new (lab_spec_integer (self->spec, LAB_SEED),
                                         self->unit->seed + member * MEMBER_STREAMS);
      if (!(by_widths ? run_widths (self, streams, error) : run_kernels (self, streams, error)))
        return FALSE;
    }
  finish_ensemble (self);
  return TRUE;
}

/* No kernel is formed where all eigenbases are there already. */
static gboolean
run_kept (Run *self, gboolean *done, GError **error)
{
  gboolean filter = lab_descent_is_filter (self->spec);
  int kernels = filter ? 1 : self->unit->count;

  *done = FALSE;
  for (int i = 0; i < kernels; i++)
    if (kept_modes (self, i) == NULL)
      return TRUE;
  *done = TRUE;
  for (int i = 0; i < kernels; i++)
    if (!solve_modes (self, NULL, i, filter ? self->unit->count : 1, error))
      return FALSE;
  return TRUE;
}

gboolean
lab_descent_run (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit, void *pieces,
                 GCancellable *cancellable, GError **error)
{
  g_auto (Run) run = { .spec = spec,
                       .plan = plan,
                       .unit = unit,
                       .cancellable = cancellable,
                       .pieces = (LabPiece *) pieces + unit->first };
  gboolean limit = unit->first >= lab_descent_model_pieces (spec, plan), done;

  if (is_stopped (&run, error) || !run_kept (&run, &done, error))
    return FALSE;
  if (done)
    return TRUE;
  if (!run_init (&run, error))
    return FALSE;
  return limit || lab_spec_is_infinite (spec) ? run_infinite (&run, error)
                                                 : run_members (&run, error);
}
