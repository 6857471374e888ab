#include "app-view.h"

#include <figures.h>
#include <glib/gi18n.h>

#include "app-figure.h"
#include "app-words.h"

/* Shorter waits are not worth a change on screen. */
#define STALE_MILLISECONDS 150
#define BUSY_MILLISECONDS 250

struct _AppView
{
  GObject parent_instance;

  const LabView *row;
  LabRunner *runner;
  AppPins *pins;     /* or NULL */
  gboolean repinned; /* they are others than those of the figure */

  AppShown shown;
  gboolean rough;
  char *verdict;
  char *status;

  gboolean stale;
  guint stale_id;
  gboolean busy;
  guint busy_id;
  gboolean stopped;
  char *message;
  LabKey blamed;
};

enum
{
  PROP_FIGURE = 1,
  PROP_AXIS_NAME,
  PROP_ROUGH,
  PROP_STALE,
  PROP_VERDICT,
  PROP_STATUS,
  PROP_BUSY,
  PROP_PROGRESS,
  PROP_MESSAGE,
  PROP_BLAMED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AppView, app_view, G_TYPE_OBJECT)

static void
notify (AppView *self, int id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
take_string (AppView *self, int id, char **slot, char *text)
{
  if (g_strcmp0 (*slot, text) == 0)
    {
      g_free (text);
      return;
    }

  g_free (*slot);
  *slot = text;
  notify (self, id);
}

static void
set_boolean (AppView *self, int id, gboolean *slot, gboolean value)
{
  if (*slot == value)
    return;

  *slot = value;
  notify (self, id);
}

static void
take_message (AppView *self, char *message, LabKey blamed)
{
  g_object_freeze_notify (G_OBJECT (self));
  take_string (self, PROP_MESSAGE, &self->message, message);
  if (self->blamed != blamed)
    {
      self->blamed = blamed;
      notify (self, PROP_BLAMED);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static void
repinned_cb (AppView *self)
{
  self->repinned = TRUE;
}

/* --- what is under way --- */

static gboolean
busy_cb (gpointer data)
{
  AppView *self = data;

  self->busy_id = 0;
  set_boolean (self, PROP_BUSY, &self->busy, TRUE);

  return G_SOURCE_REMOVE;
}

static void
runner_busy_cb (AppView *self)
{
  if (lab_runner_get_busy (self->runner))
    {
      if (self->busy_id == 0 && !self->busy)
        self->busy_id = g_timeout_add (BUSY_MILLISECONDS, busy_cb, self);
    }
  else
    {
      g_clear_handle_id (&self->busy_id, g_source_remove);
      set_boolean (self, PROP_BUSY, &self->busy, FALSE);
    }
}

static void
runner_progress_cb (AppView *self)
{
  notify (self, PROP_PROGRESS);
}

/* Whether it shows what was asked for last, and @spec asks for no more. */
static gboolean
shows (AppView *self, const LabSpec *spec)
{
  return self->shown.result != NULL && lab_runner_is_current (self->runner)
         && lab_spec_same_work (spec, lab_result_spec (self->shown.result));
}

void
app_view_follow (AppView *self, const LabSpec *spec)
{
  g_autoptr (GError) error = NULL;
  LabKey blamed = LAB_N_KEYS;

  g_return_if_fail (APP_IS_VIEW (self));

  self->row = lab_spec_view (spec);
  if (!lab_spec_check (spec, &blamed, &error))
    {
      take_message (self, app_words_error (spec, blamed, error), blamed);
      return;
    }

  if (self->blamed != LAB_N_KEYS)
    take_message (self, NULL, LAB_N_KEYS);
  if (!shows (self, spec))
    self->stopped = FALSE;
  lab_runner_submit (self->runner, spec);
}

gboolean
app_view_stop (AppView *self)
{
  g_return_val_if_fail (APP_IS_VIEW (self), FALSE);

  if (!lab_runner_get_busy (self->runner))
    return FALSE;

  self->stopped = TRUE;
  lab_runner_stop (self->runner);
  return TRUE;
}

/* --- what has come in --- */

static void
update_shown (AppView *self, LabResult *result, const LabSpec *spec)
{
  if (!app_shown_take (&self->shown, result, spec, self->pins, self->repinned))
    return;

  self->repinned = FALSE;
  set_boolean (self, PROP_ROUGH, &self->rough, lab_result_plan (result)->preview);
  notify (self, PROP_FIGURE);
  notify (self, PROP_AXIS_NAME);
  take_string (self, PROP_VERDICT, &self->verdict, figures_verdict_markup (self->shown.answer, self->shown.spec));
  take_string (self, PROP_STATUS, &self->status,
               self->rough ? g_strdup (_("Preview")) : app_shown_status (self->shown.answer, result));
}

static gboolean
stale_cb (gpointer data)
{
  AppView *self = data;

  self->stale_id = 0;
  set_boolean (self, PROP_STALE, &self->stale, TRUE);

  return G_SOURCE_REMOVE;
}

/* Each new picture starts the wait anew: what follows the hand is not dimmed. */
static void
update_stale (AppView *self, gboolean fresh)
{
  if (self->shown.figure == NULL || app_view_is_current (self))
    {
      g_clear_handle_id (&self->stale_id, g_source_remove);
      set_boolean (self, PROP_STALE, &self->stale, FALSE);
      return;
    }

  if (fresh)
    g_clear_handle_id (&self->stale_id, g_source_remove);
  if (self->stale_id == 0 && !self->stale)
    self->stale_id = g_timeout_add (STALE_MILLISECONDS, stale_cb, self);
}

static void
update_message (AppView *self, const LabSpec *spec)
{
  const GError *error = lab_runner_get_error (self->runner);
  char *message = NULL;

  if (self->blamed != LAB_N_KEYS)
    return;

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    message = app_words_error (spec, LAB_N_KEYS, error);
  else if (self->stopped && self->shown.figure == NULL)
    message = g_strdup (_("Stopped before the first curve was there."));
  else if (self->stopped && !app_view_is_current (self))
    message = g_strdup (_("Stopped: this is the curve of the earlier parameters."));
  take_message (self, message, LAB_N_KEYS);
}

void
app_view_update (AppView *self, const LabSpec *spec)
{
  LabResult *result;
  gboolean fresh;

  g_return_if_fail (APP_IS_VIEW (self));

  result = lab_runner_get_result (self->runner);
  fresh = result != self->shown.result;
  if (result != NULL)
    update_shown (self, result, spec);
  update_stale (self, fresh);
  update_message (self, spec);
}

/* --- the object --- */

static void
app_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppView *self = APP_VIEW (object);

  switch (id)
    {
    case PROP_FIGURE:
      g_value_set_boxed (value, self->shown.figure);
      break;
    case PROP_AXIS_NAME:
      if (self->shown.spec != NULL)
        g_value_take_string (value, figures_x_name (self->shown.spec));
      break;
    case PROP_ROUGH:
      g_value_set_boolean (value, self->rough);
      break;
    case PROP_STALE:
      g_value_set_boolean (value, self->stale);
      break;
    case PROP_VERDICT:
      g_value_set_string (value, self->verdict);
      break;
    case PROP_STATUS:
      g_value_set_string (value, self->status);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, CLAMP (lab_runner_get_progress (self->runner), 0, 1));
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_BLAMED:
      g_value_set_uint (value, self->blamed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_view_dispose (GObject *object)
{
  AppView *self = APP_VIEW (object);

  g_clear_handle_id (&self->stale_id, g_source_remove);
  g_clear_handle_id (&self->busy_id, g_source_remove);
  g_clear_object (&self->runner);
  g_clear_object (&self->pins);
  app_shown_clear (&self->shown);
  g_clear_pointer (&self->verdict, g_free);
  g_clear_pointer (&self->status, g_free);
  g_clear_pointer (&self->message, g_free);

  G_OBJECT_CLASS (app_view_parent_class)->dispose (object);
}

static void
app_view_class_init (AppViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = app_view_get_property;
  object_class->dispose = app_view_dispose;

  properties[PROP_FIGURE] = g_param_spec_boxed ("figure", NULL, NULL, APP_TYPE_FIGURE, shown);
  properties[PROP_AXIS_NAME] = g_param_spec_string ("axis-name", NULL, NULL, NULL, shown);
  properties[PROP_ROUGH] = g_param_spec_boolean ("rough", NULL, NULL, FALSE, shown);
  properties[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, shown);
  properties[PROP_VERDICT] = g_param_spec_string ("verdict", NULL, NULL, NULL, shown);
  properties[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, shown);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, shown);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, shown);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, shown);
  properties[PROP_BLAMED] = g_param_spec_uint ("blamed", NULL, NULL, 0, LAB_N_KEYS, LAB_N_KEYS, shown);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
app_view_init (AppView *self)
{
  self->blamed = LAB_N_KEYS;
}

AppView *
app_view_new (const LabView *row, LabRunner *runner, AppPins *pins)
{
  AppView *self = g_object_new (APP_TYPE_VIEW, NULL);

  self->row = row;
  self->runner = g_object_ref (runner);
  g_signal_connect_object (runner, "notify::busy", G_CALLBACK (runner_busy_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (runner, "notify::progress", G_CALLBACK (runner_progress_cb), self, G_CONNECT_SWAPPED);
  if (pins != NULL)
    {
      self->pins = g_object_ref (pins);
      g_signal_connect_object (pins, "items-changed", G_CALLBACK (repinned_cb), self, G_CONNECT_SWAPPED);
    }
  return self;
}

const LabView *
app_view_get_row (AppView *self)
{
  g_return_val_if_fail (APP_IS_VIEW (self), NULL);

  return self->row;
}

LabRunner *
app_view_get_runner (AppView *self)
{
  g_return_val_if_fail (APP_IS_VIEW (self), NULL);

  return self->runner;
}

const AppShown *
app_view_get_shown (AppView *self)
{
  g_return_val_if_fail (APP_IS_VIEW (self), NULL);

  return &self->shown;
}

gboolean
app_view_is_current (AppView *self)
{
  g_return_val_if_fail (APP_IS_VIEW (self), FALSE);

  return self->blamed == LAB_N_KEYS && lab_runner_is_current (self->runner);
}

gboolean
app_view_is_complete (AppView *self)
{
  g_return_val_if_fail (APP_IS_VIEW (self), FALSE);

  return self->shown.result != NULL && lab_result_complete (self->shown.result);
}

PlotFigure *
app_view_make_figure (AppView *self)
{
  g_autofree char *so_far = NULL;
  PlotFigure *figure;

  g_return_val_if_fail (APP_IS_VIEW (self), NULL);

  if (self->shown.answer == NULL)
    return NULL;

  figure = app_shown_build (&self->shown, self->pins);
  so_far = figures_so_far (self->shown.answer);
  if (so_far != NULL)
    plot_figure_add_note (figure, so_far);

  return figure;
}
