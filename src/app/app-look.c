#include "app-look.h"

#include <figures.h>

#include "app-figure.h"
#include "app-shown.h"
#include "app-words.h"

/* As the curve: shorter waits are not worth a change on screen. */
#define STALE_MILLISECONDS 150

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

  LabRunner *runner; /* of both views, whose work is the same */
  LabResult *drawn;  /* of the figures */
  LabSpec *spec;     /* likewise */
  LabCurves *curves; /* of the fit */
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

/* Whether the exhibit has something to show at its cursor. */
static gboolean
has_views (const LabSpec *spec)
{
  for (const LabView *view = lab_spec_exhibit (spec)->views; view->id != NULL; view++)
    if (view->follows_cursor)
      return TRUE;
  return FALSE;
}

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

static LabSpec *
spec_of_view (const LabSpec *spec, const char *view)
{
  LabSpec *copy = lab_spec_copy (spec);

  lab_spec_parse (copy, LAB_VIEW, view, NULL);
  return copy;
}

static void
forget (AppLook *self)
{
  g_clear_pointer (&self->fit, plot_figure_unref);
  g_clear_pointer (&self->spectrum, plot_figure_unref);
  g_clear_pointer (&self->curves, lab_curves_free);
  g_clear_pointer (&self->drawn, lab_result_unref);
  g_clear_pointer (&self->spec, lab_spec_free);
}

/* With what recombines taken from @draft. */
static void
show (AppLook *self, const LabSpec *draft)
{
  LabResult *result = lab_runner_get_result (self->runner);
  g_autoptr (LabSpec) spec = app_shown_spec (draft, result), spectrum = NULL;
  g_autoptr (LabCurves) curves = NULL;

  if (self->drawn == result && lab_spec_equal (self->spec, spec))
    return;

  forget (self);
  self->drawn = lab_result_ref (result);
  self->curves = lab_curves_new (result, spec);
  self->fit = figures_build (self->curves, spec);
  spectrum = spec_of_view (spec, "spectrum");
  curves = lab_curves_new (result, spectrum);
  self->spectrum = figures_build (curves, spectrum);
  self->spec = g_steal_pointer (&spec);
  notify (self, PROP_LOOK);
  notify (self, PROP_FIT);
  notify (self, PROP_SPECTRUM);
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
  if (current || self->fit == NULL)
    {
      g_clear_handle_id (&self->stale_id, g_source_remove);
      set_boolean (self, PROP_STALE, &self->stale, FALSE);
    }
  else if (self->stale_id == 0 && !self->stale)
    self->stale_id = g_timeout_add (STALE_MILLISECONDS, stale_cb, self);
}

/* What the figures say, or why there are no newer ones. */
static void
update_sentence (AppLook *self)
{
  const GError *error = lab_runner_get_error (self->runner);
  g_autofree char *words = NULL;

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      words = app_words_error (lab_draft_get_spec (self->draft), LAB_N_KEYS, error);
      take_sentence (self, g_markup_escape_text (words, -1));
    }
  else if (self->curves != NULL)
    take_sentence (self, figures_verdict_markup (self->curves, self->spec));
}

static gboolean
update_cb (gpointer data)
{
  AppLook *self = data;
  const LabSpec *draft = lab_draft_get_spec (self->draft);
  g_autoptr (LabSpec) spec = NULL;
  LabKey key = LAB_N_KEYS;

  self->update_id = 0;
  set_boolean (self, PROP_EXISTS, &self->exists, has_views (draft) && app_shown_find_cursor (draft, &key));
  if (!self->exists || !self->active)
    return G_SOURCE_REMOVE;

  spec = spec_of_view (draft, "fit");
  if (lab_spec_check (spec, NULL, NULL))
    lab_runner_submit (self->runner, spec);
  if (lab_runner_get_result (self->runner) != NULL)
    show (self, spec);
  update_sentence (self);
  update_stale (self, lab_runner_is_current (self->runner));

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
  if (!active)
    lab_runner_stop (self->runner);
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
      g_value_set_pointer (value, (gpointer) app_look_get_look (self));
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

  self->exists = has_views (lab_draft_get_spec (self->draft));
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
  if (self->runner != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->runner, self);
      lab_runner_stop (self->runner);
    }
  g_clear_object (&self->runner);
  g_clear_object (&self->draft);
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
  properties[PROP_LOOK] = g_param_spec_pointer ("look", NULL, NULL, shown);
  properties[PROP_FIT] = g_param_spec_boxed ("fit", NULL, NULL, APP_TYPE_FIGURE, shown);
  properties[PROP_SPECTRUM] = g_param_spec_boxed ("spectrum", NULL, NULL, APP_TYPE_FIGURE, shown);
  properties[PROP_SENTENCE] = g_param_spec_string ("sentence", NULL, NULL, NULL, shown);
  properties[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, shown);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
app_look_init (AppLook *self)
{
  self->runner = lab_runner_new ();
  g_signal_connect_object (self->runner, "notify::result", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->runner, "notify::error", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
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

  return self->curves != NULL ? self->curves->look : NULL;
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

guint
app_look_get_jobs (AppLook *self)
{
  g_return_val_if_fail (APP_IS_LOOK (self), 0);

  return lab_runner_get_jobs (self->runner);
}
