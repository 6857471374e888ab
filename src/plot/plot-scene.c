#include "plot-item-private.h"

#include <math.h>

/* Limits that can be drawn: an impossible range becomes the one that frames the figure. */
static void
make_sound (PlotLimits *view, const PlotFigure *figure)
{
  for (int axis = 0; axis < PLOT_N_AXES; axis++)
    {
      const PlotScale *scale = view->scale[axis] != NULL ? view->scale[axis]
                                                         : figure->axes[axis].scale;
      double lo = scale->forward (view->lo[axis]), hi = scale->forward (view->hi[axis]);

      view->scale[axis] = scale;
      if (!isfinite (lo) || !isfinite (hi) || !isfinite (hi - lo) || !(lo < hi))
        plot_frame_range (figure, axis, scale, view->hidden, &view->lo[axis], &view->hi[axis]);
    }
  if (!isfinite (view->type_scale) || view->type_scale <= 0)
    view->type_scale = 1;
  view->type_scale = CLAMP (view->type_scale, 0.25, 10);
}

/* Small pictures take somewhat smaller type. */
static double
type_size (const PlotTheme *theme, const PlotLimits *view, double width, double height)
{
  double size = theme->font_size * view->type_scale;
  double room = MIN (width / (43 * size), height / (30 * size));

  return size * CLAMP (room, 0.84, 1);
}

void
plot_entries_clear (GArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    g_object_unref (g_array_index (entries, PlotEntryText, i).text);
  g_array_set_size (entries, 0);
}

static PlotScene *
scene_alloc (const PlotFigure *figure, const PlotTheme *theme, double width, double height)
{
  PlotScene *self = g_new0 (PlotScene, 1);

  self->figure = plot_figure_ref ((PlotFigure *) figure);
  self->theme = theme;
  self->layout.width = isfinite (width) && width > 1 ? width : 1;
  self->layout.height = isfinite (height) && height > 1 ? height : 1;
  self->layout.n_panels = figure->n_panels;
  self->context = plot_text_context ();
  self->tick_texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->markers = g_array_new (FALSE, FALSE, sizeof (PlotEntryText));
  self->legend = g_array_new (FALSE, FALSE, sizeof (PlotEntryText));
  self->guides = g_array_new (FALSE, FALSE, sizeof (PlotGuideText));
  self->n_traces = figure->items->len;
  self->traces = g_new0 (gpointer, self->n_traces);
  return self;
}

static gboolean
same_sheet (const PlotScene *a, const PlotScene *b)
{
  return a->layout.width == b->layout.width && a->layout.height == b->layout.height
         && a->size == b->size && a->layout.n_panels == b->layout.n_panels;
}

static void
set_up (PlotScene *self, const PlotLimits *view)
{
  guint64 hidden;

  if (view != NULL)
    self->layout.view = *view;
  else
    plot_limits_init (&self->layout.view, self->figure);
  self->like = (const PlotScene *) self->layout.view.like;
  self->layout.view.like = NULL;
  make_sound (&self->layout.view, self->figure);
  hidden = self->layout.view.hidden;
  for (int axis = 0; axis < PLOT_N_AXES; axis++)
    {
      const PlotScale *scale = self->layout.view.scale[axis];
      double floor = plot_frame_floor (self->figure, axis, scale, hidden);

      for (guint panel = 0; panel < self->layout.n_panels; panel++)
        self->maps[panel][axis] = (PlotMap){ .scale = scale, .floor = floor };
    }
  self->size = type_size (self->theme, &self->layout.view, self->layout.width, self->layout.height);
  if (self->like != NULL && !same_sheet (self, self->like))
    self->like = NULL;
}

/* Everything that depends on the frame. */
static void
fill_frame (PlotScene *self)
{
  plot_entries_clear (self->markers);
  plot_guides_clear (self);
  plot_items_arrange (self);
}

/* The legend, if there is one, on a free place of the frame. */
static gboolean
arrange_inside (PlotScene *self)
{
  if (!plot_legend_may_be_inside (self))
    return FALSE;
  fill_frame (self);
  return self->legend->len == 0 || plot_legend_place_inside (self);
}

#define LEGEND_SHARE 0.36 /* of the sheet's height that it may take */
#define FRAME_SHARE 0.3   /* of the sheet's height that is left to the frame */

/* In columns between title and frame. */
static gboolean
arrange_below_title (PlotScene *self)
{
  PlotLayout *layout = &self->layout;
  double inner = layout->width - 2 * PLOT_PAD * self->size;
  double reserved = plot_legend_columns_height (
    self, inner,
    MIN (LEGEND_SHARE * layout->height,
         layout->bottom - layout->top - FRAME_SHARE * layout->height));

  if (reserved <= 0)
    return FALSE;
  plot_scene_set_frame (self, reserved);
  fill_frame (self);
  plot_legend_place_columns (
    self, PLOT_PAD * self->size,
    layout->top - plot_scene_top_row (self) - plot_scene_panel_row (self) - reserved, inner);
  return TRUE;
}

/* The legend is worth more. */
static gboolean
drop_top_axis (PlotScene *self)
{
  if (self->top_label.text == NULL)
    return FALSE;
  g_clear_object (&self->top_label.text);
  plot_scene_set_frame (self, 0);
  return TRUE;
}

PlotScene *
plot_scene_new (const PlotFigure *figure, const PlotTheme *theme, const PlotLimits *view,
                double width, double height)
{
  PlotScene *self = scene_alloc (figure, theme, width, height);

  set_up (self, view);
  plot_scene_make_texts (self);
  plot_scene_set_frame (self, 0);
  if (!arrange_inside (self) && !arrange_below_title (self)
      && !(drop_top_axis (self) && arrange_below_title (self)))
    {
      plot_legend_omit (self);
      plot_scene_set_frame (self, 0);
      fill_frame (self);
    }
  plot_scene_place_texts (self);
  self->like = NULL;
  return self;
}
