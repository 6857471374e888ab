/* One draw of a model at one place of the axis: its points, and its kernel's eigenvectors. */

#include "lab-decomposition.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lab-double-descent.h"
#include "lab-kernels.h"
#include "lab-spec-ntk.h"

#define DEGREE (G_PI / 180)
#define TURN 360
#define MOST_ANGLES (TURN + 2) /* both ends, and the second training point */
#define ON_CIRCLE 1e-4         /* degrees: rounding */

/* What the making of a decomposition works with. Points are the training points, then those of the circle. */
typedef struct
{
  LabDecomposition *made;
  LabDraw draw;
  double *plane; /* D x 2: the first two training points */
  GCancellable *cancellable;
} Work;

static void
work_clear (Work *self)
{
  lab_draw_clear (&self->draw);
  g_free (self->plane);
  g_clear_pointer (&self->made, lab_decomposition_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

/* The first two training points, of which the second is drawn even where n = 1. A linear model that meets its labels
 * at two points is fixed in their whole plane, whatever it does elsewhere. For linear models a test point takes the
 * place of the second one. */
static void
draw_plane (Work *self, const NtkInputs *inputs)
{
  const int D = self->draw.arch.dim;

  self->made->one_training_point = !lab_spec_model (self->made->spec)->has_layers;
  self->plane = g_new (double, 2 * (gsize) D);
  ntk_inputs_draw (inputs, self->draw.streams, NTK_PURPOSE_TRAIN_INPUT, D, 2, self->plane);
  if (self->made->one_training_point)
    ntk_inputs_draw (inputs, self->draw.streams, NTK_PURPOSE_TEST_INPUT, D, 1, self->plane + D);
}

static void
append_point (Work *self, double angle, const double *x, double sign)
{
  LabDecomposition *made = self->made;
  const int D = self->draw.arch.dim;
  double *to = self->draw.X + (gsize) D * (self->draw.n + made->n_angles);

  for (int k = 0; k < D; k++)
    to[k] = sign * x[k];
  made->angle[made->n_angles++] = angle;
}

/* Whole degrees, with the second point of the plane among them. */
static gboolean
fill_circle (Work *self, GError **error)
{
  const int D = self->draw.arch.dim;
  const double *a = self->plane, *b = a + D;
  g_autofree double *circle = NULL;
  double second;

  self->made->angle = g_new (double, MOST_ANGLES);
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
  const LabSpec *spec = self->made->spec;
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
  self->draw.n_points = n + self->made->n_angles;
  self->made->sphere = inputs.kind == NTK_INPUTS_SPHERE;
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
  self->made->fit = ntk_spectral_fit_new (K, ldk, draw->n, draw->n_points,
                                    lab_spec_real (self->made->spec, LAB_CUTOFF), NULL, NULL,
                                    error);
  return self->made->fit != NULL;
}

static gboolean
decompose_finite (Work *self, GError **error)
{
  const LabDraw *draw = &self->draw;
  const int width = lab_spec_integer (self->made->spec, LAB_WIDTH);
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
  memcpy (self->made->initial, ntk_sweep_initial (sweep), draw->n_points * sizeof (double));
  return decompose (self, K, ldk, error);
}

/* The kernel is asked for as if all points were training points; f_0 is drawn from its law. */
static gboolean
decompose_infinite (Work *self, GError **error)
{
  const LabDraw *draw = &self->draw;
  const int N = draw->n_points;
  g_auto (LabKernels) kernels = { 0 };
  LabDraw all = *draw;

  all.n = N;
  if (!lab_kernels_infinite (&kernels, self->made->spec, &all, error)
      || !decompose (self, kernels.data.K, N, error))
    return FALSE;
  memset (self->made->initial, 0, N * sizeof (double));
  if (lab_kernels_have_start (self->made->spec))
    {
      if (!lab_kernels_draw_start (&kernels, draw, error))
        return FALSE;
      memcpy (self->made->initial, kernels.initial, N * sizeof (double));
    }
  return TRUE;
}

static int
compare_distances (const void *a, const void *b)
{
  const LabLookPoint *p = a, *q = b;

  if (p->on_circle != q->on_circle)
    return q->on_circle - p->on_circle;
  return (p->distance > q->distance) - (p->distance < q->distance);
}

/* Inputs that are longer or shorter than the circle's have an angle too, but only those that define the circle lie
 * on it. */
static void
place_on_circle (Work *self)
{
  LabDecomposition *made = self->made;
  const int n = made->n, D = self->draw.arch.dim;
  const double *a = self->plane;
  g_autofree double *angle = g_new0 (double, n), *distance = g_new0 (double, n);

  if (D > 1)
    ntk_circle_distance (a, a + D, D, self->draw.X, n, angle, distance, NULL);
  for (int i = 0; i < n; i++)
    {
      if (D == 1)
        angle[i] = self->draw.X[i] * a[0] < 0 ? G_PI : 0;
      made->points[i].angle = angle[i] / DEGREE;
      made->points[i].distance = distance[i] / DEGREE;
      made->points[i].on_circle = i == 0 || (i == 1 && D > 1 && !made->one_training_point)
                                  || (made->sphere && made->points[i].distance < ON_CIRCLE);
    }
}

/* The points nearest to the circle come first. */
static void
take_points (Work *self)
{
  LabDecomposition *made = self->made;

  made->points = g_new0 (LabLookPoint, made->n);
  place_on_circle (self);
  for (int i = 0; i < made->n; i++)
    {
      made->points[i].index = i;
      made->points[i].target = self->draw.f[i];
      made->points[i].noise = self->draw.noise[i];
    }
  qsort (made->points, made->n, sizeof (LabLookPoint), compare_distances);
}

/* The labels of the three parts in the eigenbasis. */
static gboolean
project_labels (Work *self, GError **error)
{
  LabDecomposition *made = self->made;
  const gsize n = made->n;
  g_autofree double *labels = ntk_try_alloc (n, LAB_LOOK_N_PARTS, "the labels", error);

  if (labels == NULL)
    return FALSE;
  made->z = ntk_try_alloc (n, LAB_LOOK_N_PARTS, "the labels", error);
  if (made->z == NULL)
    return FALSE;
  memcpy (labels + LAB_LOOK_TARGET * n, self->draw.f, n * sizeof (double));
  memcpy (labels + LAB_LOOK_NOISE * n, self->draw.noise, n * sizeof (double));
  memcpy (labels + LAB_LOOK_INITIAL * n, made->initial, n * sizeof (double));
  ntk_spectral_fit_project (made->fit, labels, LAB_LOOK_N_PARTS, made->z);
  return TRUE;
}

static gboolean
work (Work *self, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error)
      || !draw_points (self, error))
    return FALSE;
  self->made->initial = ntk_try_alloc (self->draw.n_points, 1, "the predictions", error);
  if (self->made->initial == NULL
      || !(lab_spec_is_infinite (self->made->spec) ? decompose_infinite (self, error)
                                                   : decompose_finite (self, error))
      || !project_labels (self, error))
    return FALSE;
  take_points (self);
  self->made->target = g_memdup2 (self->draw.f + self->made->n,
                                  self->made->n_angles * sizeof (double));
  return TRUE;
}

LabDecomposition *
lab_decomposition_new (const LabSpec *spec, GCancellable *cancellable, GError **error)
{
  g_auto (Work) self = { .cancellable = cancellable };

  self.made = g_atomic_rc_box_new0 (LabDecomposition);
  self.made->spec = lab_spec_copy (spec);
  self.made->n = lab_spec_integer (spec, LAB_N_TRAIN);
  return work (&self, error) ? g_steal_pointer (&self.made) : NULL;
}

LabDecomposition *
lab_decomposition_ref (LabDecomposition *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
decomposition_clear (gpointer data)
{
  LabDecomposition *self = data;

  lab_spec_free (self->spec);
  g_free (self->angle);
  g_free (self->target);
  g_free (self->initial);
  g_free (self->points);
  g_free (self->z);
  g_clear_pointer (&self->fit, ntk_spectral_fit_unref);
}

void
lab_decomposition_unref (LabDecomposition *self)
{
  g_atomic_rc_box_release_full (self, decomposition_clear);
}

double
lab_decomposition_memory (const LabSpec *spec)
{
  double n = lab_spec_integer (spec, LAB_N_TRAIN), N = n + MOST_ANGLES, kernels = 4 * N * N;
  NtkArchitecture arch;

  lab_spec_architecture (spec, &arch);
  if (!lab_spec_is_infinite (spec))
    kernels = ntk_sweep_memory_tall (&arch, lab_spec_integer (spec, LAB_WIDTH), n, N)
              / sizeof (double);
  return sizeof (double) * (kernels + N * (arch.dim + 4.0) + 6 * n)
         + ntk_spectral_fit_memory (n, N);
}
