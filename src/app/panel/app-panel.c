#include "app-panel-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app-choice-row.h"
#include "app-initialization-row.h"
#include "app-parameter-row.h"
#include "app-series-row.h"
#include "app-text.h"

/* Height that is left to the scrolled rows at least; in shorter panels everything scrolls. */
#define LEAST_SCROLLED 180

enum
{
  PROP_DRAFT = 1,
  PROP_HELD,
  PROP_BLAMED,
  PROP_MESSAGE,
  PROP_PLAYING,
  PROP_PLAY_SPEED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AppPanel, app_panel, GTK_TYPE_WIDGET)

/* What a lecture turns to all the time. */
static gboolean
is_main (LabKey key)
{
  return key == LAB_MODEL || key == LAB_WIDTH || key == LAB_DEPTH || key == LAB_NOISE
         || key == LAB_INIT_SCALE || key == LAB_KERNEL || key == LAB_LENGTH_SCALE;
}

/* Rows that mean nothing for the present choice are hidden. */
static gboolean
spec_to_visible (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  const LabSpec *spec = g_value_get_boxed (from);

  g_value_set_boolean (to, lab_spec_matters (spec, GPOINTER_TO_UINT (data)));
  return TRUE;
}

static gboolean
spec_to_can_show (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_set_boolean (to, lab_spec_can_show (g_value_get_boxed (from), data));
  return TRUE;
}

static void
show_while_it_matters (AppPanel *self, GtkWidget *row, LabKey key)
{
  g_object_bind_property_full (self->draft, "spec", row, "visible", G_BINDING_SYNC_CREATE,
                               spec_to_visible, NULL, GUINT_TO_POINTER (key), NULL);
}

static GtkWidget *
make_row (AppPanel *self, LabKey key)
{
  GtkWidget *row;

  if (lab_parameter (key)->type == LAB_TYPE_CHOICE)
    {
      row = app_choice_row_new (self->draft, key);
    }
  else
    {
      row = app_parameter_row_new (self->draft, key);
      g_signal_connect_object (row, "notify::held", G_CALLBACK (app_panel_row_held_cb), self, G_CONNECT_SWAPPED);
      if (is_main (key))
        {
          g_autofree char *mnemonic = app_text_add_mnemonic (gettext (lab_parameter (key)->label),
                                                             lab_parameter (key)->key, self->mnemonics);

          app_parameter_row_set_mnemonic (APP_PARAMETER_ROW (row), mnemonic);
        }
    }

  show_while_it_matters (self, row, key);
  self->rows[key] = row;

  return row;
}

static const char *
group_title (LabGroup group)
{
  /* The heading "Network" is taken by the rows in sight. */
  return group == LAB_GROUP_NETWORK ? _("Activation and Variances") : gettext (lab_group_label (group));
}

static AdwPreferencesGroup *
make_group (GtkBox *parent, const char *title)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  gtk_box_append (parent, GTK_WIDGET (group));

  return group;
}

static void
add_initialization (AppPanel *self, AdwPreferencesGroup *group)
{
  AppParameterRow *scale = APP_PARAMETER_ROW (self->rows[LAB_INIT_SCALE]);
  GtkWidget *row = app_initialization_row_new (self->draft);

  app_parameter_row_add_mark (scale, (LabValue) { .real = 0 });
  app_parameter_row_add_mark (scale, (LabValue) { .real = 1 });
  show_while_it_matters (self, row, LAB_INIT_SCALE);
  adw_preferences_group_add (group, row);
}

static void
fill_main_group (AppPanel *self)
{
  AdwPreferencesGroup *group = make_group (self->fixed, gettext (lab_group_label (LAB_GROUP_NETWORK)));

  for (const LabKey *key = self->exhibit->keys; *key != LAB_N_KEYS; key++)
    {
      if (!is_main (*key))
        continue;

      adw_preferences_group_add (group, make_row (self, *key));
      if (*key == LAB_INIT_SCALE)
        add_initialization (self, group);
    }
}

static void
fill_series (AppPanel *self, AdwPreferencesGroup *group)
{
  for (guint i = 0; self->exhibit->views->series[i].id != NULL; i++)
    {
      GtkWidget *row = app_series_row_new (self->draft, i);

      g_object_bind_property_full (self->draft, "spec", row, "visible", G_BINDING_SYNC_CREATE,
                                   spec_to_can_show, NULL, (gpointer) self->exhibit->views->series[i].id, NULL);
      adw_preferences_group_add (group, row);
    }
}

/* A group whose rows are all hidden has no heading. */
static gboolean
spec_to_any_visible (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  const LabSpec *spec = g_value_get_boxed (from);
  gboolean any = FALSE;

  for (const LabKey *key = lab_spec_exhibit (spec)->keys; *key != LAB_N_KEYS; key++)
    any |= lab_parameter (*key)->group == GPOINTER_TO_UINT (data) && !is_main (*key)
           && lab_spec_matters (spec, *key);
  g_value_set_boolean (to, any);
  return TRUE;
}

static void
fill_groups (AppPanel *self)
{
  AdwPreferencesGroup *groups[LAB_N_GROUPS] = { NULL };

  for (const LabKey *key = self->exhibit->keys; *key != LAB_N_KEYS; key++)
    {
      LabGroup group = lab_parameter (*key)->group;

      if (is_main (*key) || lab_parameter (*key)->type == LAB_TYPE_VIEW)
        continue;

      if (groups[group] == NULL)
        {
          groups[group] = make_group (self->groups, group_title (group));
          g_object_bind_property_full (self->draft, "spec", groups[group], "visible",
                                       G_BINDING_SYNC_CREATE, spec_to_any_visible, NULL,
                                       GUINT_TO_POINTER (group), NULL);
        }
      if (lab_parameter (*key)->type == LAB_TYPE_SET)
        fill_series (self, groups[group]);
      else
        adw_preferences_group_add (groups[group], make_row (self, *key));
    }
}

static void
empty_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
clear_rows (AppPanel *self)
{
  self->dragged = LAB_N_KEYS;
  app_panel_update_held (self);
  memset (self->rows, 0, sizeof self->rows);
  g_string_truncate (self->mnemonics, 0);
  empty_box (self->fixed);
  empty_box (self->groups);
}

static void
draft_changed_cb (AppPanel *self)
{
  const LabExhibit *exhibit = NULL;

  if (self->draft != NULL)
    exhibit = lab_spec_exhibit (lab_draft_get_spec (self->draft));
  if (exhibit == self->exhibit)
    return;

  self->exhibit = exhibit;
  clear_rows (self);
  if (exhibit == NULL)
    return;

  fill_main_group (self);
  fill_groups (self);
}

static void
set_draft (AppPanel *self, LabDraft *draft)
{
  if (self->draft == draft)
    return;

  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_func (self->draft, draft_changed_cb, self);
  self->exhibit = NULL;
  app_panel_drop_player (self);
  g_set_object (&self->draft, draft);
  if (draft != NULL)
    {
      app_panel_make_player (self);
      g_signal_connect_object (draft, "notify::spec", G_CALLBACK (draft_changed_cb), self, G_CONNECT_SWAPPED);
    }
  draft_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DRAFT]);
}

static void
show_blame (AppPanel *self, LabKey key, const char *message)
{
  if (key < LAB_N_KEYS && self->rows[key] != NULL)
    g_object_set (self->rows[key], "blame", message, NULL);
}

static void
set_blamed (AppPanel *self, LabKey blamed)
{
  if (self->blamed == blamed)
    return;

  show_blame (self, self->blamed, NULL);
  self->blamed = blamed;
  show_blame (self, self->blamed, self->message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BLAMED]);
}

static void
set_message (AppPanel *self, const char *message)
{
  if (g_strcmp0 (self->message, message) == 0)
    return;

  g_free (self->message);
  self->message = g_strdup (message);
  show_blame (self, self->blamed, self->message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
}

static gboolean
compact_cb (gpointer data)
{
  AppPanel *self = data;

  self->compact_id = 0;
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER,
                                  self->compact ? GTK_POLICY_NEVER : GTK_POLICY_AUTOMATIC);

  return G_SOURCE_REMOVE;
}

/* Where the rows in sight would leave no room for the others, the inner scroller takes its full
 * height and the outer one scrolls everything. */
static void
app_panel_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AppPanel *self = APP_PANEL (widget);
  gboolean compact;
  int natural;

  gtk_widget_measure (GTK_WIDGET (self->fixed), GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  compact = height < natural + LEAST_SCROLLED;
  if (compact != self->compact)
    {
      self->compact = compact;
      if (self->compact_id == 0)
        self->compact_id = g_idle_add_full (GTK_PRIORITY_RESIZE - 1, compact_cb, self, NULL);
    }

  gtk_widget_allocate (self->outer, width, height, baseline, NULL);
}

static void
app_panel_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                   int *natural, int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (APP_PANEL (widget)->outer, orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static GtkSizeRequestMode
app_panel_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
app_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppPanel *self = APP_PANEL (object);

  switch (id)
    {
    case PROP_DRAFT:
      g_value_set_object (value, self->draft);
      break;
    case PROP_HELD:
      g_value_set_boolean (value, self->held);
      break;
    case PROP_BLAMED:
      g_value_set_uint (value, self->blamed);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_PLAYING:
      g_value_set_boolean (value, app_panel_is_playing (self));
      break;
    case PROP_PLAY_SPEED:
      g_value_set_string (value, self->play_speed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_panel_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AppPanel *self = APP_PANEL (object);

  switch (id)
    {
    case PROP_DRAFT:
      set_draft (self, g_value_get_object (value));
      break;
    case PROP_BLAMED:
      set_blamed (self, g_value_get_uint (value));
      break;
    case PROP_MESSAGE:
      set_message (self, g_value_get_string (value));
      break;
    case PROP_PLAY_SPEED:
      app_panel_set_play_speed (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_panel_dispose (GObject *object)
{
  AppPanel *self = APP_PANEL (object);

  g_clear_handle_id (&self->compact_id, g_source_remove);
  app_panel_drop_player (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), APP_TYPE_PANEL);
  g_clear_object (&self->draft);
  if (self->mnemonics != NULL)
    g_string_free (g_steal_pointer (&self->mnemonics), TRUE);
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->play_speed, g_free);

  G_OBJECT_CLASS (app_panel_parent_class)->dispose (object);
}

static void
app_panel_class_init (AppPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags both = shown | G_PARAM_WRITABLE;

  object_class->get_property = app_panel_get_property;
  object_class->set_property = app_panel_set_property;
  object_class->dispose = app_panel_dispose;
  widget_class->size_allocate = app_panel_size_allocate;
  widget_class->measure = app_panel_measure;
  widget_class->get_request_mode = app_panel_get_request_mode;

  properties[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, LAB_TYPE_DRAFT, both);
  properties[PROP_HELD] = g_param_spec_boolean ("held", NULL, NULL, FALSE, shown);
  properties[PROP_BLAMED] = g_param_spec_uint ("blamed", NULL, NULL, 0, LAB_N_KEYS, LAB_N_KEYS, both);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, both);
  properties[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, shown);
  properties[PROP_PLAY_SPEED] = g_param_spec_string ("play-speed", NULL, NULL, "normal", both);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  app_panel_install_play (widget_class);
  gtk_widget_class_set_css_name (widget_class, "parameter-panel");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tangentlab/TangentLab/ui/app-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, AppPanel, outer);
  gtk_widget_class_bind_template_child (widget_class, AppPanel, groups);
  gtk_widget_class_bind_template_child (widget_class, AppPanel, scroller);
  gtk_widget_class_bind_template_child (widget_class, AppPanel, fixed);
}

static void
app_panel_init (AppPanel *self)
{
  self->blamed = LAB_N_KEYS;
  self->used = self->dragged = LAB_N_KEYS;
  self->play_speed = g_strdup ("normal");
  self->mnemonics = g_string_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
app_panel_get_row (AppPanel *self, LabKey key)
{
  g_return_val_if_fail (APP_IS_PANEL (self), NULL);
  g_return_val_if_fail (key < LAB_N_KEYS, NULL);

  return self->rows[key];
}
