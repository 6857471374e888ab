/* A figure as it is drawn: a cached picture, and what moves above it. */

#include "app-figure-view-private.h"

#include <math.h>

#include "app-theme.h"

const PlotTheme *
app_figure_view_get_theme (AppFigureView *self)
{
  return app_theme_find (self->dark, self->high_contrast);
}

/* Type on screen follows the user's text size. */
static double
get_type_scale (AppFigureView *self)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);

  return dpi > 0 ? dpi / (96.0 * 1024) : 1;
}

PlotLimits
app_figure_view_get_screen_view (AppFigureView *self)
{
  PlotLimits view = self->range.view;

  view.type_scale = get_type_scale (self);
  view.dimmed = self->dimmed;
  view.handles = TRUE;

  return view;
}

void
app_figure_view_lay_out_anew (AppFigureView *self)
{
  g_clear_pointer (&self->picture, gsk_render_node_unref);
  self->outdated = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The pointer is over the legend, where the next click may be about the next entry. */
static gboolean
is_at_legend (AppFigureView *self)
{
  return self->layout != NULL && !isnan (self->moved_x)
         && plot_layout_legend_hit (self->layout, self->moved_x, self->moved_y) >= 0;
}

void
app_figure_view_release_legend (AppFigureView *self)
{
  if (!self->legend_held || is_at_legend (self))
    return;

  self->legend_held = FALSE;
  app_figure_view_lay_out_anew (self);
}

const PlotLayout *
app_figure_view_get_layout (AppFigureView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  PlotLimits view = app_figure_view_get_screen_view (self);
  PlotLayout *layout;

  if (self->figure == NULL || width <= 0 || height <= 0)
    return NULL;
  if (!self->outdated && self->layout != NULL && self->layout->width == width
      && self->layout->height == height)
    return self->layout;

  g_clear_pointer (&self->picture, gsk_render_node_unref);
  /* What moves is the curves, not the words. */
  self->legend_held = is_at_legend (self);
  if (self->held || self->legend_held || app_figure_view_is_moving (self))
    view.like = self->layout;
  layout = plot_layout_new (self->figure, app_figure_view_get_theme (self), &view, width, height);
  g_clear_pointer (&self->layout, plot_layout_free);
  self->layout = layout;
  self->outdated = FALSE;

  return self->layout;
}

/* For a renderer that draws with cairo itself a texture would be converted at every frame. */
static GskRenderNode *
new_cairo_node (cairo_surface_t *picture, const graphene_rect_t *bounds)
{
  GskRenderNode *node = gsk_cairo_node_new (bounds);
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);

  cairo_set_source_surface (cr, picture, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (picture);

  return node;
}

static GskRenderNode *
new_texture_node (cairo_surface_t *picture, const graphene_rect_t *bounds)
{
  g_autoptr (GdkTexture) texture = app_figure_texture (picture);

  return gsk_texture_node_new (texture, bounds);
}

static void
ensure_picture (AppFigureView *self, const graphene_rect_t *bounds)
{
  const PlotLayout *layout = app_figure_view_get_layout (self);
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (GTK_WIDGET (self)));
  cairo_surface_t *surface;

  if (self->picture != NULL)
    return;

  surface = app_figure_draw (layout, gtk_widget_get_scale_factor (GTK_WIDGET (self)));
  self->picture = GSK_IS_CAIRO_RENDERER (renderer) ? new_cairo_node (surface, bounds)
                                                   : new_texture_node (surface, bounds);
}

static gboolean
has_overlay (AppFigureView *self)
{
  return !isnan (self->cursor) || !isnan (self->linked) || self->hover.series >= 0
         || self->hover.image != NULL || self->drag == APP_DRAG_BOX || g_hash_table_size (self->marks) > 0;
}

void
app_figure_view_mark_cells (AppFigureView *self, const char *id, GBytes *marked)
{
  GBytes *before;

  g_return_if_fail (APP_IS_FIGURE_VIEW (self) && id != NULL);

  before = g_hash_table_lookup (self->marks, id);
  if (before == marked || (before != NULL && marked != NULL && g_bytes_equal (before, marked)))
    return;

  if (marked != NULL)
    g_hash_table_insert (self->marks, g_strdup (id), g_bytes_ref (marked));
  else
    g_hash_table_remove (self->marks, id);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
draw_marks (AppFigureView *self, cairo_t *cr)
{
  GHashTableIter iter;
  gpointer id, marked;

  g_hash_table_iter_init (&iter, self->marks);
  while (g_hash_table_iter_next (&iter, &id, &marked))
    plot_render_cells (self->layout, app_figure_view_get_theme (self), id, g_bytes_get_data (marked, NULL),
                       gtk_widget_get_scale_factor (GTK_WIDGET (self)), cr);
}

static void
draw_overlay (AppFigureView *self, cairo_t *cr)
{
  AppOverlay overlay = { self->figure, app_figure_view_get_theme (self), self->layout };

  draw_marks (self, cr);
  if (!isnan (self->cursor))
    app_overlay_draw_cursor (&overlay, self->cursor, self->readout, self->hover.series < 0, cr);
  if (!isnan (self->linked))
    app_overlay_draw_linked (&overlay, self->linked, cr);
  if (self->hover.series >= 0)
    app_overlay_draw_point (&overlay, &self->hover, self->axis_name, self->cursor, cr);
  if (self->hover.image != NULL)
    app_overlay_draw_cell (&overlay, &self->hover, self->cell_words, cr);
  if (self->drag == APP_DRAG_BOX && self->moving)
    app_overlay_draw_box (&overlay, self->box, cr);
}

/* With the handle that the pointer is on. */
static void
append_figure (AppFigureView *self, const graphene_rect_t *bounds, GtkSnapshot *snapshot)
{
  int handle = app_figure_view_shown_handle (self);
  cairo_t *cr;

  gtk_snapshot_append_node (snapshot, self->picture);
  if (handle < 0)
    return;

  cr = gtk_snapshot_append_cairo (snapshot, bounds);
  plot_render_handle (self->layout, app_figure_view_get_theme (self), handle, cr);
  cairo_destroy (cr);
}

/* The legend stays above the lines, which show through it as the curves do. */
static void
append_overlay (AppFigureView *self, const graphene_rect_t *bounds, GtkSnapshot *snapshot)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, bounds);

  draw_overlay (self, cr);
  plot_render_legend (self->layout, cr);
  cairo_destroy (cr);
}

void
app_figure_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  AppFigureView *self = APP_FIGURE_VIEW (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, width, height);

  if (width <= 0 || height <= 0)
    return;

  if (self->figure == NULL)
    {
      const PlotColor *color = &app_figure_view_get_theme (self)->background;
      GdkRGBA background = { color->r, color->g, color->b, color->a };

      gtk_snapshot_append_color (snapshot, &background, &bounds);
      return;
    }

  ensure_picture (self, &bounds);
  append_figure (self, &bounds, snapshot);
  if (has_overlay (self))
    append_overlay (self, &bounds, snapshot);
  gtk_widget_snapshot_child (widget, self->frame_button, snapshot);
}
