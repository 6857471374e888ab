#include "app-probe.h"

struct _AppProbe
{
  GObject parent_instance;

  LabRunner *runner;
  LabSpec *spec; /* last asked for, or NULL */
  double x;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AppProbe, app_probe, G_TYPE_OBJECT)

static void
runner_result_cb (AppProbe *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
app_probe_dispose (GObject *object)
{
  AppProbe *self = APP_PROBE (object);

  if (self->runner != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->runner, self);
      lab_runner_stop (self->runner);
    }
  g_clear_object (&self->runner);
  g_clear_pointer (&self->spec, lab_spec_free);

  G_OBJECT_CLASS (app_probe_parent_class)->dispose (object);
}

static void
app_probe_class_init (AppProbeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = app_probe_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
app_probe_init (AppProbe *self)
{
  self->runner = lab_runner_new ();
  g_signal_connect_object (self->runner, "notify::result", G_CALLBACK (runner_result_cb), self,
                           G_CONNECT_SWAPPED);
}

AppProbe *
app_probe_new (void)
{
  return g_object_new (APP_TYPE_PROBE, NULL);
}

void
app_probe_request (AppProbe *self, const LabSpec *spec, double x)
{
  g_return_if_fail (APP_IS_PROBE (self));

  if (self->spec != NULL && self->x == x && lab_spec_same_work (self->spec, spec))
    return;

  g_clear_pointer (&self->spec, lab_spec_free);
  self->spec = lab_spec_copy (spec);
  self->x = x;
  lab_runner_submit_at (self->runner, spec, x);
}

void
app_probe_stop (AppProbe *self)
{
  g_return_if_fail (APP_IS_PROBE (self));

  g_clear_pointer (&self->spec, lab_spec_free);
  lab_runner_stop (self->runner);
}

gboolean
app_probe_read (AppProbe *self, const LabSpec *spec, double x, LabReading *out)
{
  LabResult *result;
  const LabPlan *plan;
  g_autoptr (LabAnswer) answer = NULL;

  g_return_val_if_fail (APP_IS_PROBE (self), FALSE);

  result = lab_runner_get_result (self->runner);
  if (result == NULL || !lab_spec_same_work (lab_result_spec (result), spec))
    return FALSE;

  plan = lab_result_plan (result);
  if (plan->n_x != 1 || plan->x[0] != x)
    return FALSE;

  answer = lab_answer_new (result, spec);
  return lab_answer_read (answer, spec, x, out);
}
