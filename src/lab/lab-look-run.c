/* How a look is computed: the points, the kernel's eigenvectors, and the fit of the three parts. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lab-double-descent.h"
#include "lab-kernels.h"
#include "lab-look.h"

#define DEGREE (G_PI / 180)
#define TURN 360
#define MOST_ANGLES (TURN + 2) /* both ends, and the second training point */
#define ON_CIRCLE 1e-4         /* degrees: rounding */

/* Right-hand sides: those of the three parts, and the noise along the weakest direction. */
#define WEAK LAB_LOOK_N_PARTS
#define COLUMNS (LAB_LOOK_N_PARTS + 1)

/* What is worked with. The points are the training points and then those of the circle. */
typedef struct
{
  LabLook *look;
  LabDraw draw;
  double *plane; /* D x 2: the first two training points */
  NtkSpectralFit *fit;
  double *z;       /* n x COLUMNS: right-hand sides, then those in the eigenbasis */
  double *fitted;  /* n_points x COLUMNS */
  double *initial; /* n_points: f_0 */
  double gram[COLUMNS * COLUMNS];
  GCancellable *cancellable;
} Work;

static void
work_clear (Work *self)
{
  lab_draw_clear (&self->draw);
  g_free (self->plane);
  ntk_spectral_fit_unref (self->fit);
  g_free (self->z);
  g_free (self->fitted);
  g_free (self->initial);
  g_clear_pointer (&self->look, lab_look_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

/* The first two training points, the second of them drawn even where n = 1. */
static void
draw_plane (Work *self, const NtkInputs *inputs)
{
  self->plane = g_new (double, 2 * (gsize) self->draw.arch.dim);
  ntk_inputs_draw (inputs, self->draw.streams, NTK_PURPOSE_TRAIN_INPUT, self->draw.arch.dim, 2,
                   self->plane);
}

static void
append_point (Work *self, double angle, const double *x, double sign)
{
  LabLook *look = self->look;
  const int D = self->draw.arch.dim;
  double *to = self->draw.X + (gsize) D * (self->draw.n + look->n_angles);

  for (int k = 0; k < D; k++)
    to[k] = sign * x[k];
  look->angle[look->n_angles++] = angle;
}

/* Whole degrees, with the second training point among them. */
static gboolean
fill_circle (Work *self, GError **error)
{
  const int D = self->draw.arch.dim;
  const double *a = self->plane, *b = a + D;
  g_autofree double *circle = NULL;
  double second;

  self->look->angle = g_new (double, MOST_ANGLES);
  if (D == 1)
    {
      append_point (self, 0, a, 1);
      append_point (self, 180, a, -1);
      return TRUE;
    }
  circle = ntk_try_alloc (D, TURN, "the points of the circle", error);
  if (circle == NULL || !ntk_great_circle (a, b, D, TURN, circle, &second, error))
    return FALSE;
  second /= DEGREE;
  for (int j = 0; j <= TURN; j++)
    {
      const double angle = j - TURN / 2;

      if (second > angle - 1 && second < angle)
        append_point (self, second, b, 1);
      append_point (self, angle, circle + (gsize) D * (j % TURN), 1);
    }
  return TRUE;
}

static gboolean
draw_points (Work *self, GError **error)
{
  const LabSpec *spec = self->look->spec;
  const int n = lab_spec_integer (spec, LAB_N_TRAIN);
  g_autoptr (NtkTarget) target = NULL;
  NtkInputs inputs;

  lab_spec_inputs (spec, &inputs);
  if (!lab_draw_init (&self->draw, spec, 0, n, MOST_ANGLES, error))
    return FALSE;
  draw_plane (self, &inputs);
  target = ntk_target_new_on (lab_spec_choice_name (spec, LAB_TARGET), &inputs, self->draw.arch.dim,
                              self->draw.streams, error);
  if (target == NULL || !fill_circle (self, error))
    return FALSE;
  self->draw.n_points = n + self->look->n_angles;
  self->look->sphere = inputs.kind == NTK_INPUTS_SPHERE;
  ntk_target_eval (target, self->draw.X, self->draw.n_points, self->draw.f);
  return TRUE;
}

/* K: all points against the training points, leading dimension ldk. */
static gboolean
decompose (Work *self, const double *K, int ldk, GError **error)
{
  const LabDraw *draw = &self->draw;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  self->fit = ntk_spectral_fit_new (K, ldk, draw->n, draw->n_points,
                                    lab_spec_real (self->look->spec, LAB_CUTOFF), NULL, NULL,
                                    error);
  return self->fit != NULL;
}

static void
read_spectrum (Work *self)
{
  LabLook *look = self->look;
  const int n = look->n;
  const double ridge = n * lab_spec_real (look->spec, LAB_RIDGE);
  const double t = lab_spec_real (look->spec, LAB_TIME);
  double smallest;

  look->eigenvalues = g_new (double, n);
  for (int i = 0; i < n; i++)
    look->eigenvalues[i] = MAX (ntk_spectral_fit_get_eigenvalues (self->fit)[i], 0);
  look->cutoff = lab_spec_real (look->spec, LAB_CUTOFF) * look->eigenvalues[0];
  look->rank = ntk_spectral_fit_get_rank (self->fit);
  look->ridge_level = ridge;
  look->time_level = isfinite (t) ? n / t : 0;
  look->dropped = ridge == 0 && isinf (t) ? n - look->rank : 0;
  smallest = look->eigenvalues[ridge > 0 ? n - 1 : MAX (look->rank - 1, 0)];
  look->condition = (look->eigenvalues[0] + ridge) / (smallest + ridge);
}

/* The labels of the three parts, and of the noise what lies along the smallest eigenvalue kept. */
static gboolean
solve (Work *self, GError **error)
{
  const LabLook *look = self->look;
  const int n = look->n, last = look->rank - 1;
  const NtkStop stop = { .time = lab_spec_real (look->spec, LAB_TIME), .ridge = look->ridge_level };
  g_autofree double *labels = ntk_try_alloc (n, LAB_LOOK_N_PARTS, "the labels", error);

  if (labels == NULL)
    return FALSE;
  memcpy (labels + LAB_LOOK_TARGET * n, self->draw.f, n * sizeof (double));
  memcpy (labels + LAB_LOOK_NOISE * n, self->draw.noise, n * sizeof (double));
  memcpy (labels + LAB_LOOK_INITIAL * n, self->initial, n * sizeof (double));
  ntk_spectral_fit_project (self->fit, labels, LAB_LOOK_N_PARTS, self->z);
  memset (self->z + WEAK * n, 0, n * sizeof (double));
  if (last >= 0)
    self->z[WEAK * n + last] = self->z[LAB_LOOK_NOISE * n + last];
  return ntk_spectral_fit_eval (self->fit, self->z, COLUMNS, &stop, NULL, self->fitted, self->gram,
                                error);
}

static gboolean
alloc_work (Work *self, GError **error)
{
  const gsize n = self->draw.n, N = self->draw.n_points;

  return (self->z = ntk_try_alloc (n, COLUMNS, "the coefficients", error)) != NULL
         && (self->fitted = ntk_try_alloc (N, COLUMNS, "the predictions", error)) != NULL
         && (self->initial = ntk_try_alloc (N, 1, "the predictions", error)) != NULL;
}

static gboolean
regress_finite (Work *self, GError **error)
{
  const LabDraw *draw = &self->draw;
  const int width = lab_spec_integer (self->look->spec, LAB_WIDTH);
  g_autoptr (NtkSweep) sweep = NULL;
  const double *K;
  int ldk;

  sweep = ntk_sweep_new_tall (&draw->arch, draw->X, draw->n, draw->n_points, width, draw->streams,
                              error);
  if (sweep == NULL)
    return FALSE;
  ntk_sweep_set_stop (sweep, lab_is_cancelled, self->cancellable);
  if (!ntk_sweep_to (sweep, width, error))
    return FALSE;
  K = ntk_sweep_kernel (sweep, &ldk);
  memcpy (self->initial, ntk_sweep_initial (sweep), draw->n_points * sizeof (double));
  return decompose (self, K, ldk, error);
}

/* All points are taken for training points, of which a kernel is asked for; f_0 is drawn from its law. */
static gboolean
regress_infinite (Work *self, GError **error)
{
  const LabDraw *draw = &self->draw;
  const int N = draw->n_points;
  g_auto (LabKernels) kernels = { 0 };
  LabDraw all = *draw;

  all.n = N;
  if (!lab_kernels_infinite (&kernels, self->look->spec, &all, error)
      || !decompose (self, kernels.data.K, N, error))
    return FALSE;
  memset (self->initial, 0, N * sizeof (double));
  if (lab_kernels_have_start (self->look->spec))
    {
      if (!lab_kernels_draw_start (&kernels, draw, error))
        return FALSE;
      memcpy (self->initial, kernels.initial, N * sizeof (double));
    }
  return TRUE;
}

static gboolean
regress (Work *self, GError **error)
{
  if (!(lab_spec_is_infinite (self->look->spec) ? regress_infinite (self, error)
                                                   : regress_finite (self, error)))
    return FALSE;
  read_spectrum (self);
  return solve (self, error);
}

static double
root_mean_square (const double *x, int n)
{
  double sum = 0;

  for (int i = 0; i < n; i++)
    sum += x[i] * x[i];
  return sqrt (sum / n);
}

static void
take_circle (Work *self)
{
  LabLook *look = self->look;
  const gsize n = look->n, N = self->draw.n_points, count = look->n_angles;

  look->target = g_memdup2 (self->draw.f + n, count * sizeof (double));
  look->initial = g_memdup2 (self->initial + n, count * sizeof (double));
  look->parts = g_new (double, count *LAB_LOOK_N_PARTS);
  for (gsize part = 0; part < LAB_LOOK_N_PARTS; part++)
    memcpy (look->parts + part * count, self->fitted + part * N + n, count * sizeof (double));
  for (gsize i = 0; i < count; i++)
    look->parts[LAB_LOOK_INITIAL * count + i] = look->initial[i]
                                                - look->parts[LAB_LOOK_INITIAL * count + i];
  look->noise_rms = root_mean_square (look->parts + LAB_LOOK_NOISE * count, count);
  look->weak_rms = root_mean_square (self->fitted + WEAK * N + n, count);
}

static int
compare_distances (const void *a, const void *b)
{
  const LabLookPoint *p = a, *q = b;

  if (p->on_circle != q->on_circle)
    return q->on_circle - p->on_circle;
  return (p->distance > q->distance) - (p->distance < q->distance);
}

/* Inputs of other lengths than the circle's have its angles, and lie on it only where they define it. */
static void
place_points (Work *self)
{
  LabLook *look = self->look;
  const int n = look->n, D = self->draw.arch.dim;
  const double *a = self->plane;
  g_autofree double *angle = g_new0 (double, n), *distance = g_new0 (double, n);

  if (D > 1)
    ntk_circle_distance (a, a + D, D, self->draw.X, n, angle, distance, NULL);
  for (int i = 0; i < n; i++)
    {
      if (D == 1)
        angle[i] = self->draw.X[i] * a[0] < 0 ? G_PI : 0;
      look->points[i].angle = angle[i] / DEGREE;
      look->points[i].distance = distance[i] / DEGREE;
      look->points[i].on_circle = i == 0 || (i == 1 && D > 1)
                                  || (look->sphere && look->points[i].distance < ON_CIRCLE);
    }
}

static void
take_points (Work *self)
{
  LabLook *look = self->look;
  const int n = look->n, N = self->draw.n_points;

  look->points = g_new (LabLookPoint, n);
  place_points (self);
  for (int i = 0; i < n; i++)
    {
      LabLookPoint *point = &look->points[i];

      point->target = self->draw.f[i];
      point->noise = self->draw.noise[i];
      for (int part = 0; part < LAB_LOOK_N_PARTS; part++)
        point->parts[part] = self->fitted[(gsize) part * N + i];
      point->parts[LAB_LOOK_INITIAL] = self->initial[i] - point->parts[LAB_LOOK_INITIAL];
    }
  qsort (look->points, n, sizeof (LabLookPoint), compare_distances);
}

/* c^T K c; the initial function is fitted with the opposite sign. */
static void
take_gram (Work *self)
{
  for (int p = 0; p < LAB_LOOK_N_PARTS; p++)
    for (int q = 0; q < LAB_LOOK_N_PARTS; q++)
      self->look->gram[p][q] = self->gram[p * COLUMNS + q]
                               * ((p == LAB_LOOK_INITIAL) == (q == LAB_LOOK_INITIAL) ? 1 : -1);
}

double
lab_look_memory (const LabSpec *spec)
{
  double n = lab_spec_integer (spec, LAB_N_TRAIN), N = n + MOST_ANGLES, kernels = 4 * N * N;
  NtkArchitecture arch;

  lab_spec_architecture (spec, &arch);
  if (!lab_spec_is_infinite (spec))
    kernels = ntk_sweep_memory_tall (&arch, lab_spec_integer (spec, LAB_WIDTH), n, N)
              / sizeof (double);
  return sizeof (double) * (kernels + N * (arch.dim + 2 * COLUMNS) + 5 * n * COLUMNS)
         + ntk_spectral_fit_memory (n, N);
}

LabLook *
lab_look_new (const LabSpec *spec, double x, GCancellable *cancellable, GError **error)
{
  const LabKey axis = lab_spec_axis (spec);
  g_auto (Work) work = { .cancellable = cancellable };
  LabLook *look;

  g_return_val_if_fail (lab_look_exists (spec), NULL);

  work.look = look = g_atomic_rc_box_new0 (LabLook);
  look->spec = lab_spec_copy (spec);
  look->x = x;
  if (!lab_spec_set (look->spec, axis, lab_value_from_number (axis, x), error))
    return NULL;
  look->n = lab_spec_integer (look->spec, LAB_N_TRAIN);
  if (!lab_check_memory (lab_look_memory (look->spec), "n-train or width", error)
      || g_cancellable_set_error_if_cancelled (cancellable, error) || !draw_points (&work, error)
      || !alloc_work (&work, error) || !regress (&work, error))
    return NULL;
  take_circle (&work);
  take_points (&work);
  take_gram (&work);
  return g_steal_pointer (&work.look);
}
