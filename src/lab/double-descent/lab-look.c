/* What a model looks like under a ridge and a time, from its decomposition: products alone, so that sliders of
 * both are followed at every frame. */

#include "lab-look.h"

#include <math.h>
#include <string.h>

#include "lab-decomposition.h"

/* Right-hand sides: those of the three parts, and the noise along the weakest direction. */
#define WEAK LAB_LOOK_N_PARTS
#define COLUMNS (LAB_LOOK_N_PARTS + 1)

LabLook *
lab_look_ref (LabLook *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
look_clear (gpointer data)
{
  LabLook *self = data;

  g_clear_pointer (&self->spec, lab_spec_free);
  g_free (self->angle);
  g_free (self->target);
  g_free (self->initial);
  g_free (self->parts);
  g_free (self->points);
  g_free (self->eigenvalues);
}

void
lab_look_unref (LabLook *self)
{
  g_atomic_rc_box_release_full (self, look_clear);
}

static void
read_spectrum (LabLook *self, const NtkSpectralFit *fit)
{
  const int n = self->n;
  const double ridge = n * lab_spec_real (self->spec, LAB_RIDGE);
  const double t = lab_spec_real (self->spec, LAB_TIME);
  double smallest;

  self->eigenvalues = g_new (double, n);
  for (int i = 0; i < n; i++)
    self->eigenvalues[i] = MAX (ntk_spectral_fit_get_eigenvalues (fit)[i], 0);
  self->cutoff = lab_spec_real (self->spec, LAB_CUTOFF) * self->eigenvalues[0];
  self->rank = ntk_spectral_fit_get_rank (fit);
  self->ridge_level = ridge;
  self->time_level = isfinite (t) ? n / t : 0;
  self->dropped = ridge == 0 && isinf (t) ? n - self->rank : 0;
  smallest = self->eigenvalues[ridge > 0 ? n - 1 : MAX (self->rank - 1, 0)];
  self->condition = (self->eigenvalues[0] + ridge) / (smallest + ridge);
}

static double
root_mean_square (const double *x, int n)
{
  double sum = 0;

  for (int i = 0; i < n; i++)
    sum += x[i] * x[i];
  return sqrt (sum / n);
}

/* fitted: (n + n_angles) x COLUMNS, at the training points and then along the circle. */
static void
take_circle (LabLook *self, const LabDecomposition *made, const double *fitted)
{
  const gsize n = self->n, count = self->n_angles, N = n + count;

  self->angle = g_memdup2 (made->angle, count * sizeof (double));
  self->target = g_memdup2 (made->target, count * sizeof (double));
  self->initial = g_memdup2 (made->initial + n, count * sizeof (double));
  self->parts = g_new (double, count *LAB_LOOK_N_PARTS);
  for (gsize part = 0; part < LAB_LOOK_N_PARTS; part++)
    memcpy (self->parts + part * count, fitted + part * N + n, count * sizeof (double));
  for (gsize i = 0; i < count; i++)
    self->parts[LAB_LOOK_INITIAL * count + i] = self->initial[i]
                                                - self->parts[LAB_LOOK_INITIAL * count + i];
  self->noise_rms = root_mean_square (self->parts + LAB_LOOK_NOISE * count, count);
  self->weak_rms = root_mean_square (fitted + WEAK * N + n, count);
}

static void
take_points (LabLook *self, const LabDecomposition *made, const double *fitted)
{
  const gsize N = self->n + self->n_angles;

  self->points = g_memdup2 (made->points, self->n * sizeof (LabLookPoint));
  for (int i = 0; i < self->n; i++)
    {
      LabLookPoint *point = &self->points[i];

      for (int part = 0; part < LAB_LOOK_N_PARTS; part++)
        point->parts[part] = fitted[part * N + point->index];
      point->parts[LAB_LOOK_INITIAL] = made->initial[point->index] - point->parts[LAB_LOOK_INITIAL];
    }
}

/* c^T K c; the initial function is fitted with the opposite sign. */
static void
take_gram (LabLook *self, const double *gram)
{
  for (int p = 0; p < LAB_LOOK_N_PARTS; p++)
    for (int q = 0; q < LAB_LOOK_N_PARTS; q++)
      self->gram[p][q] = gram[p * COLUMNS + q]
                         * ((p == LAB_LOOK_INITIAL) == (q == LAB_LOOK_INITIAL) ? 1 : -1);
}

/* The three parts, and of the noise what lies along the smallest eigenvalue kept. */
static double *
right_hand_sides (const LabLook *self, const LabDecomposition *made)
{
  const gsize n = self->n;
  double *z = g_new (double, n *COLUMNS);

  memcpy (z, made->z, n * LAB_LOOK_N_PARTS * sizeof (double));
  memset (z + WEAK * n, 0, n * sizeof (double));
  if (self->rank > 0)
    z[WEAK * n + self->rank - 1] = z[LAB_LOOK_NOISE * n + self->rank - 1];
  return z;
}

LabLook *
lab_look_at (const LabDecomposition *made, const LabSpec *spec)
{
  LabLook *self = g_atomic_rc_box_new0 (LabLook);
  g_autofree double *z = NULL, *fitted = NULL;
  double gram[COLUMNS * COLUMNS];
  NtkStop stop;

  self->spec = lab_spec_copy (spec);
  self->x = lab_value_to_number (lab_spec_axis (spec), lab_spec_value (spec, lab_spec_axis (spec)));
  self->n = made->n;
  self->n_angles = made->n_angles;
  self->sphere = made->sphere;
  self->one_training_point = made->one_training_point;
  read_spectrum (self, made->fit);
  stop = (NtkStop){ .time = lab_spec_real (spec, LAB_TIME), .ridge = self->ridge_level };
  z = right_hand_sides (self, made);
  fitted = g_new (double, (gsize) (self->n + self->n_angles) * COLUMNS);
  ntk_spectral_fit_eval (made->fit, z, COLUMNS, &stop, NULL, fitted, gram);
  take_circle (self, made, fitted);
  take_points (self, made, fitted);
  take_gram (self, gram);
  return self;
}

static double
combine (double target, double noise, double initial, const LabSpec *spec)
{
  return target + lab_spec_real (spec, LAB_NOISE) * noise
         + lab_spec_real (spec, LAB_INIT_SCALE) * initial;
}

void
lab_look_fit (const LabLook *self, const LabSpec *spec, double *fit)
{
  const double *target = self->parts, *noise = target + self->n_angles,
               *initial = noise + self->n_angles;

  for (int i = 0; i < self->n_angles; i++)
    fit[i] = combine (target[i], noise[i], initial[i], spec);
}

double
lab_look_fit_at (const LabLookPoint *point, const LabSpec *spec)
{
  return combine (point->parts[LAB_LOOK_TARGET], point->parts[LAB_LOOK_NOISE],
                  point->parts[LAB_LOOK_INITIAL], spec);
}

double
lab_look_label (const LabLookPoint *point, const LabSpec *spec)
{
  return point->target + lab_spec_real (spec, LAB_NOISE) * point->noise;
}

double
lab_look_norm (const LabLook *self, const LabSpec *spec)
{
  const double weight[] = { 1, lab_spec_real (spec, LAB_NOISE),
                            lab_spec_real (spec, LAB_INIT_SCALE) };
  double sum = 0;

  for (int p = 0; p < LAB_LOOK_N_PARTS; p++)
    for (int q = 0; q < LAB_LOOK_N_PARTS; q++)
      sum += weight[p] * weight[q] * self->gram[p][q];
  return sqrt (MAX (sum, 0));
}
