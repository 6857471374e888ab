#include "app-desk.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app-cursor.h"
#include "app-shown.h"

/* After the events of this iteration, before the frame is drawn. */
#define UPDATE_PRIORITY (G_PRIORITY_HIGH_IDLE + 15)

struct _AppDesk
{
  GObject parent_instance;

  LabDraft *draft;
  GPtrArray *views; /* AppView */
  const LabExhibit *exhibit; /* that all but the first are of */
  gboolean views_seen;
  AppPins *pins;
  AppProbe *probe;
  AppCursor cursor;

  guint update_id;
};

enum
{
  PROP_DRAFT = 1,
  PROP_MAIN,
  PROP_VIEWS_SEEN,
  PROP_CURSOR,
  PROP_READOUT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GType
app_desk_get_item_type (GListModel *model)
{
  return APP_TYPE_VIEW;
}

static guint
app_desk_get_n_items (GListModel *model)
{
  return APP_DESK (model)->views->len;
}

static gpointer
app_desk_get_item (GListModel *model, guint position)
{
  GPtrArray *views = APP_DESK (model)->views;

  return position < views->len ? g_object_ref (views->pdata[position]) : NULL;
}

static void
app_desk_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = app_desk_get_item_type;
  iface->get_n_items = app_desk_get_n_items;
  iface->get_item = app_desk_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (AppDesk, app_desk, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, app_desk_list_model_init))

static void queue_update (AppDesk *self);

static void
notify (AppDesk *self, int id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static AppView *
main_view (AppDesk *self)
{
  return self->views->pdata[0];
}

/* --- the views beside the main one --- */

static LabRunner *
make_runner (AppDesk *self)
{
  LabRunner *runner = lab_runner_new ();

  g_signal_connect_object (runner, "notify::result", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (runner, "notify::error", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (runner, "notify::busy", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  return runner;
}

/* That of an earlier view of the same work, or a new one. */
static LabRunner *
find_runner (AppDesk *self, const LabView *row)
{
  for (guint i = 1; i < self->views->len; i++)
    if (app_view_get_row (self->views->pdata[i])->work == row->work)
      return g_object_ref (app_view_get_runner (self->views->pdata[i]));
  return make_runner (self);
}

static void
stop_views (AppDesk *self)
{
  for (guint i = 1; i < self->views->len; i++)
    lab_runner_stop (app_view_get_runner (self->views->pdata[i]));
}

/* Those that follow a cursor need one. */
static void
add_views (AppDesk *self, const LabSpec *spec)
{
  LabKey key;

  for (const LabView *row = self->exhibit->views + 1; row->id != NULL; row++)
    {
      g_autoptr (LabRunner) runner = NULL;

      if (row->follows_cursor && !app_shown_find_cursor (spec, &key))
        continue;
      runner = find_runner (self, row);
      g_ptr_array_add (self->views, app_view_new (row, runner, NULL));
    }
}

static void
follow_exhibit (AppDesk *self, const LabSpec *spec)
{
  guint before = self->views->len;

  if (self->exhibit == lab_spec_exhibit (spec))
    return;

  self->exhibit = lab_spec_exhibit (spec);
  stop_views (self);
  g_ptr_array_set_size (self->views, 1);
  add_views (self, spec);
  g_list_model_items_changed (G_LIST_MODEL (self), 1, before - 1, self->views->len - 1);
}

static void
update_views (AppDesk *self, const LabSpec *spec)
{
  for (guint i = 1; i < self->views->len; i++)
    {
      AppView *view = self->views->pdata[i];
      g_autoptr (LabSpec) own = lab_spec_copy (spec);

      lab_spec_set (own, LAB_VIEW, (LabValue) { .choice = app_view_get_row (view) - self->exhibit->views }, NULL);
      app_view_follow (view, own);
      app_view_update (view, own);
    }
}

static void
set_views_seen (AppDesk *self, gboolean seen)
{
  if (self->views_seen == seen)
    return;

  self->views_seen = seen;
  if (!seen)
    stop_views (self);
  queue_update (self);
  notify (self, PROP_VIEWS_SEEN);
}

/* --- the cursor --- */

/* At once: the next press of a key, which may come before the next frame, goes on from here. */
static void
move_cursor (AppDesk *self, double x)
{
  const LabSpec *spec;

  app_shown_move_cursor (self->draft, x);
  spec = lab_draft_get_spec (self->draft);
  if (!isnan (self->cursor.x) && lab_spec_axis (spec) == lab_spec_axis (app_view_get_shown (main_view (self))->spec)
      && app_cursor_place (&self->cursor, spec))
    notify (self, PROP_CURSOR);
}

static void
update_cursor (AppDesk *self)
{
  const AppShown *shown = app_view_get_shown (main_view (self));
  gboolean settled = app_view_is_current (main_view (self)) && app_view_is_complete (main_view (self));
  guint changes = app_cursor_update (&self->cursor, shown->answer, shown->spec, self->probe, settled);

  g_object_freeze_notify (G_OBJECT (self));
  if (changes & APP_CURSOR_MOVED)
    notify (self, PROP_CURSOR);
  if (changes & APP_CURSOR_READ)
    notify (self, PROP_READOUT);
  g_object_thaw_notify (G_OBJECT (self));
}

/* --- keeping up --- */

static gboolean
update_cb (gpointer data)
{
  AppDesk *self = data;
  const LabSpec *spec = lab_draft_get_spec (self->draft);

  self->update_id = 0;
  follow_exhibit (self, spec);
  app_view_update (main_view (self), spec);
  update_cursor (self);
  if (self->views_seen)
    update_views (self, spec);

  return G_SOURCE_REMOVE;
}

static void
queue_update (AppDesk *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (UPDATE_PRIORITY, update_cb, self, NULL);
}

static void
draft_changed_cb (AppDesk *self)
{
  app_view_follow (main_view (self), lab_draft_get_spec (self->draft));
  queue_update (self);
}

/* --- the object --- */

static void
app_desk_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppDesk *self = APP_DESK (object);

  switch (id)
    {
    case PROP_DRAFT:
      g_value_set_object (value, self->draft);
      break;
    case PROP_MAIN:
      g_value_set_object (value, main_view (self));
      break;
    case PROP_VIEWS_SEEN:
      g_value_set_boolean (value, self->views_seen);
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
    case PROP_VIEWS_SEEN:
      set_views_seen (self, g_value_get_boolean (value));
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
  const LabSpec *spec = lab_draft_get_spec (self->draft);
  g_autoptr (LabRunner) runner = make_runner (self);

  G_OBJECT_CLASS (app_desk_parent_class)->constructed (object);

  g_ptr_array_add (self->views, app_view_new (lab_spec_view (spec), runner, self->pins));
  follow_exhibit (self, spec);

  g_signal_connect_object (self->draft, "notify::spec", G_CALLBACK (draft_changed_cb), self, G_CONNECT_SWAPPED);
  draft_changed_cb (self);
}

static void
app_desk_dispose (GObject *object)
{
  AppDesk *self = APP_DESK (object);

  /* Stopping notifies; nobody is left to be told. */
  for (guint i = 0; i < self->views->len; i++)
    {
      g_signal_handlers_disconnect_by_data (app_view_get_runner (self->views->pdata[i]), self);
      lab_runner_stop (app_view_get_runner (self->views->pdata[i]));
    }
  g_clear_handle_id (&self->update_id, g_source_remove);
  g_ptr_array_set_size (self->views, 0);
  g_clear_object (&self->probe);
  g_clear_object (&self->pins);
  g_clear_object (&self->draft);
  app_cursor_clear (&self->cursor);

  G_OBJECT_CLASS (app_desk_parent_class)->dispose (object);
}

static void
app_desk_finalize (GObject *object)
{
  g_ptr_array_unref (APP_DESK (object)->views);

  G_OBJECT_CLASS (app_desk_parent_class)->finalize (object);
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
  object_class->finalize = app_desk_finalize;

  properties[PROP_DRAFT] =
    g_param_spec_object ("draft", NULL, NULL, LAB_TYPE_DRAFT,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_MAIN] = g_param_spec_object ("main", NULL, NULL, APP_TYPE_VIEW, shown);
  properties[PROP_VIEWS_SEEN] = g_param_spec_boolean ("views-seen", NULL, NULL, FALSE, shown | G_PARAM_WRITABLE);
  properties[PROP_CURSOR] = g_param_spec_double ("cursor", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
                                                 number | G_PARAM_WRITABLE);
  properties[PROP_READOUT] = g_param_spec_boxed ("readout", NULL, NULL, APP_TYPE_READOUT, shown);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
app_desk_init (AppDesk *self)
{
  self->views = g_ptr_array_new_with_free_func (g_object_unref);
  app_cursor_init (&self->cursor);

  self->probe = app_probe_new ();
  g_signal_connect_object (self->probe, "changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);

  self->pins = app_pins_new ();
  g_signal_connect_object (self->pins, "items-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
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

AppView *
app_desk_get_main (AppDesk *self)
{
  g_return_val_if_fail (APP_IS_DESK (self), NULL);

  return main_view (self);
}

AppView *
app_desk_get_view (AppDesk *self, guint i)
{
  g_return_val_if_fail (APP_IS_DESK (self) && i < self->views->len, NULL);

  return self->views->pdata[i];
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
  const AppShown *shown;

  g_return_val_if_fail (APP_IS_DESK (self), FALSE);

  shown = app_view_get_shown (main_view (self));
  if (shown->answer == NULL || shown->answer->preview)
    {
      *reason = g_strdup (_("Nothing to pin yet: the whole curve is still to come"));
      return FALSE;
    }

  return app_pins_add (self->pins, shown->result, shown->spec, reason);
}

void
app_desk_stop (AppDesk *self)
{
  g_return_if_fail (APP_IS_DESK (self));

  if (app_view_stop (main_view (self)))
    app_probe_stop (self->probe);
}
