#include "app-views.h"

#include "app-view-list.h"

/* As the curve: shorter waits are not worth a change on screen. */
#define STALE_MILLISECONDS 150

/* After the events of this iteration, before the frame is drawn. */
#define UPDATE_PRIORITY (G_PRIORITY_HIGH_IDLE + 15)

struct _AppViews
{
  GObject parent_instance;

  LabDraft *draft;
  gboolean active;
  gboolean exists;
  gboolean stale;
  guint update_id;
  guint stale_id;

  AppViewList list;
  char *sentence;
};

enum
{
  PROP_DRAFT = 1,
  PROP_ACTIVE,
  PROP_EXISTS,
  PROP_SENTENCE,
  PROP_STALE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  VIEWS,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AppViews, app_views, G_TYPE_OBJECT)

static void queue_update (AppViews *self);

static void
set_boolean (AppViews *self, int id, gboolean *slot, gboolean value)
{
  if (*slot == value)
    return;

  *slot = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
take_sentence (AppViews *self, char *sentence)
{
  if (g_strcmp0 (self->sentence, sentence) == 0)
    {
      g_free (sentence);
      return;
    }

  g_free (self->sentence);
  self->sentence = sentence;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENTENCE]);
}

static void
follow (AppViews *self, const LabSpec *draft)
{
  if (!app_view_list_follow (&self->list, draft))
    return;

  take_sentence (self, NULL);
  g_signal_emit (self, signals[VIEWS], 0);
  set_boolean (self, PROP_EXISTS, &self->exists, self->list.slots->len > 0);
}

static gboolean
stale_cb (gpointer data)
{
  AppViews *self = data;

  self->stale_id = 0;
  set_boolean (self, PROP_STALE, &self->stale, TRUE);

  return G_SOURCE_REMOVE;
}

static void
update_stale (AppViews *self)
{
  if (!app_view_list_is_behind (&self->list))
    {
      g_clear_handle_id (&self->stale_id, g_source_remove);
      set_boolean (self, PROP_STALE, &self->stale, FALSE);
    }
  else if (self->stale_id == 0 && !self->stale)
    self->stale_id = g_timeout_add (STALE_MILLISECONDS, stale_cb, self);
}

static void
update_sentence (AppViews *self, const LabSpec *draft)
{
  char *sentence = app_view_list_say (&self->list, draft);

  if (sentence != NULL)
    take_sentence (self, sentence);
}

static gboolean
update_cb (gpointer data)
{
  AppViews *self = data;
  const LabSpec *draft = lab_draft_get_spec (self->draft);

  self->update_id = 0;
  follow (self, draft);
  if (!self->exists || !self->active)
    return G_SOURCE_REMOVE;

  if (app_view_list_update (&self->list, draft))
    g_signal_emit (self, signals[CHANGED], 0);
  update_sentence (self, draft);
  update_stale (self);

  return G_SOURCE_REMOVE;
}

static void
queue_update (AppViews *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (UPDATE_PRIORITY, update_cb, self, NULL);
}

static void
set_active (AppViews *self, gboolean active)
{
  if (!active)
    app_view_list_stop (&self->list);
  set_boolean (self, PROP_ACTIVE, &self->active, active);
  queue_update (self);
}

static void
app_views_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppViews *self = APP_VIEWS (object);

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
app_views_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AppViews *self = APP_VIEWS (object);

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
app_views_constructed (GObject *object)
{
  AppViews *self = APP_VIEWS (object);

  G_OBJECT_CLASS (app_views_parent_class)->constructed (object);

  follow (self, lab_draft_get_spec (self->draft));
  g_signal_connect_object (self->draft, "notify::spec", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  queue_update (self);
}

static void
app_views_dispose (GObject *object)
{
  AppViews *self = APP_VIEWS (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_handle_id (&self->stale_id, g_source_remove);
  app_view_list_clear (&self->list);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (app_views_parent_class)->dispose (object);
}

static void
app_views_finalize (GObject *object)
{
  AppViews *self = APP_VIEWS (object);

  app_view_list_free (&self->list);
  g_free (self->sentence);

  G_OBJECT_CLASS (app_views_parent_class)->finalize (object);
}

static void
app_views_class_init (AppViewsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = app_views_get_property;
  object_class->set_property = app_views_set_property;
  object_class->constructed = app_views_constructed;
  object_class->dispose = app_views_dispose;
  object_class->finalize = app_views_finalize;

  properties[PROP_DRAFT] =
    g_param_spec_object ("draft", NULL, NULL, LAB_TYPE_DRAFT,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ACTIVE] =
    g_param_spec_boolean ("active", NULL, NULL, FALSE, shown | G_PARAM_WRITABLE);
  properties[PROP_EXISTS] = g_param_spec_boolean ("exists", NULL, NULL, FALSE, shown);
  properties[PROP_SENTENCE] = g_param_spec_string ("sentence", NULL, NULL, NULL, shown);
  properties[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, shown);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[VIEWS] = g_signal_new ("views", APP_TYPE_VIEWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", APP_TYPE_VIEWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
app_views_init (AppViews *self)
{
  app_view_list_init (&self->list, self, G_CALLBACK (queue_update));
}

AppViews *
app_views_new (LabDraft *draft)
{
  return g_object_new (APP_TYPE_VIEWS, "draft", draft, NULL);
}

guint
app_views_get_n_views (AppViews *self)
{
  g_return_val_if_fail (APP_IS_VIEWS (self), 0);

  return self->list.slots->len;
}

const LabView *
app_views_get_view (AppViews *self, guint i)
{
  g_return_val_if_fail (APP_IS_VIEWS (self) && i < self->list.slots->len, NULL);

  return app_view_list_get (&self->list, i)->view;
}

PlotFigure *
app_views_get_figure (AppViews *self, guint i)
{
  g_return_val_if_fail (APP_IS_VIEWS (self) && i < self->list.slots->len, NULL);

  return app_view_list_get (&self->list, i)->figure;
}

const LabAnswer *
app_views_get_answer (AppViews *self, guint i)
{
  g_return_val_if_fail (APP_IS_VIEWS (self) && i < self->list.slots->len, NULL);

  return app_view_list_get (&self->list, i)->answer;
}

guint
app_views_get_jobs (AppViews *self)
{
  g_return_val_if_fail (APP_IS_VIEWS (self), 0);

  return app_view_list_count_jobs (&self->list);
}
