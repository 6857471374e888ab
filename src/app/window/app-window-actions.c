#include "app-window-private.h"

#include <glib/gi18n.h>

#include "app-export-dialog.h"
#include "app-slope-range.h"

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppWindow *self = APP_WINDOW (widget);
  AppView *view;
  AppFigureView *linked = app_views_pane_get_focus (self->views_pane, &view);
  g_autoptr (GdkTexture) picture =
    app_figure_view_make_picture (linked != NULL ? linked : self->figure);

  if (picture == NULL)
    return;

  gdk_clipboard_set_texture (gtk_widget_get_clipboard (widget), picture);
  app_messages_say (self->messages, _("Figure copied"));
}

static void
saved_cb (AppWindow *self, const char *file_name)
{
  g_autofree char *escaped = g_markup_escape_text (file_name, -1);
  /* Translators: %s is a file name */
  g_autofree char *text = g_strdup_printf (_("Saved “%s”"), escaped);

  app_messages_say (self->messages, text);
}

/* What Export is about, the linked figure that has the focus or else the main one, what is seen of it, and
 * what a file of it is called. NULL before there is one. */
static PlotFigure *
take_figure (AppWindow *self, const char *exhibit, PlotLimits *seen, char **name)
{
  AppView *view = app_desk_get_main (self->desk);
  AppFigureView *linked = app_views_pane_get_focus (self->views_pane, &view);

  if (!app_figure_view_get_view (linked != NULL ? linked : self->figure, seen))
    return NULL;

  *name = linked != NULL ? g_strconcat (exhibit, "-", app_view_get_row (view)->id, NULL) : g_strdup (exhibit);
  return app_view_make_figure (view);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppWindow *self = APP_WINDOW (widget);
  const LabSpec *spec = lab_draft_get_spec (app_desk_get_draft (self->desk));
  g_autoptr (PlotFigure) figure = NULL;
  g_autofree char *base_name = NULL;
  GtkWindow *dialog;
  PlotLimits view;

  figure = take_figure (self, lab_spec_exhibit (spec)->id, &view, &base_name);
  if (figure == NULL)
    return;

  dialog = app_export_dialog_new (figure, &view, base_name);
  gtk_window_set_transient_for (dialog, GTK_WINDOW (self));
  g_signal_connect_object (dialog, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
reset_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabDraft *draft = app_desk_get_draft (APP_WINDOW (widget)->desk);
  g_autoptr (LabSpec) spec = lab_spec_new (lab_spec_exhibit (lab_draft_get_spec (draft)));

  lab_draft_set_spec (draft, spec);
}

static void
show_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppWindow *self = APP_WINDOW (widget);
  g_autoptr (GError) error = NULL;
  g_autoptr (LabSpec) spec = lab_spec_new_named (g_variant_get_string (parameter, NULL), &error);

  if (spec == NULL)
    {
      app_messages_say (self->messages, error->message);
      return;
    }

  lab_draft_set_spec (app_desk_get_draft (self->desk), spec);
}

static void
reset_slope_range_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  app_slope_range_reset (app_desk_get_draft (APP_WINDOW (widget)->desk));
}

/* What plays is stopped first: where it stops there is a curve to be computed. */
static void
stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppWindow *self = APP_WINDOW (widget);
  gboolean playing;

  g_object_get (self->panel, "playing", &playing, NULL);
  if (playing)
    app_panel_stop_playing (self->panel);
  else
    app_desk_stop (self->desk);
}

static void
parameters_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppWindow *self = APP_WINDOW (widget);

  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_reveal_flap (self->flap));
}

void
app_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "win.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "win.reset", NULL, reset_action);
  gtk_widget_class_install_action (widget_class, "win.show", "s", show_action);
  gtk_widget_class_install_action (widget_class, "win.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "win.reset-slope-range", NULL, reset_slope_range_action);
  gtk_widget_class_install_action (widget_class, "win.parameters", NULL, parameters_action);
  app_window_install_history_actions (widget_class);
  app_window_install_pin_actions (widget_class);
  gtk_widget_class_install_property_action (widget_class, "win.views", "views-shown");

  /* Bindings rather than accelerators: an entry copies its own selection, and Escape restores
   * its value, before the window hears of it. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "win.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.stop", NULL);
}

void
app_window_update_actions (AppWindow *self)
{
  gboolean figure = self->figure != NULL && app_figure_view_get_figure (self->figure) != NULL;
  gboolean busy = FALSE, playing = FALSE, narrowed = FALSE, views = FALSE;

  if (self->desk != NULL)
    {
      g_object_get (app_desk_get_main (self->desk), "busy", &busy, NULL);
      narrowed = app_slope_range_is_set (lab_draft_get_spec (app_desk_get_draft (self->desk)));
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.reset-slope-range", narrowed);
  if (self->views_pane != NULL)
    g_object_get (self->views_pane, "exists", &views, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.views", views);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.copy", figure);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.export", figure);
  if (self->panel != NULL)
    g_object_get (self->panel, "playing", &playing, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.stop", busy || playing);
  app_window_update_history_actions (self);
  app_window_update_pin_actions (self);
}
