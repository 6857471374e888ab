#include "lab-look.h"

#include <math.h>

#include "lab-experiment.h"

G_DEFINE_BOXED_TYPE (LabLook, lab_look, lab_look_ref, lab_look_unref)

gboolean
lab_look_exists (const LabSpec *spec)
{
  return lab_spec_exhibit (spec)->experiment == &lab_double_descent;
}

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

gboolean
lab_look_serves (const LabLook *self, const LabSpec *spec, double x)
{
  return self->x == x && lab_spec_same_work (self->spec, spec);
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
