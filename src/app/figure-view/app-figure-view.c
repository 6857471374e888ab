#include "app-figure-view-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "app-text.h"
#include "app-theme.h"

/* From the edges to the button that frames everything. */
#define FRAME_MARGIN 6

enum
{
  PROP_FIGURE = 1,
  PROP_DARK,
  PROP_HIGH_CONTRAST,
  PROP_DIMMED,
  PROP_HELD,
  PROP_CURSOR,
  PROP_LINKED,
  PROP_READOUT,
  PROP_AXIS_NAME,
  PROP_MENU_MODEL,
  PROP_LOG_X,
  PROP_LOG_Y,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AppFigureView, app_figure_view, GTK_TYPE_WIDGET)

static void
invalidate (AppFigureView *self)
{
  self->hover = (PlotHit) { .series = -1 };
  app_figure_view_lay_out_anew (self);
}

static void
describe (AppFigureView *self)
{
  g_autofree char *title = NULL;
  g_autofree char *description = NULL;

  if (self->figure != NULL)
    {
      g_autofree char *range = app_figure_view_describe_range (self);

      title = app_text_from_markup (plot_figure_get_title (self->figure));
      description = g_strjoin (range != NULL ? " " : NULL, plot_figure_get_description (self->figure),
                               range, NULL);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title != NULL ? title : _("Figure"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description != NULL ? description : "",
                                  -1);
}

/* Whoever is zoomed in sees it, and the way back; the focus stays in the figure. */
static void
update_frame_button (AppFigureView *self)
{
  gboolean zoomed = self->figure != NULL && !self->range.framed;

  if (!zoomed && gtk_widget_has_focus (self->frame_button))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_set_visible (self->frame_button, zoomed);
}

void
app_figure_view_changed (AppFigureView *self)
{
  describe (self);
  update_frame_button (self);
  invalidate (self);
  app_figure_view_update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOG_X]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOG_Y]);
}

static void
set_figure (AppFigureView *self, PlotFigure *figure)
{
  g_autoptr (PlotFigure) before = NULL;

  if (self->figure == figure)
    return;

  before = g_steal_pointer (&self->figure);
  g_hash_table_remove_all (self->marks);
  if (figure != NULL)
    {
      self->figure = plot_figure_ref (figure);
      app_figure_view_adopt (self, before);
    }
  app_figure_view_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FIGURE]);
}

static void
set_held (AppFigureView *self, gboolean held)
{
  if (self->held == held)
    return;

  self->held = held;
  if (!held && self->figure != NULL)
    {
      app_figure_view_reframe (self, FALSE);
      invalidate (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HELD]);
}

static void
set_boolean (AppFigureView *self, int id, gboolean *slot, gboolean value)
{
  if (*slot == value)
    return;

  *slot = value;
  invalidate (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
set_double (AppFigureView *self, int id, double *slot, double value)
{
  if (*slot == value || (isnan (*slot) && isnan (value)))
    return;

  *slot = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
set_string (AppFigureView *self, int id, char **slot, const char *value)
{
  if (g_strcmp0 (*slot, value) == 0)
    return;

  g_free (*slot);
  *slot = g_strdup (value);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
set_readout (AppFigureView *self, const AppReadout *readout)
{
  if (app_readout_equal (self->readout, readout))
    return;

  g_clear_pointer (&self->readout, app_readout_free);
  self->readout = readout != NULL ? app_readout_copy (readout) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READOUT]);
}

static void
app_figure_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 170 : 100;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 520 : 400;
}

static void
app_figure_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AppFigureView *self = APP_FIGURE_VIEW (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkRequisition size;

  /* Beside the title. */
  gtk_widget_get_preferred_size (self->frame_button, &size, NULL);
  gtk_widget_size_allocate (self->frame_button,
                            &(GtkAllocation) { mirrored ? FRAME_MARGIN : width - size.width - FRAME_MARGIN,
                                               FRAME_MARGIN, size.width, size.height },
                            -1);
  gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
app_figure_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppFigureView *self = APP_FIGURE_VIEW (object);

  switch (id)
    {
    case PROP_FIGURE:
      g_value_set_boxed (value, self->figure);
      break;
    case PROP_DARK:
      g_value_set_boolean (value, self->dark);
      break;
    case PROP_HIGH_CONTRAST:
      g_value_set_boolean (value, self->high_contrast);
      break;
    case PROP_DIMMED:
      g_value_set_boolean (value, self->dimmed);
      break;
    case PROP_HELD:
      g_value_set_boolean (value, self->held);
      break;
    case PROP_CURSOR:
      g_value_set_double (value, self->cursor);
      break;
    case PROP_LINKED:
      g_value_set_double (value, self->linked);
      break;
    case PROP_READOUT:
      g_value_set_boxed (value, self->readout);
      break;
    case PROP_AXIS_NAME:
      g_value_set_string (value, self->axis_name);
      break;
    case PROP_MENU_MODEL:
      g_value_set_object (value, self->extra);
      break;
    case PROP_LOG_X:
      g_value_set_boolean (value, app_figure_view_is_log (self, PLOT_X));
      break;
    case PROP_LOG_Y:
      g_value_set_boolean (value, app_figure_view_is_log (self, PLOT_Y));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_figure_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AppFigureView *self = APP_FIGURE_VIEW (object);

  switch (id)
    {
    case PROP_FIGURE:
      set_figure (self, g_value_get_boxed (value));
      break;
    case PROP_DARK:
      set_boolean (self, id, &self->dark, g_value_get_boolean (value));
      break;
    case PROP_HIGH_CONTRAST:
      set_boolean (self, id, &self->high_contrast, g_value_get_boolean (value));
      break;
    case PROP_DIMMED:
      set_boolean (self, id, &self->dimmed, g_value_get_boolean (value));
      break;
    case PROP_HELD:
      set_held (self, g_value_get_boolean (value));
      break;
    case PROP_CURSOR:
      set_double (self, id, &self->cursor, g_value_get_double (value));
      break;
    case PROP_LINKED:
      set_double (self, id, &self->linked, g_value_get_double (value));
      break;
    case PROP_READOUT:
      set_readout (self, g_value_get_boxed (value));
      break;
    case PROP_AXIS_NAME:
      set_string (self, id, &self->axis_name, g_value_get_string (value));
      break;
    case PROP_MENU_MODEL:
      app_figure_view_set_menu_model (self, g_value_get_object (value));
      break;
    case PROP_LOG_X:
      app_figure_view_set_log (self, PLOT_X, g_value_get_boolean (value));
      break;
    case PROP_LOG_Y:
      app_figure_view_set_log (self, PLOT_Y, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_figure_view_dispose (GObject *object)
{
  AppFigureView *self = APP_FIGURE_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), APP_TYPE_FIGURE_VIEW);
  g_clear_pointer (&self->figure, plot_figure_unref);
  g_clear_pointer (&self->picture, gsk_render_node_unref);
  g_clear_pointer (&self->layout, plot_layout_free);
  g_clear_pointer (&self->readout, app_readout_free);
  g_clear_pointer (&self->axis_name, g_free);
  g_clear_pointer (&self->grabbed, g_free);
  g_clear_pointer (&self->cell_words, g_free);
  g_clear_object (&self->extra);
  g_clear_object (&self->curve_actions);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_pointer (&self->past, g_array_unref);
  g_clear_pointer (&self->hidden, g_hash_table_unref);
  g_clear_pointer (&self->marks, g_hash_table_unref);

  G_OBJECT_CLASS (app_figure_view_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags number = flags | G_PARAM_LAX_VALIDATION; /* NaN too */

  properties[PROP_FIGURE] = g_param_spec_boxed ("figure", NULL, NULL, APP_TYPE_FIGURE, flags);
  properties[PROP_DARK] = g_param_spec_boolean ("dark", NULL, NULL, FALSE, flags);
  properties[PROP_HIGH_CONTRAST] =
    g_param_spec_boolean ("high-contrast", NULL, NULL, FALSE, flags);
  properties[PROP_DIMMED] = g_param_spec_boolean ("dimmed", NULL, NULL, FALSE, flags);
  properties[PROP_HELD] = g_param_spec_boolean ("held", NULL, NULL, FALSE, flags);
  properties[PROP_CURSOR] =
    g_param_spec_double ("cursor", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, number);
  properties[PROP_LINKED] =
    g_param_spec_double ("linked", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, number);
  properties[PROP_READOUT] = g_param_spec_boxed ("readout", NULL, NULL, APP_TYPE_READOUT, flags);
  properties[PROP_AXIS_NAME] = g_param_spec_string ("axis-name", NULL, NULL, NULL, flags);
  properties[PROP_MENU_MODEL] =
    g_param_spec_object ("menu-model", NULL, NULL, G_TYPE_MENU_MODEL, flags);
  properties[PROP_LOG_X] = g_param_spec_boolean ("log-x", NULL, NULL, FALSE, flags);
  properties[PROP_LOG_Y] = g_param_spec_boolean ("log-y", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
app_figure_view_class_init (AppFigureViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = app_figure_view_get_property;
  object_class->set_property = app_figure_view_set_property;
  object_class->dispose = app_figure_view_dispose;
  widget_class->snapshot = app_figure_view_snapshot;
  widget_class->measure = app_figure_view_measure;
  widget_class->size_allocate = app_figure_view_size_allocate;
  install_properties (object_class);

  gtk_widget_class_set_css_name (widget_class, "figure");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/tangentlab/TangentLab/ui/app-figure-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AppFigureView, frame_button);
  gtk_widget_class_bind_template_child (widget_class, AppFigureView, menu);
  gtk_widget_class_bind_template_child (widget_class, AppFigureView, sections);
  gtk_widget_class_bind_template_child (widget_class, AppFigureView, curves);
  app_figure_view_install_input (widget_class);
  app_figure_view_install_drag (widget_class);
  app_figure_view_install_keys (widget_class);
}

static void
app_figure_view_init (AppFigureView *self)
{
  self->cursor = NAN;
  self->linked = NAN;
  self->hovered = NAN;
  self->moved_x = self->moved_y = NAN;
  self->hover.series = -1;
  self->handle = self->pressed = -1;
  self->range.framed = TRUE;
  self->past = g_array_new (FALSE, FALSE, sizeof (AppFigureRange));
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->curve_actions = g_simple_action_group_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "curves", G_ACTION_GROUP (self->curve_actions));
  app_figure_view_set_menu_model (self, NULL);
  app_figure_view_changed (self);

  g_object_bind_property (adw_style_manager_get_default (), "dark", self, "dark", G_BINDING_SYNC_CREATE);
  g_object_bind_property (adw_style_manager_get_default (), "high-contrast", self, "high-contrast",
                          G_BINDING_SYNC_CREATE);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (invalidate), NULL);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi",
                           G_CALLBACK (invalidate), self, G_CONNECT_SWAPPED);
}

PlotFigure *
app_figure_view_get_figure (AppFigureView *self)
{
  g_return_val_if_fail (APP_IS_FIGURE_VIEW (self), NULL);

  return self->figure;
}

GdkTexture *
app_figure_view_make_picture (AppFigureView *self)
{
  g_autoptr (PlotLayout) layout = NULL;
  PlotLimits view;

  g_return_val_if_fail (APP_IS_FIGURE_VIEW (self), NULL);

  if (self->figure == NULL)
    return NULL;

  view = app_figure_view_get_screen_view (self);
  view.dimmed = FALSE;
  view.handles = FALSE;

  layout = plot_layout_new (self->figure, app_figure_view_get_theme (self), &view,
                            MAX (gtk_widget_get_width (GTK_WIDGET (self)), 300),
                            MAX (gtk_widget_get_height (GTK_WIDGET (self)), 200));

  return app_figure_texture (app_figure_draw (layout, 2));
}

gboolean
app_figure_view_get_view (AppFigureView *self, PlotLimits *view)
{
  g_return_val_if_fail (APP_IS_FIGURE_VIEW (self), FALSE);

  if (self->figure == NULL)
    return FALSE;

  *view = self->range.view;
  return TRUE;
}
