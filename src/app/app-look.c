#include "app-look.h"

#include <figures.h>

#include "app-figure.h"
#include "app-shown.h"
#include "app-words.h"

/* As the curve: shorter waits are not worth a change on screen. */
#define STALE_MILLISECONDS 150

/* What takes longer gives way to what is newer. */
#define PATIENCE_MILLISECONDS 500

/* After the events of this iteration, before the frame is drawn. */
#define UPDATE_PRIORITY (G_PRIORITY_HIGH_IDLE + 15)

struct _AppLook
{
  GObject parent_instance;

  LabDraft *draft;
  gboolean active;
  gboolean exists;
  gboolean stale;
  guint update_id;
  guint stale_id;

  GCancellable *running; /* or NULL */
  gboolean impatient; /* it has had its time */
  guint patience_id;
  LabSpec *asked; /* last asked for, running or failed; or NULL */
  double asked_x;
  GError *error;  /* of what was last asked for, or NULL */

  LabLook *look;
  LabLook *drawn; /* of the figures */
  LabSpec *spec;  /* likewise */
  PlotFigure *fit;
  PlotFigure *spectrum;
  char *sentence;
};

enum
{
  PROP_DRAFT = 1,
  PROP_ACTIVE,
  PROP_EXISTS,
  PROP_LOOK,
  PROP_FIT,
  PROP_SPECTRUM,
  PROP_SENTENCE,
  PROP_STALE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AppLook, app_look, G_TYPE_OBJECT)

static void queue_update (AppLook *self);

static void
notify (AppLook *self, int id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
set_boolean (AppLook *self, int id, gboolean *slot, gboolean value)
{
  if (*slot == value)
    return;

  *slot = value;
  notify (self, id);
}

static void
take_sentence (AppLook *self, char *sentence)
{
  if (g_strcmp0 (self->sentence, sentence) == 0)
    {
      g_free (sentence);
      return;
    }

  g_free (self->sentence);
  self->sentence = sentence;
  notify (self, PROP_SENTENCE);
}

/* --- on a thread --- */

typedef struct
{
  LabSpec *spec;
  double x;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  lab_spec_free (request->spec);
  g_free (request);
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Request *request = data;
  GError *error = NULL;
  LabLook *look = lab_look_new (request->spec, request->x, cancellable, &error);

  if (look != NULL)
    g_task_return_pointer (task, look, (GDestroyNotify) lab_look_unref);
  else
    g_task_return_error (task, error);
}

static void
done_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  AppLook *self = APP_LOOK (object);
  g_autoptr (GError) error = NULL;
  LabLook *look = g_task_propagate_pointer (G_TASK (result), &error);

  g_clear_object (&self->running);
  g_clear_handle_id (&self->patience_id, g_source_remove);
  if (look != NULL)
    {
      g_clear_pointer (&self->look, lab_look_unref);
      self->look = look;
      notify (self, PROP_LOOK);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_clear_pointer (&self->asked, lab_spec_free);
  else
    self->error = g_steal_pointer (&error);

  if (self->draft != NULL)
    queue_update (self);
}

static gboolean
impatient_cb (gpointer data)
{
  AppLook *self = data;

  self->patience_id = 0;
  self->impatient = TRUE;
  queue_update (self);

  return G_SOURCE_REMOVE;
}

static void
start (AppLook *self, const LabSpec *spec, double x)
{
  g_autoptr (GTask) task = NULL;
  Request *request = g_new (Request, 1);

  g_clear_error (&self->error);
  g_clear_pointer (&self->asked, lab_spec_free);
  self->asked = lab_spec_copy (spec);
  self->asked_x = x;
  self->running = g_cancellable_new ();
  self->impatient = FALSE;
  self->patience_id = g_timeout_add (PATIENCE_MILLISECONDS, impatient_cb, self);

  request->spec = lab_spec_copy (spec);
  request->x = x;
  task = g_task_new (self, self->running, done_cb, NULL);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, run);
}

static gboolean
was_asked (AppLook *self, const LabSpec *spec, double x)
{
  return self->asked != NULL && self->asked_x == x && lab_spec_same_work (self->asked, spec);
}

/* Asking again for what is running, or has failed, does nothing. */
static void
request (AppLook *self, const LabSpec *spec, double x)
{
  if (was_asked (self, spec, x))
    return;
  if (self->running == NULL)
    start (self, spec, x);
  else if (self->impatient)
    g_cancellable_cancel (self->running);
}

/* --- on the main thread --- */

/* The draft, or the spec of an older look with what recombines taken from the draft. */
static LabSpec *
get_shown_spec (AppLook *self, const LabSpec *draft, double x)
{
  const LabExhibit *exhibit = lab_spec_exhibit (draft);
  LabSpec *spec;

  if (lab_look_serves (self->look, draft, x))
    return lab_spec_copy (draft);

  spec = lab_spec_copy (self->look->spec);
  for (const LabKey *key = exhibit->keys; *key != LAB_N_KEYS; key++)
    if (lab_spec_effect (spec, *key) == LAB_EFFECT_RECOMBINE)
      lab_spec_set (spec, *key, lab_spec_value (draft, *key), NULL);

  return spec;
}

static void
forget (AppLook *self)
{
  g_clear_pointer (&self->fit, plot_figure_unref);
  g_clear_pointer (&self->spectrum, plot_figure_unref);
  g_clear_pointer (&self->drawn, lab_look_unref);
  g_clear_pointer (&self->spec, lab_spec_free);
}

static void
show (AppLook *self, const LabSpec *draft, double x)
{
  g_autoptr (LabSpec) spec = get_shown_spec (self, draft, x);

  if (self->drawn != self->look || !lab_spec_equal (self->spec, spec))
    {
      forget (self);
      self->drawn = lab_look_ref (self->look);
      self->fit = figures_build_fit (self->look, spec);
      self->spectrum = figures_build_spectrum (self->look, spec);
      self->spec = g_steal_pointer (&spec);
      notify (self, PROP_FIT);
      notify (self, PROP_SPECTRUM);
    }

  if (self->error == NULL)
    take_sentence (self, figures_look_sentence_markup (self->look, self->spec));
}

static gboolean
stale_cb (gpointer data)
{
  AppLook *self = data;

  self->stale_id = 0;
  set_boolean (self, PROP_STALE, &self->stale, TRUE);

  return G_SOURCE_REMOVE;
}

static void
update_stale (AppLook *self, gboolean current)
{
  if (current || self->look == NULL)
    {
      g_clear_handle_id (&self->stale_id, g_source_remove);
      set_boolean (self, PROP_STALE, &self->stale, FALSE);
    }
  else if (self->stale_id == 0 && !self->stale)
    self->stale_id = g_timeout_add (STALE_MILLISECONDS, stale_cb, self);
}

static void
complain (AppLook *self)
{
  g_autofree char *sentence = app_words_error (lab_draft_get_spec (self->draft), LAB_N_KEYS, self->error);

  take_sentence (self, g_markup_escape_text (sentence, -1));
}

static gboolean
update_cb (gpointer data)
{
  AppLook *self = data;
  const LabSpec *spec = lab_draft_get_spec (self->draft);
  gboolean current;
  LabKey key = LAB_N_KEYS;
  double x;

  self->update_id = 0;
  set_boolean (self, PROP_EXISTS, &self->exists,
               lab_look_exists (spec) && app_shown_find_cursor (spec, &key));
  if (!self->exists || !self->active)
    return G_SOURCE_REMOVE;

  x = lab_value_to_number (key, lab_spec_value (spec, key));
  current = self->look != NULL && lab_look_serves (self->look, spec, x);
  /* Of an earlier spec it says nothing of this one. */
  if (current || !was_asked (self, spec, x))
    g_clear_error (&self->error);
  if (!current && lab_spec_check_values (spec, NULL, NULL))
    request (self, spec, x);
  if (self->look != NULL)
    show (self, spec, x);
  if (self->error != NULL)
    complain (self);
  update_stale (self, current);

  return G_SOURCE_REMOVE;
}

static void
queue_update (AppLook *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (UPDATE_PRIORITY, update_cb, self, NULL);
}

static void
set_active (AppLook *self, gboolean active)
{
  if (!active && self->running != NULL)
    g_cancellable_cancel (self->running);
  set_boolean (self, PROP_ACTIVE, &self->active, active);
  queue_update (self);
}

static void
app_look_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppLook *self = APP_LOOK (object);

  switch (id)
    {
    case PROP_DRAFT:
      g_value_set_object (value, self->draft);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    case PROP_EXISTS:
      g_value_set_boolean (value, self->exists);
      break;
    case PROP_LOOK:
      g_value_set_boxed (value, self->look);
      break;
    case PROP_FIT:
      g_value_set_boxed (value, self->fit);
      break;
    case PROP_SPECTRUM:
      g_value_set_boxed (value, self->spectrum);
      break;
    case PROP_SENTENCE:
      g_value_set_string (value, self->sentence);
      break;
    case PROP_STALE:
      g_value_set_boolean (value, self->stale);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_look_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AppLook *self = APP_LOOK (object);

  switch (id)
    {
    case PROP_DRAFT:
      self->draft = g_value_dup_object (value);
      break;
    case PROP_ACTIVE:
      set_active (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_look_constructed (GObject *object)
{
  AppLook *self = APP_LOOK (object);

  G_OBJECT_CLASS (app_look_parent_class)->constructed (object);

  self->exists = lab_look_exists (lab_draft_get_spec (self->draft));
  g_signal_connect_object (self->draft, "notify::spec", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  queue_update (self);
}

static void
app_look_dispose (GObject *object)
{
  AppLook *self = APP_LOOK (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_handle_id (&self->stale_id, g_source_remove);
  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_clear_object (&self->running);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->asked, lab_spec_free);
  g_clear_error (&self->error);
  g_clear_pointer (&self->look, lab_look_unref);
  g_clear_pointer (&self->sentence, g_free);
  forget (self);

  G_OBJECT_CLASS (app_look_parent_class)->dispose (object);
}

static void
app_look_class_init (AppLookClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = app_look_get_property;
  object_class->set_property = app_look_set_property;
  object_class->constructed = app_look_constructed;
  object_class->dispose = app_look_dispose;

  properties[PROP_DRAFT] =
    g_param_spec_object ("draft", NULL, NULL, LAB_TYPE_DRAFT,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ACTIVE] =
    g_param_spec_boolean ("active", NULL, NULL, FALSE, shown | G_PARAM_WRITABLE);
  properties[PROP_EXISTS] = g_param_spec_boolean ("exists", NULL, NULL, FALSE, shown);
  properties[PROP_LOOK] = g_param_spec_boxed ("look", NULL, NULL, LAB_TYPE_LOOK, shown);
  properties[PROP_FIT] = g_param_spec_boxed ("fit", NULL, NULL, APP_TYPE_FIGURE, shown);
  properties[PROP_SPECTRUM] = g_param_spec_boxed ("spectrum", NULL, NULL, APP_TYPE_FIGURE, shown);
  properties[PROP_SENTENCE] = g_param_spec_string ("sentence", NULL, NULL, NULL, shown);
  properties[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, shown);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
app_look_init (AppLook *self)
{
}

AppLook *
app_look_new (LabDraft *draft)
{
  return g_object_new (APP_TYPE_LOOK, "draft", draft, NULL);
}

const LabLook *
app_look_get_look (AppLook *self)
{
  g_return_val_if_fail (APP_IS_LOOK (self), NULL);

  return self->look;
}

PlotFigure *
app_look_get_fit (AppLook *self)
{
  g_return_val_if_fail (APP_IS_LOOK (self), NULL);

  return self->fit;
}

PlotFigure *
app_look_get_spectrum (AppLook *self)
{
  g_return_val_if_fail (APP_IS_LOOK (self), NULL);

  return self->spectrum;
}
