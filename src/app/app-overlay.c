#include "app-overlay.h"

#include <glib/gi18n.h>
#include <math.h>

/* Integers in full, everything else to three digits. */
static char *
format_x (double x)
{
  return plot_format_number (x, fabs (x) < 1e6 && x == floor (x) ? 7 : 3);
}

char *
app_overlay_point_markup (const PlotSeries *series, guint point, const char *axis_name)
{
  g_autofree char *x = format_x (series->x[point]);
  g_autofree char *y = plot_format_number (series->y[point], 3);
  GString *markup = g_string_new (series->label);

  g_string_append_c (markup, '\n');
  if (axis_name != NULL)
    {
      g_autofree char *name = g_markup_escape_text (axis_name, -1);

      g_string_append_printf (markup, "%s ", name);
    }
  g_string_append_printf (markup, "%s:\u2002<b>%s</b>", x, y);

  if (series->low != NULL && isfinite (series->low[point]) && isfinite (series->high[point]))
    {
      g_autofree char *low = plot_format_number (series->low[point], 2);
      g_autofree char *high = plot_format_number (series->high[point], 2);

      /* Translators: a range of numbers */
      g_string_append_c (markup, ' ');
      g_string_append_printf (markup, _("(%s – %s)"), low, high);
    }

  if (series->count != NULL && series->count[point] > 0)
    {
      g_string_append_c (markup, '\n');
      g_string_append_printf (markup, ngettext ("%d seed", "%d seeds", series->count[point]),
                              series->count[point]);
    }

  return g_string_free (markup, FALSE);
}

/* A read-out in a small frame would hide what it is about. */
static gboolean
has_room (const PlotLayout *layout)
{
  return layout->right - layout->left >= 360 && layout->bottom - layout->top >= 200;
}

void
app_overlay_clip (const AppOverlay *self, cairo_t *cr)
{
  const PlotLayout *layout = self->layout;

  if (layout->legend_width <= 0)
    return;

  cairo_rectangle (cr, 0, 0, layout->width, layout->height);
  cairo_rectangle (cr, layout->legend_x, layout->legend_y, layout->legend_width, layout->legend_height);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_clip (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
}

void
app_overlay_draw_cursor (const AppOverlay *self, double x, double y, const char *reading, cairo_t *cr)
{
  const PlotView *view = &self->layout->view;
  gboolean outside = x < view->lo[PLOT_X] || x > view->hi[PLOT_X];
  PlotCrosshair crosshair = {
    .x = CLAMP (x, view->lo[PLOT_X], view->hi[PLOT_X]),
    .y = outside ? NAN : y,
    .markup = has_room (self->layout) ? reading : NULL,
    .style = PLOT_STYLE_PRIMARY,
    .dashed = outside,
  };

  if (outside && reading == NULL)
    return;

  plot_render_crosshair (self->figure, self->theme, self->layout, &crosshair, cr);
}

void
app_overlay_draw_point (const AppOverlay *self, const PlotHit *hit, const char *axis_name, cairo_t *cr)
{
  const PlotSeries *series = plot_figure_get_series (self->figure, hit->series);
  g_autofree char *markup = app_overlay_point_markup (series, hit->point, axis_name);
  PlotCrosshair crosshair = {
    .x = series->x[hit->point],
    .y = series->y[hit->point],
    .markup = markup,
    .style = series->style,
    .dashed = TRUE,
  };

  plot_render_crosshair (self->figure, self->theme, self->layout, &crosshair, cr);
}
