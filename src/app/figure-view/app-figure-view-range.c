/* Which part of a figure is seen: zooming, going back, scales, and the words for it. */

#include "app-figure-view-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app-text.h"

/* Turns of the wheel within this time of each other are one step to go back. */
#define TOGETHER 500 /* milliseconds */

#define MOST_STEPS 200

static void
remember (AppFigureView *self, const AppFigureRange *range)
{
  if (self->past->len == MOST_STEPS)
    g_array_remove_index (self->past, 0);
  g_array_append_vals (self->past, range, 1);
  g_clear_handle_id (&self->settle_id, g_source_remove);
}

static void
forget (AppFigureView *self)
{
  g_array_set_size (self->past, 0);
  g_clear_handle_id (&self->settle_id, g_source_remove);
}

static const PlotScale *
get_scale (AppFigureView *self, PlotAxis axis)
{
  return self->range.chosen[axis] != NULL ? self->range.chosen[axis]
                                          : plot_figure_get_scale (self->figure, axis);
}

void
app_figure_view_reframe (AppFigureView *self, gboolean grow)
{
  const PlotLimits *now = &self->range.view;
  PlotLimits whole = { .type_scale = 1, .hidden = app_figure_view_hidden_bits (self, self->figure) };

  if (!self->range.framed)
    return;

  for (PlotAxis axis = PLOT_X; axis < PLOT_N_AXES; axis++)
    whole.scale[axis] = get_scale (self, axis);
  plot_limits_frame (&whole, self->figure);
  for (PlotAxis axis = PLOT_X; axis < PLOT_N_AXES && grow; axis++)
    {
      whole.lo[axis] = MIN (whole.lo[axis], now->lo[axis]);
      whole.hi[axis] = MAX (whole.hi[axis], now->hi[axis]);
    }
  self->range.view = whole;
}

static gboolean
same_axis (const PlotFigure *a, const PlotFigure *b, PlotAxis axis)
{
  return g_strcmp0 (plot_figure_get_label (a, axis), plot_figure_get_label (b, axis)) == 0;
}

/* Scales that were chosen stay as long as the new data can be shown on them. */
static gboolean
keep_scales (AppFigureView *self)
{
  gboolean kept = TRUE;

  for (PlotAxis axis = PLOT_X; axis < PLOT_N_AXES; axis++)
    {
      const PlotScale *chosen = self->range.chosen[axis], *own = plot_figure_get_scale (self->figure, axis);
      gboolean taken = chosen == NULL || plot_figure_takes_scale (self->figure, axis, chosen);

      if (!taken || chosen == own || (chosen == &plot_scale_linear && own != &plot_scale_log))
        self->range.chosen[axis] = NULL;
      kept &= taken;
    }

  return kept;
}

void
app_figure_view_choose_scales (AppFigureView *self, const PlotScale *const *scales)
{
  g_return_if_fail (self->figure == NULL);

  for (PlotAxis axis = PLOT_X; axis < PLOT_N_AXES; axis++)
    self->range.chosen[axis] = scales[axis];
}

void
app_figure_view_adopt (AppFigureView *self, const PlotFigure *before)
{
  gboolean same = before != NULL && app_figure_same_axes (before, self->figure);

  if (!same)
    {
      for (PlotAxis axis = PLOT_X; axis < PLOT_N_AXES; axis++)
        if (before != NULL && !same_axis (before, self->figure, axis))
          self->range.chosen[axis] = NULL;
      if (before == NULL || !same_axis (before, self->figure, PLOT_Y))
        g_hash_table_remove_all (self->hidden);
    }
  if (!same)
    g_clear_pointer (&self->layout, plot_layout_free);
  if (!keep_scales (self) || !same)
    {
      same = FALSE;
      self->range.framed = TRUE;
      forget (self);
    }

  self->range.view.hidden = app_figure_view_hidden_bits (self, self->figure);
  app_figure_view_reframe (self, same && self->held);
}

static gboolean
same_range (const PlotLimits *a, const PlotLimits *b)
{
  for (PlotAxis axis = PLOT_X; axis < PLOT_N_AXES; axis++)
    if (a->lo[axis] != b->lo[axis] || a->hi[axis] != b->hi[axis])
      return FALSE;

  return TRUE;
}

void
app_figure_view_take (AppFigureView *self, const PlotLimits *view, const AppFigureRange *before)
{
  if (before != NULL && !same_range (view, &before->view))
    remember (self, before);
  if (!same_range (view, &self->range.view))
    {
      self->range.view = *view;
      self->range.framed = FALSE;
    }
  app_figure_view_changed (self);
}

gboolean
app_figure_view_is_moving (AppFigureView *self)
{
  return self->settle_id != 0 || self->pinching || (self->drag == APP_DRAG_PAN && self->moving);
}

static gboolean
settle_cb (gpointer data)
{
  AppFigureView *self = data;

  self->settle_id = 0;
  app_figure_view_lay_out_anew (self);

  return G_SOURCE_REMOVE;
}

void
app_figure_view_zoom (AppFigureView *self, double px, double py, double factor_x, double factor_y)
{
  gboolean joins = self->settle_id != 0;
  AppFigureRange before = self->range;
  PlotLimits view = before.view;

  /* Only the frame's place is read of the layout: an earlier layout will do, and need not be made anew
   * for each event between two pictures. */
  if (self->figure == NULL || (self->layout == NULL && app_figure_view_get_layout (self) == NULL))
    return;

  plot_limits_zoom (&view, self->figure, self->layout, px, py, factor_x, factor_y);
  if (same_range (&view, &before.view))
    return;
  app_figure_view_take (self, &view, joins ? NULL : &before);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->settle_id = g_timeout_add (TOGETHER, settle_cb, self);
}

void
app_figure_view_frame (AppFigureView *self)
{
  if (self->figure == NULL || self->range.framed)
    return;

  remember (self, &self->range);
  self->range.framed = TRUE;
  app_figure_view_reframe (self, FALSE);
  app_figure_view_changed (self);
}

/* The data may have changed since. */
void
app_figure_view_restore (AppFigureView *self, const AppFigureRange *range)
{
  self->range = *range;
  self->range.framed |= !keep_scales (self);
  self->range.view.hidden = app_figure_view_hidden_bits (self, self->figure);
  app_figure_view_reframe (self, FALSE);
  app_figure_view_changed (self);
}

void
app_figure_view_go_back (AppFigureView *self)
{
  AppFigureRange range;

  if (self->figure == NULL || self->past->len == 0)
    return;

  range = g_array_index (self->past, AppFigureRange, self->past->len - 1);
  g_array_set_size (self->past, self->past->len - 1);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  app_figure_view_restore (self, &range);
}

gboolean
app_figure_view_is_log (AppFigureView *self, PlotAxis axis)
{
  return self->figure != NULL && get_scale (self, axis) == &plot_scale_log;
}

static void
refuse (AppFigureView *self, PlotAxis axis)
{
  g_autofree char *label = app_text_from_markup (plot_figure_get_label (self->figure, axis));
  /* Translators: %s is the name of an axis */
  g_autofree char *reason = g_strdup_printf (_("No logarithmic axis: %s is not positive throughout"),
                                             label != NULL ? label : "");

  app_figure_view_emit_refused (self, reason);
}

/* A part that is zoomed in on stays in sight, unless the new scale has no place for it. */
static void
change_scale (AppFigureView *self, PlotAxis axis, const PlotScale *scale)
{
  PlotLimits *view = &self->range.view, whole;

  self->range.chosen[axis] = scale != plot_figure_get_scale (self->figure, axis) ? scale : NULL;
  view->scale[axis] = scale;
  app_figure_view_reframe (self, FALSE);
  if (isfinite (scale->forward (view->lo[axis])))
    return;

  whole = *view;
  plot_limits_frame (&whole, self->figure);
  view->lo[axis] = whole.lo[axis];
  if (!(view->lo[axis] < view->hi[axis]))
    view->hi[axis] = whole.hi[axis];
}

void
app_figure_view_set_log (AppFigureView *self, PlotAxis axis, gboolean log)
{
  const PlotScale *scale;

  if (self->figure == NULL || log == app_figure_view_is_log (self, axis))
    return;

  scale = plot_figure_get_scale (self->figure, axis);
  if (log)
    scale = &plot_scale_log;
  else if (scale == &plot_scale_log)
    scale = &plot_scale_linear;
  if (!plot_figure_takes_scale (self->figure, axis, scale))
    {
      refuse (self, axis);
      return;
    }
  remember (self, &self->range);
  change_scale (self, axis, scale);
  app_figure_view_changed (self);
}

/* As many digits as tell both ends of a range apart. */
static char *
format_end (double end, double lo, double hi)
{
  double larger = MAX (fabs (lo), fabs (hi));
  int digits = (int) CLAMP (3 + floor (log10 (larger / (hi - lo))), 3, 15);

  return plot_format_number (end, digits);
}

static char *
describe_axis (AppFigureView *self, PlotAxis axis)
{
  double lo = self->range.view.lo[axis], hi = self->range.view.hi[axis];
  g_autofree char *label = app_text_from_markup (plot_figure_get_label (self->figure, axis));
  const char *unit = get_scale (self, axis)->unit;
  g_autofree char *from = format_end (lo, lo, hi), *from_unit = g_strconcat (from, unit, NULL);
  g_autofree char *to = format_end (hi, lo, hi), *to_unit = g_strconcat (to, unit, NULL);

  /* Translators: the name of an axis, and the range of it that is in sight */
  return g_strdup_printf (_("%s from %s to %s"), label != NULL ? label : "", from_unit, to_unit);
}

static void
begin_sentence (GString *words)
{
  if (words->len > 0)
    g_string_append_c (words, ' ');
}

static void
describe_ranges (AppFigureView *self, GString *words)
{
  g_autofree char *x = describe_axis (self, PLOT_X);
  g_autofree char *y = describe_axis (self, PLOT_Y);

  /* Translators: the ranges of both axes */
  g_string_append_printf (words, _("In sight: %s, %s."), x, y);
}

static void
describe_scale (AppFigureView *self, PlotAxis axis, GString *words)
{
  g_autofree char *label = app_text_from_markup (plot_figure_get_label (self->figure, axis));
  const char *format = self->range.chosen[axis] == &plot_scale_log ? _("Logarithmic axis: %s.")
                                                                   : _("Linear axis: %s.");

  begin_sentence (words);
  g_string_append_printf (words, format, label != NULL ? label : "");
}

static void
describe_hidden (AppFigureView *self, GString *words)
{
  g_autoptr (GString) labels = g_string_new (NULL);

  for (guint i = 0; i < plot_figure_get_n_curves (self->figure); i++)
    {
      const PlotCurve *curve = plot_figure_get_curve (self->figure, i);
      g_autofree char *label = app_text_from_markup (curve->label);

      if (curve->panel != 0 || *label == '\0' || !g_hash_table_contains (self->hidden, curve->id))
        continue;
      g_string_append_printf (labels, "%s%s", labels->len > 0 ? ", " : "", label);
    }
  if (labels->len > 0)
    {
      begin_sentence (words);
      /* Translators: names of curves */
      g_string_append_printf (words, _("Hidden: %s."), labels->str);
    }
}

char *
app_figure_view_describe_range (AppFigureView *self)
{
  GString *words = g_string_new (NULL);

  if (!self->range.framed)
    describe_ranges (self, words);
  for (PlotAxis axis = PLOT_X; axis < PLOT_N_AXES; axis++)
    if (self->range.chosen[axis] != NULL)
      describe_scale (self, axis, words);
  describe_hidden (self, words);

  return g_string_free (words, words->len == 0);
}
