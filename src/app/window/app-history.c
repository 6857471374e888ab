#include "app-history.h"

#include <glib/gi18n.h>

#include "app-shown.h"

G_STATIC_ASSERT (LAB_N_KEYS <= 64);

/* A set of keys; a bit for each. */
typedef guint64 Keys;

#define KEY(key) (G_GUINT64_CONSTANT (1) << (key))
#define SLOPE_RANGE_KEYS (KEY (LAB_SLOPE_FROM) | KEY (LAB_SLOPE_TO))

typedef struct
{
  LabSpec *spec; /* what the step leads to, when it is taken */
  Keys keys;
  gboolean exhibit; /* the step leads to another exhibit */
  gboolean marker;  /* moves only the cursor or the slope range */
  guint hold;
  gint64 time; /* monotonic */
} Step;

struct _AppHistory
{
  GObject parent_instance;

  LabDraft *draft;
  LabSpec *present;
  gboolean held;
  guint hold;      /* grows whenever something is held or let go */
  gboolean open;   /* the last step may still grow */
  gboolean moving; /* while a step is taken */
  GQueue undo;     /* of Step, the newest at the head */
  GQueue redo;
};

enum
{
  PROP_DRAFT = 1,
  PROP_HELD,
  PROP_UNDO_NAME,
  PROP_REDO_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AppHistory, app_history, G_TYPE_OBJECT)

static void
step_free (gpointer data)
{
  Step *step = data;

  lab_spec_free (step->spec);
  g_free (step);
}

static Keys
find_changes (const LabSpec *a, const LabSpec *b)
{
  Keys keys = 0;

  for (const LabKey *key = lab_spec_exhibit (a)->keys; *key != LAB_N_KEYS; key++)
    {
      gboolean set = lab_spec_is_set (a, *key);

      /* Defaults that follow other values are no changes. */
      if (set != lab_spec_is_set (b, *key)
          || (set && !lab_value_equal (*key, lab_spec_value (a, *key), lab_spec_value (b, *key))))
        keys |= KEY (*key);
    }

  return keys;
}

static gboolean
is_marker (const LabSpec *spec, Keys keys)
{
  LabKey cursor;

  return (app_shown_find_cursor (spec, &cursor) && keys == KEY (cursor))
         || (keys != 0 && (keys & ~SLOPE_RANGE_KEYS) == 0);
}

static gboolean
is_number (Keys keys)
{
  for (LabKey key = 0; key < LAB_N_KEYS; key++)
    if (keys == KEY (key))
      return lab_parameter (key)->type == LAB_TYPE_INTEGER
             || lab_parameter (key)->type == LAB_TYPE_REAL;

  return FALSE;
}

/* The first click of a double click has moved the thumb, the second resets. */
static gboolean
is_second_click (AppHistory *self, const Step *last)
{
  const LabSpec *spec = lab_draft_get_spec (self->draft);

  for (LabKey key = 0; key < LAB_N_KEYS; key++)
    if (last->keys == KEY (key))
      return self->held && last->hold + 2 == self->hold && !lab_spec_is_set (spec, key);

  return FALSE;
}

static gboolean
belongs_to (AppHistory *self, const Step *last, const Step *next)
{
  gboolean soon = next->time - last->time < 1000 * APP_HISTORY_PAUSE_MILLISECONDS;

  if (last->exhibit || next->exhibit)
    return FALSE;
  if (self->held && last->hold == self->hold)
    return TRUE;
  if (last->marker && next->marker)
    return last->keys == next->keys || ((last->keys | next->keys) & ~SLOPE_RANGE_KEYS) == 0;

  return last->keys == next->keys && soon
         && ((!self->held && last->hold == self->hold && is_number (next->keys))
             || is_second_click (self, last));
}

static char *
make_name (const Step *step)
{
  guint n_keys = 0, n_groups = 0;
  LabKey last = 0;

  if (step == NULL)
    return NULL;
  if (step->exhibit)
    return g_strdup (_("Exhibit"));

  for (LabKey key = 0; key < LAB_N_KEYS; key++)
    if (step->keys & KEY (key))
      {
        n_groups += n_keys == 0 || lab_parameter (key)->group != lab_parameter (last)->group;
        n_keys++;
        last = key;
      }

  if (n_keys == 1)
    return g_strdup (gettext (lab_parameter (last)->label));
  if (n_groups == 1)
    return g_strdup (gettext (lab_group_label (lab_parameter (last)->group)));

  /* Translators: what is undone, where it is no single parameter */
  return g_strdup (_("Several parameters"));
}

static void
steps_changed (AppHistory *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNDO_NAME]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REDO_NAME]);
}

static Step *
make_step (AppHistory *self)
{
  const LabSpec *spec = lab_draft_get_spec (self->draft);
  Step *step = g_new0 (Step, 1);

  step->exhibit = lab_spec_exhibit (self->present) != lab_spec_exhibit (spec);
  step->keys = step->exhibit ? 0 : find_changes (self->present, spec);
  step->marker = !step->exhibit && is_marker (spec, step->keys);
  step->hold = self->hold;
  step->time = g_get_monotonic_time ();
  step->spec = g_steal_pointer (&self->present);
  self->present = lab_spec_copy (spec);

  return step;
}

/* Values that came back to where the step began leave no step. */
static void
drop_if_nothing (AppHistory *self)
{
  Step *last = g_queue_peek_head (&self->undo);

  if (lab_spec_equal (last->spec, self->present))
    step_free (g_queue_pop_head (&self->undo));
}

static void
draft_changed_cb (AppHistory *self)
{
  const LabSpec *spec = lab_draft_get_spec (self->draft);
  Step *last = g_queue_peek_head (&self->undo);
  Step *next;

  if (self->moving)
    return;

  /* Setting a value that was the default already is nothing to take back. */
  if (lab_spec_equal (self->present, spec))
    {
      lab_spec_free (self->present);
      self->present = lab_spec_copy (spec);
      return;
    }

  next = make_step (self);
  if (last != NULL && self->open && belongs_to (self, last, next))
    {
      last->keys |= next->keys;
      last->marker &= next->marker;
      last->time = next->time;
      last->hold = next->hold;
      step_free (next);
    }
  else
    {
      g_queue_push_head (&self->undo, next);
      if (g_queue_get_length (&self->undo) > APP_HISTORY_DEPTH)
        step_free (g_queue_pop_tail (&self->undo));
    }

  self->open = TRUE;
  drop_if_nothing (self);
  g_queue_clear_full (&self->redo, step_free);
  steps_changed (self);
}

/* The step turns round: what was before it is now after it. */
static void
take_step (AppHistory *self, GQueue *from, GQueue *to)
{
  Step *step = g_queue_pop_head (from);
  g_autoptr (LabSpec) spec = NULL;

  if (step == NULL)
    return;

  spec = g_steal_pointer (&step->spec);
  step->spec = g_steal_pointer (&self->present);
  self->present = lab_spec_copy (spec);
  g_queue_push_head (to, step);

  self->open = FALSE;
  self->moving = TRUE;
  lab_draft_set_spec (self->draft, spec);
  self->moving = FALSE;
  steps_changed (self);
}

static void
set_held (AppHistory *self, gboolean held)
{
  if (self->held == held)
    return;

  self->held = held;
  self->hold++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HELD]);
}

static void
app_history_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppHistory *self = APP_HISTORY (object);

  switch (id)
    {
    case PROP_DRAFT:
      g_value_set_object (value, self->draft);
      break;
    case PROP_HELD:
      g_value_set_boolean (value, self->held);
      break;
    case PROP_UNDO_NAME:
      g_value_take_string (value, app_history_get_undo_name (self));
      break;
    case PROP_REDO_NAME:
      g_value_take_string (value, app_history_get_redo_name (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_history_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AppHistory *self = APP_HISTORY (object);

  switch (id)
    {
    case PROP_DRAFT:
      self->draft = g_value_dup_object (value);
      break;
    case PROP_HELD:
      set_held (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_history_constructed (GObject *object)
{
  AppHistory *self = APP_HISTORY (object);

  G_OBJECT_CLASS (app_history_parent_class)->constructed (object);

  self->present = lab_spec_copy (lab_draft_get_spec (self->draft));
  g_signal_connect_object (self->draft, "notify::spec", G_CALLBACK (draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
app_history_dispose (GObject *object)
{
  AppHistory *self = APP_HISTORY (object);

  g_queue_clear_full (&self->undo, step_free);
  g_queue_clear_full (&self->redo, step_free);
  g_clear_pointer (&self->present, lab_spec_free);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (app_history_parent_class)->dispose (object);
}

static void
app_history_class_init (AppHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = app_history_get_property;
  object_class->set_property = app_history_set_property;
  object_class->constructed = app_history_constructed;
  object_class->dispose = app_history_dispose;

  properties[PROP_DRAFT] =
    g_param_spec_object ("draft", NULL, NULL, LAB_TYPE_DRAFT,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_HELD] =
    g_param_spec_boolean ("held", NULL, NULL, FALSE, shown | G_PARAM_WRITABLE);
  properties[PROP_UNDO_NAME] = g_param_spec_string ("undo-name", NULL, NULL, NULL, shown);
  properties[PROP_REDO_NAME] = g_param_spec_string ("redo-name", NULL, NULL, NULL, shown);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
app_history_init (AppHistory *self)
{
  g_queue_init (&self->undo);
  g_queue_init (&self->redo);
}

AppHistory *
app_history_new (LabDraft *draft)
{
  return g_object_new (APP_TYPE_HISTORY, "draft", draft, NULL);
}

char *
app_history_get_undo_name (AppHistory *self)
{
  g_return_val_if_fail (APP_IS_HISTORY (self), NULL);

  return make_name (g_queue_peek_head (&self->undo));
}

char *
app_history_get_redo_name (AppHistory *self)
{
  g_return_val_if_fail (APP_IS_HISTORY (self), NULL);

  return make_name (g_queue_peek_head (&self->redo));
}

void
app_history_undo (AppHistory *self)
{
  g_return_if_fail (APP_IS_HISTORY (self));

  take_step (self, &self->undo, &self->redo);
}

void
app_history_redo (AppHistory *self)
{
  g_return_if_fail (APP_IS_HISTORY (self));

  take_step (self, &self->redo, &self->undo);
}
