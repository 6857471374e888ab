#include "app-player.h"

#include <math.h>

#include "app-track.h"

struct _AppPlayer
{
  GObject parent_instance;

  LabDraft *draft;
  char *speed;

  LabKey key;
  LabValue value;   /* as set last */
  double phase;     /* 0..1 there, 1..2 back */
  GtkWidget *clock; /* weak */
  guint tick_id;
  gint64 time; /* of the last frame, in microseconds; 0 before the first */
};

enum
{
  PROP_DRAFT = 1,
  PROP_KEY,
  PROP_SPEED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AppPlayer, app_player, G_TYPE_OBJECT)

/* From one end to the other. */
static const struct
{
  const char *name;
  double seconds;
} speeds[] = {
  { "slow", 16 },
  { "normal", 8 },
  { "fast", 4 },
};

static double
get_seconds (AppPlayer *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (speeds); i++)
    if (g_strcmp0 (speeds[i].name, self->speed) == 0)
      return speeds[i].seconds;

  return speeds[1].seconds;
}

static const LabSpec *
get_spec (AppPlayer *self)
{
  return lab_draft_get_spec (self->draft);
}

/* Whatever else changes the parameter ends the sweep. */
static void
draft_changed_cb (AppPlayer *self)
{
  const LabSpec *spec = lab_draft_get_spec (self->draft);

  if (self->key != LAB_N_KEYS
      && (!lab_exhibit_uses (lab_spec_exhibit (spec), self->key) || !lab_spec_matters (spec, self->key)
          || !lab_value_equal (self->key, lab_spec_value (spec, self->key), self->value)))
    app_player_stop (self);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  AppPlayer *self = data;
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  gint64 before = self->time;

  self->time = now;
  if (before != 0)
    app_player_advance (self, (now - before) / 1e6);

  return G_SOURCE_CONTINUE;
}

static void
drop_clock (AppPlayer *self)
{
  if (self->clock != NULL)
    gtk_widget_remove_tick_callback (self->clock, self->tick_id);
  g_clear_weak_pointer (&self->clock);
  self->tick_id = 0;
}

static void
set_speed (AppPlayer *self, const char *speed)
{
  if (g_strcmp0 (self->speed, speed) == 0)
    return;

  g_free (self->speed);
  self->speed = g_strdup (speed);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPEED]);
}

static void
app_player_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppPlayer *self = APP_PLAYER (object);

  switch (id)
    {
    case PROP_DRAFT:
      g_value_set_object (value, self->draft);
      break;
    case PROP_KEY:
      g_value_set_uint (value, self->key);
      break;
    case PROP_SPEED:
      g_value_set_string (value, self->speed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_player_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AppPlayer *self = APP_PLAYER (object);

  switch (id)
    {
    case PROP_DRAFT:
      self->draft = g_value_dup_object (value);
      break;
    case PROP_SPEED:
      set_speed (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_player_constructed (GObject *object)
{
  AppPlayer *self = APP_PLAYER (object);

  G_OBJECT_CLASS (app_player_parent_class)->constructed (object);

  g_signal_connect_object (self->draft, "notify::spec", G_CALLBACK (draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
app_player_dispose (GObject *object)
{
  AppPlayer *self = APP_PLAYER (object);

  drop_clock (self);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->speed, g_free);

  G_OBJECT_CLASS (app_player_parent_class)->dispose (object);
}

static void
app_player_class_init (AppPlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = app_player_get_property;
  object_class->set_property = app_player_set_property;
  object_class->constructed = app_player_constructed;
  object_class->dispose = app_player_dispose;

  properties[PROP_DRAFT] =
    g_param_spec_object ("draft", NULL, NULL, LAB_TYPE_DRAFT,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_KEY] = g_param_spec_uint ("key", NULL, NULL, 0, LAB_N_KEYS, LAB_N_KEYS, shown);
  properties[PROP_SPEED] =
    g_param_spec_string ("speed", NULL, NULL, "normal", shown | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
app_player_init (AppPlayer *self)
{
  self->key = LAB_N_KEYS;
  self->speed = g_strdup ("normal");
}

AppPlayer *
app_player_new (LabDraft *draft)
{
  return g_object_new (APP_TYPE_PLAYER, "draft", draft, NULL);
}

LabKey
app_player_get_key (AppPlayer *self)
{
  g_return_val_if_fail (APP_IS_PLAYER (self), LAB_N_KEYS);

  return self->key;
}

void
app_player_start (AppPlayer *self, GtkWidget *clock, LabKey key)
{
  g_return_if_fail (APP_IS_PLAYER (self));
  g_return_if_fail (app_track_exists (get_spec (self), key));

  /* One sweep after another: what is held is let go between them. */
  app_player_stop (self);
  self->value = lab_spec_value (lab_draft_get_spec (self->draft), key);
  self->phase = app_track_position (get_spec (self), key, self->value);
  self->time = 0;
  g_set_weak_pointer (&self->clock, clock);
  self->tick_id = gtk_widget_add_tick_callback (clock, tick_cb, self, NULL);
  self->key = key;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEY]);
}

void
app_player_stop (AppPlayer *self)
{
  g_return_if_fail (APP_IS_PLAYER (self));

  if (self->key == LAB_N_KEYS)
    return;

  drop_clock (self);
  self->key = LAB_N_KEYS;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEY]);
}

void
app_player_advance (AppPlayer *self, double seconds)
{
  g_return_if_fail (APP_IS_PLAYER (self));
  g_return_if_fail (self->key != LAB_N_KEYS && seconds >= 0);

  self->phase = fmod (self->phase + seconds / get_seconds (self), 2);
  self->value = app_track_value (get_spec (self), self->key,
                                 self->phase <= 1 ? self->phase : 2 - self->phase);
  lab_draft_set_value (self->draft, self->key, self->value, NULL);
}
