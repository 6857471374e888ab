#include "lab-draw.h"

#include "lab-spec-ntk.h"

void
lab_draw_clear (LabDraw *self)
{
  g_clear_pointer (&self->streams, ntk_streams_free);
  g_free (self->X);
  g_free (self->f);
  g_free (self->noise);
}

gboolean
lab_draw_init (LabDraw *self, const LabSpec *spec, int seed, int n, int n_test, GError **error)
{
  g_autoptr (NtkTarget) target = NULL;
  NtkInputs inputs;

  lab_spec_architecture (spec, &self->arch);
  self->n = n;
  self->n_points = n + n_test;
  self->cutoff = lab_spec_real (spec, LAB_CUTOFF);
  self->streams = ntk_streams_new (lab_spec_integer (spec, LAB_SEED), seed);
  self->X = ntk_try_alloc (self->arch.dim, self->n_points, "the inputs", error);
  self->f = self->X ? ntk_try_alloc (self->n_points, 1, "the target", error) : NULL;
  self->noise = self->f ? ntk_try_alloc (n, 1, "the noise", error) : NULL;
  if (self->noise == NULL)
    return FALSE;

  lab_spec_inputs (spec, &inputs);
  target = ntk_target_new_on (lab_spec_choice_name (spec, LAB_TARGET), &inputs, self->arch.dim,
                              self->streams, error);
  if (target == NULL)
    return FALSE;
  ntk_inputs_draw (&inputs, self->streams, NTK_PURPOSE_TRAIN_INPUT, self->arch.dim, n, self->X);
  ntk_inputs_draw (&inputs, self->streams, NTK_PURPOSE_TEST_INPUT, self->arch.dim, n_test,
                   self->X + (gsize) self->arch.dim * n);
  ntk_target_eval (target, self->X, self->n_points, self->f);
  ntk_streams_normal (self->streams, NTK_PURPOSE_NOISE, 0, 0, n, self->noise);
  return TRUE;
}
