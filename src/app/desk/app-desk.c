#include "app-desk.h"

#include <figures.h>
#include <glib/gi18n.h>
#include <math.h>

#include "app-cursor.h"
#include "app-figure.h"
#include "app-shown.h"
#include "app-words.h"

/* Shorter waits are not worth a change on screen. */
#define STALE_MILLISECONDS 150
#define BUSY_MILLISECONDS 250

/* After the events of this iteration, before the frame is drawn. */
#define UPDATE_PRIORITY (G_PRIORITY_HIGH_IDLE + 15)

struct _AppDesk
{
  GObject parent_instance;

  LabDraft *draft;
  LabRunner *runner;
  AppProbe *probe;
  AppPins *pins;
  gboolean repinned; /* the pins are others than those of the figure */

  LabAnswer *answer;
  LabSpec *spec;      /* of the curves */
  LabResult *result;  /* of the curves */
  PlotFigure *figure;
  char *verdict;
  char *status;
  char *message;
  LabKey blamed;
  gboolean stopped;
  gboolean rough;

  gboolean stale;
  gboolean busy;
  guint update_id;
  guint stale_id;
  guint busy_id;

  AppCursor cursor;
};

enum
{
  PROP_DRAFT = 1,
  PROP_FIGURE,
  PROP_ROUGH,
  PROP_STALE,
  PROP_BUSY,
  PROP_PROGRESS,
  PROP_VERDICT,
  PROP_STATUS,
  PROP_MESSAGE,
  PROP_BLAMED,
  PROP_AXIS_NAME,
  PROP_CURSOR,
  PROP_READOUT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AppDesk, app_desk, G_TYPE_OBJECT)

static void
notify (AppDesk *self, int id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
take_string (AppDesk *self, int id, char **slot, char *text)
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
set_boolean (AppDesk *self, int id, gboolean *slot, gboolean value)
{
  if (*slot == value)
    return;

  *slot = value;
  notify (self, id);
}

static void
take_message (AppDesk *self, char *message, LabKey blamed)
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

static gboolean
is_current (AppDesk *self)
{
  return self->blamed == LAB_N_KEYS && lab_runner_is_current (self->runner);
}

static void
update_answer (AppDesk *self, LabResult *result)
{
  g_autoptr (LabSpec) spec = app_shown_spec (lab_draft_get_spec (self->draft), result);
  gboolean same_result = self->result == result;
  gboolean same_spec = same_result && !self->repinned && app_shown_same_but_cursor (self->spec, spec);

  g_clear_pointer (&self->spec, lab_spec_free);
  self->spec = g_steal_pointer (&spec);
  if (same_spec)
    return;

  if (!same_result)
    {
      g_clear_pointer (&self->result, lab_result_unref);
      self->result = lab_result_ref (result);
      set_boolean (self, PROP_ROUGH, &self->rough, lab_result_plan (result)->preview);
    }

  g_clear_pointer (&self->answer, lab_answer_free);
  self->answer = lab_answer_new (result, self->spec);
  app_pins_follow (self->pins, result, self->spec);
  self->repinned = FALSE;
  g_clear_pointer (&self->figure, plot_figure_unref);
  self->figure = app_pins_build (self->pins, self->answer, self->spec);
  notify (self, PROP_FIGURE);
  notify (self, PROP_AXIS_NAME);

  take_string (self, PROP_VERDICT, &self->verdict, figures_verdict_markup (self->answer, self->spec));
  take_string (self, PROP_STATUS, &self->status,
               self->rough ? g_strdup (_("Preview")) : app_shown_status (self->answer, result));
}

/* At once: the next press of a key, which may come before the next frame, goes on from here. */
static void
move_cursor (AppDesk *self, double x)
{
  const LabSpec *spec;

  app_shown_move_cursor (self->draft, x);
  spec = lab_draft_get_spec (self->draft);
  if (!isnan (self->cursor.x) && lab_spec_axis (spec) == lab_spec_axis (self->spec)
      && app_cursor_place (&self->cursor, spec))
    notify (self, PROP_CURSOR);
}

static void
update_cursor (AppDesk *self)
{
  gboolean settled = self->result != NULL && is_current (self) && lab_result_complete (self->result);
  guint changes = app_cursor_update (&self->cursor, self->answer, self->spec, self->probe, settled);

  g_object_freeze_notify (G_OBJECT (self));
  if (changes & APP_CURSOR_MOVED)
    notify (self, PROP_CURSOR);
  if (changes & APP_CURSOR_READ)
    notify (self, PROP_READOUT);
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
stale_cb (gpointer data)
{
  AppDesk *self = data;

  self->stale_id = 0;
  set_boolean (self, PROP_STALE, &self->stale, TRUE);

  return G_SOURCE_REMOVE;
}

/* Each new picture starts the wait anew: what follows the hand is not dimmed. */
static void
update_stale (AppDesk *self, gboolean fresh)
{
  if (self->figure == NULL || is_current (self))
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
update_message (AppDesk *self)
{
  const GError *error = lab_runner_get_error (self->runner);

  if (self->blamed != LAB_N_KEYS)
    return;

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    take_message (self, app_words_error (lab_draft_get_spec (self->draft), LAB_N_KEYS, error), LAB_N_KEYS);
  else if (self->stopped && self->figure == NULL)
    take_message (self, g_strdup (_("Stopped before the first curve was there.")), LAB_N_KEYS);
  else if (self->stopped && !is_current (self))
    take_message (self, g_strdup (_("Stopped: this is the curve of the earlier parameters.")), LAB_N_KEYS);
  else
    take_message (self, NULL, LAB_N_KEYS);
}

static gboolean
update_cb (gpointer data)
{
  AppDesk *self = data;
  LabResult *result = lab_runner_get_result (self->runner);
  gboolean fresh = result != self->result;

  self->update_id = 0;
  if (result != NULL)
    update_answer (self, result);
  update_cursor (self);
  update_stale (self, fresh);
  update_message (self);

  return G_SOURCE_REMOVE;
}

static void
queue_update (AppDesk *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (UPDATE_PRIORITY, update_cb, self, NULL);
}

static void
pins_changed_cb (AppDesk *self)
{
  self->repinned = TRUE;
  queue_update (self);
}

static void
draft_changed_cb (AppDesk *self)
{
  const LabSpec *spec = lab_draft_get_spec (self->draft);
  g_autoptr (GError) error = NULL;
  LabKey blamed = LAB_N_KEYS;

  if (lab_spec_check (spec, &blamed, &error))
    {
      if (self->blamed != LAB_N_KEYS)
        take_message (self, NULL, LAB_N_KEYS);
      if (!lab_runner_is_current (self->runner) || self->result == NULL
          || !lab_spec_same_work (spec, lab_result_spec (self->result)))
        self->stopped = FALSE;
      lab_runner_submit (self->runner, spec);
    }
  else
    {
      take_message (self, app_words_error (spec, blamed, error), blamed);
    }

  queue_update (self);
}

static gboolean
busy_cb (gpointer data)
{
  AppDesk *self = data;

  self->busy_id = 0;
  set_boolean (self, PROP_BUSY, &self->busy, TRUE);

  return G_SOURCE_REMOVE;
}

static void
runner_busy_cb (AppDesk *self)
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

  queue_update (self);
}

static void
runner_progress_cb (AppDesk *self)
{
  notify (self, PROP_PROGRESS);
}

static void
app_desk_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppDesk *self = APP_DESK (object);

  switch (id)
    {
    case PROP_DRAFT:
      g_value_set_object (value, self->draft);
      break;
    case PROP_FIGURE:
      g_value_set_boxed (value, self->figure);
      break;
    case PROP_ROUGH:
      g_value_set_boolean (value, self->rough);
      break;
    case PROP_STALE:
      g_value_set_boolean (value, self->stale);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, CLAMP (lab_runner_get_progress (self->runner), 0, 1));
      break;
    case PROP_VERDICT:
      g_value_set_string (value, self->verdict);
      break;
    case PROP_STATUS:
      g_value_set_string (value, self->status);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_BLAMED:
      g_value_set_uint (value, self->blamed);
      break;
    case PROP_AXIS_NAME:
      if (self->spec != NULL)
        g_value_take_string (value, figures_x_name (self->spec));
      break;
    case PROP_CURSOR:
      g_value_set_double (value, self->cursor.x);
      break;
    case PROP_READOUT:
      g_value_set_boxed (value, self->cursor.readout);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_desk_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AppDesk *self = APP_DESK (object);

  switch (id)
    {
    case PROP_DRAFT:
      self->draft = g_value_dup_object (value);
      break;
    case PROP_CURSOR:
      move_cursor (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_desk_constructed (GObject *object)
{
  AppDesk *self = APP_DESK (object);

  G_OBJECT_CLASS (app_desk_parent_class)->constructed (object);

  g_signal_connect_object (self->draft, "notify::spec", G_CALLBACK (draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
  draft_changed_cb (self);
}

static void
app_desk_dispose (GObject *object)
{
  AppDesk *self = APP_DESK (object);

  /* Stopping notifies; nobody is left to be told. */
  if (self->runner != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->runner, self);
      lab_runner_stop (self->runner);
    }
  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_handle_id (&self->stale_id, g_source_remove);
  g_clear_handle_id (&self->busy_id, g_source_remove);
  g_clear_object (&self->runner);
  g_clear_object (&self->probe);
  g_clear_object (&self->pins);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->figure, plot_figure_unref);
  g_clear_pointer (&self->answer, lab_answer_free);
  g_clear_pointer (&self->result, lab_result_unref);
  g_clear_pointer (&self->spec, lab_spec_free);
  g_clear_pointer (&self->verdict, g_free);
  g_clear_pointer (&self->status, g_free);
  g_clear_pointer (&self->message, g_free);
  app_cursor_clear (&self->cursor);

  G_OBJECT_CLASS (app_desk_parent_class)->dispose (object);
}

static void
app_desk_class_init (AppDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags number = shown | G_PARAM_LAX_VALIDATION; /* NaN too */

  object_class->get_property = app_desk_get_property;
  object_class->set_property = app_desk_set_property;
  object_class->constructed = app_desk_constructed;
  object_class->dispose = app_desk_dispose;

  properties[PROP_DRAFT] =
    g_param_spec_object ("draft", NULL, NULL, LAB_TYPE_DRAFT,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FIGURE] = g_param_spec_boxed ("figure", NULL, NULL, APP_TYPE_FIGURE, shown);
  properties[PROP_ROUGH] = g_param_spec_boolean ("rough", NULL, NULL, FALSE, shown);
  properties[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, shown);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, shown);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, shown);
  properties[PROP_VERDICT] = g_param_spec_string ("verdict", NULL, NULL, NULL, shown);
  properties[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, shown);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, shown);
  properties[PROP_BLAMED] =
    g_param_spec_uint ("blamed", NULL, NULL, 0, LAB_N_KEYS, LAB_N_KEYS, shown);
  properties[PROP_AXIS_NAME] = g_param_spec_string ("axis-name", NULL, NULL, NULL, shown);
  properties[PROP_CURSOR] = g_param_spec_double ("cursor", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
                                                 number | G_PARAM_WRITABLE);
  properties[PROP_READOUT] = g_param_spec_boxed ("readout", NULL, NULL, APP_TYPE_READOUT, shown);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
app_desk_init (AppDesk *self)
{
  app_cursor_init (&self->cursor);
  self->blamed = LAB_N_KEYS;

  self->probe = app_probe_new ();
  g_signal_connect_object (self->probe, "changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);

  self->pins = app_pins_new ();
  g_signal_connect_object (self->pins, "items-changed", G_CALLBACK (pins_changed_cb), self, G_CONNECT_SWAPPED);

  self->runner = lab_runner_new ();
  g_signal_connect_object (self->runner, "notify::result", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->runner, "notify::error", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->runner, "notify::busy", G_CALLBACK (runner_busy_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->runner, "notify::progress", G_CALLBACK (runner_progress_cb), self,
                           G_CONNECT_SWAPPED);
}

AppDesk *
app_desk_new (LabDraft *draft)
{
  return g_object_new (APP_TYPE_DESK, "draft", draft, NULL);
}

LabDraft *
app_desk_get_draft (AppDesk *self)
{
  g_return_val_if_fail (APP_IS_DESK (self), NULL);

  return self->draft;
}

const LabAnswer *
app_desk_get_answer (AppDesk *self)
{
  g_return_val_if_fail (APP_IS_DESK (self), NULL);

  return self->answer;
}

guint
app_desk_get_jobs (AppDesk *self)
{
  g_return_val_if_fail (APP_IS_DESK (self), 0);

  return lab_runner_get_jobs (self->runner);
}

PlotFigure *
app_desk_make_figure (AppDesk *self)
{
  g_autofree char *so_far = NULL;
  PlotFigure *figure;

  g_return_val_if_fail (APP_IS_DESK (self), NULL);

  if (self->answer == NULL)
    return NULL;

  figure = app_pins_build (self->pins, self->answer, self->spec);
  so_far = figures_so_far (self->answer);
  if (so_far != NULL)
    plot_figure_add_note (figure, so_far);

  return figure;
}

AppPins *
app_desk_get_pins (AppDesk *self)
{
  g_return_val_if_fail (APP_IS_DESK (self), NULL);

  return self->pins;
}

gboolean
app_desk_pin (AppDesk *self, char **reason)
{
  g_return_val_if_fail (APP_IS_DESK (self), FALSE);

  if (self->answer == NULL || self->rough)
    {
      *reason = g_strdup (_("Nothing to pin yet: the whole curve is still to come"));
      return FALSE;
    }

  return app_pins_add (self->pins, self->result, self->spec, reason);
}

void
app_desk_stop (AppDesk *self)
{
  g_return_if_fail (APP_IS_DESK (self));

  if (!lab_runner_get_busy (self->runner))
    return;

  self->stopped = TRUE;
  app_probe_stop (self->probe);
  lab_runner_stop (self->runner);
  queue_update (self);
}
