#include "app-window-private.h"

#include <glib/gi18n.h>

#include "app-chooser.h"
#include "app-closures.h"
#include "app-slope-range.h"
#include "app-settings.h"
#include "app-split.h"

enum
{
  PROP_DESK = 1,
  PROP_VIEWS_SHOWN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AppWindow, app_window, ADW_TYPE_APPLICATION_WINDOW)

/* The bar under the figure stands on its side where the window is narrow. */
static GtkOrientation
bar_orientation (AppWindow *self, gboolean narrow)
{
  return narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;
}

/* The layout of what holds the verdict. Asked how wide it must be for each of many heights, as a box asks,
 * a label searches, and breaks its lines a hundred times for every new sentence. Here the answer is the
 * same for all heights. */
static GtkSizeRequestMode
verdict_mode (GtkWidget *bin)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
verdict_measure (GtkWidget *bin, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                 int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    for_size = -1;
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (bin)), orientation, for_size, minimum, natural, minimum_baseline,
                      natural_baseline);
}

static void
verdict_allocate (GtkWidget *bin, int width, int height, int baseline)
{
  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (bin)), width, height, baseline, NULL);
}

/* The sentence of an earlier curve, dimmed as that one is. */
static double
verdict_opacity (AppWindow *self, gboolean stale)
{
  return stale ? 0.4 : 1;
}

static char *
parameters_tooltip (AppWindow *self, gboolean shown)
{
  return g_strdup (shown ? _("Hide parameters") : _("Show parameters"));
}

static void
picked_cb (AppWindow *self, double x)
{
  g_object_set (self->desk, "cursor", x, NULL);
}

static void
moved_cb (AppWindow *self, const char *handle, double x, double y)
{
  app_slope_range_move (app_desk_get_draft (self->desk), handle, x, y);
}

static void
reset_cb (AppWindow *self, const char *handle)
{
  app_slope_range_reset (app_desk_get_draft (self->desk));
}

static void
refused_cb (AppWindow *self, const char *reason)
{
  g_autofree char *escaped = g_markup_escape_text (reason, -1);

  app_messages_say (self->messages, escaped);
}

static void
hovered_cb (AppWindow *self, double x)
{
  g_object_set (self->views_pane, "hovered", x, NULL);
}

static void
views_exists_cb (AppWindow *self)
{
  app_window_update_actions (self);
}

/* The share of the main view in the height. Beside grids, which are as wide as they are high, it leaves more. */
#define SHARE 0.57
#define SHARE_WITH_GRIDS 0.45

static void
views_grids_cb (AppWindow *self)
{
  gboolean grids;

  g_object_get (self->views_pane, "grids", &grids, NULL);
  app_split_suggest (self->paned, grids ? SHARE_WITH_GRIDS : SHARE);
}

static void
set_views_shown (AppWindow *self, gboolean shown)
{
  if (self->views_shown == shown)
    return;

  self->views_shown = shown;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VIEWS_SHOWN]);
}

static void
figure_changed_cb (AppWindow *self)
{
  app_window_update_actions (self);
  if (self->started != 0 && app_figure_view_get_figure (self->figure) != NULL)
    {
      g_debug ("first curve after %.0f ms", (g_get_monotonic_time () - self->started) / 1000.0);
      self->started = 0;
    }
}

static void
state_changed_cb (AppWindow *self)
{
  app_window_update_actions (self);
}


static void
app_window_map (GtkWidget *widget)
{
  AppWindow *self = APP_WINDOW (widget);

  GTK_WIDGET_CLASS (app_window_parent_class)->map (widget);
  if (self->started != 0)
    g_debug ("window mapped after %.0f ms", (g_get_monotonic_time () - self->started) / 1000.0);
}

static gboolean
destroy_cb (gpointer data)
{
  gtk_window_destroy (GTK_WINDOW (data));

  return G_SOURCE_REMOVE;
}

/* After the event that asks for it: the widget that handles the event would outlive what it is bound to. */
static gboolean
app_window_close_request (GtkWindow *window)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, destroy_cb, g_object_ref (window), g_object_unref);

  return TRUE;
}

static void
restore_size (AppWindow *self)
{
  self->settings = app_settings_new ();
  if (self->settings == NULL)
    return;

  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "views-shown", self, "views-shown", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "play-speed", self->panel, "play-speed", G_SETTINGS_BIND_DEFAULT);
}

/* What decides which actions make sense. */
static void
connect_state (AppWindow *self)
{
  AppPins *pins = app_desk_get_pins (self->desk);

  g_signal_connect_object (app_desk_get_main (self->desk), "notify::busy", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->panel, "notify::playing", G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "notify::undo-name", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "notify::redo-name", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (pins, "items-changed", G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
app_window_constructed (GObject *object)
{
  AppWindow *self = APP_WINDOW (object);
  g_autoptr (GPropertyAction) play_speed = g_property_action_new ("play-speed", self->panel, "play-speed");

  G_OBJECT_CLASS (app_window_parent_class)->constructed (object);

  self->history = app_history_new (app_desk_get_draft (self->desk));
  g_object_bind_property (self->panel, "held", self->history, "held", G_BINDING_SYNC_CREATE);
  g_object_set (self->pin_button, "pins", app_desk_get_pins (self->desk), NULL);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (play_speed));

  connect_state (self);
  app_window_update_actions (self);
}

static void
app_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppWindow *self = APP_WINDOW (object);

  switch (id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;
    case PROP_VIEWS_SHOWN:
      g_value_set_boolean (value, self->views_shown);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AppWindow *self = APP_WINDOW (object);

  switch (id)
    {
    case PROP_DESK:
      self->desk = g_value_dup_object (value);
      break;
    case PROP_VIEWS_SHOWN:
      set_views_shown (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_window_dispose (GObject *object)
{
  AppWindow *self = APP_WINDOW (object);

  /* The action holds a reference to the panel. */
  g_action_map_remove_action (G_ACTION_MAP (self), "play-speed");
  g_clear_object (&self->messages);
  gtk_widget_dispose_template (GTK_WIDGET (self), APP_TYPE_WINDOW);
  g_clear_object (&self->history);
  g_clear_object (&self->desk);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (app_window_parent_class)->dispose (object);
}

static void
app_window_class_init (AppWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = app_window_constructed;
  object_class->get_property = app_window_get_property;
  object_class->set_property = app_window_set_property;
  object_class->dispose = app_window_dispose;
  widget_class->map = app_window_map;
  GTK_WINDOW_CLASS (klass)->close_request = app_window_close_request;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, APP_TYPE_DESK,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_VIEWS_SHOWN] =
    g_param_spec_boolean ("views-shown", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (APP_TYPE_CHOOSER);
  g_type_ensure (APP_TYPE_FIGURE_VIEW);
  g_type_ensure (APP_TYPE_VIEWS_PANE);
  g_type_ensure (APP_TYPE_PANEL);
  g_type_ensure (APP_TYPE_PIN_BUTTON);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tangentlab/TangentLab/ui/app-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AppWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, panel);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, figure);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, pin_button);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, paned);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, verdict_bin);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, views_pane);
  gtk_widget_class_bind_template_callback (widget_class, bar_orientation);
  gtk_widget_class_bind_template_callback (widget_class, verdict_opacity);
  gtk_widget_class_bind_template_callback (widget_class, app_is_text);
  gtk_widget_class_bind_template_callback (widget_class, app_is_no_text);
  gtk_widget_class_bind_template_callback (widget_class, app_both);
  gtk_widget_class_bind_template_callback (widget_class, app_either);
  gtk_widget_class_bind_template_callback (widget_class, hovered_cb);
  gtk_widget_class_bind_template_callback (widget_class, views_exists_cb);
  gtk_widget_class_bind_template_callback (widget_class, views_grids_cb);
  gtk_widget_class_bind_template_callback (widget_class, parameters_tooltip);
  gtk_widget_class_bind_template_callback (widget_class, picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_cb);
  gtk_widget_class_bind_template_callback (widget_class, refused_cb);
  gtk_widget_class_bind_template_callback (widget_class, figure_changed_cb);
  app_window_install_actions (widget_class);
}

/* The sentences below the figures. */
static int
find_floor (gpointer data)
{
  AppWindow *self = data;
  GtkWidget *words = app_views_pane_get_words (self->views_pane);
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (words))
    words = gtk_widget_get_parent (self->verdict_bin);
  if (!gtk_widget_get_mapped (words)
      || !gtk_widget_compute_bounds (words, GTK_WIDGET (self->toasts), &bounds))
    return 0;
  return MAX (0, gtk_widget_get_height (GTK_WIDGET (self->toasts)) - (int) bounds.origin.y);
}

static void
app_window_init (AppWindow *self)
{
  self->started = g_get_monotonic_time ();
  self->views_shown = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->messages = app_messages_new (self->toasts, find_floor, self);
  gtk_widget_set_layout_manager (self->verdict_bin,
                                 gtk_custom_layout_new (verdict_mode, verdict_measure, verdict_allocate));
  app_name_menu_button (self->menu_button, _("Main menu"));
  app_split_keep (self->paned, "views-rows", SHARE);
  restore_size (self);
}

AppWindow *
app_window_new (GtkApplication *application, const LabSpec *spec)
{
  g_autoptr (LabSpec) main_view = lab_spec_copy (spec);
  g_autoptr (LabDraft) draft = NULL;
  g_autoptr (AppDesk) desk = NULL;

  /* A file may be of another figure of the exhibit: the window shows them all, the main one on top. */
  lab_spec_unset (main_view, LAB_VIEW);
  draft = lab_draft_new (main_view);
  desk = app_desk_new (draft);

  return g_object_new (APP_TYPE_WINDOW, "application", application, "desk", desk, NULL);
}

AppWindow *
app_window_new_drawn (GtkApplication *application, const LabSpec *spec, const PlotScale *const *scales)
{
  AppWindow *self = app_window_new (application, spec);

  /* A file of another view is not about the axes of the main one. */
  if (!lab_spec_is_set (spec, LAB_VIEW))
    app_figure_view_choose_scales (self->figure, scales);
  return self;
}
