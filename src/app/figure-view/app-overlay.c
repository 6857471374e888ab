#include "app-overlay.h"

#include <glib/gi18n.h>
#include <math.h>

/* Integers in full, everything else to three digits. */
static char *
format_x (double x)
{
  return plot_format_number (x, x == floor (x) ? 10 : 3);
}

static gboolean
has_logs (const PlotSeries *series, guint point)
{
  return series->x[point] > 0 && series->y[point] > 0 && isfinite (series->y[point]);
}

double
app_overlay_local_slope (const PlotFigure *figure, const PlotSeries *series, guint point)
{
  guint before = point > 0 ? point - 1 : point, after = MIN (point + 1, series->n - 1);

  if (series->points || series->n < 3
      || plot_figure_get_scale (figure, PLOT_X) != &plot_scale_log
      || plot_figure_get_scale (figure, PLOT_Y) != &plot_scale_log
      || !has_logs (series, before) || !has_logs (series, after))
    return NAN;

  return log (series->y[after] / series->y[before]) / log (series->x[after] / series->x[before]);
}

char *
app_overlay_point_markup (const PlotSeries *series, guint point, const char *axis_name,
                          const char *unit, double slope)
{
  g_autofree char *x = format_x (series->x[point]);
  g_autofree char *y = plot_format_measured (series->y[point], 3);
  GString *markup = g_string_new (series->label);

  g_string_append_c (markup, '\n');
  if (axis_name != NULL)
    g_string_append_printf (markup, "%s ", axis_name);
  g_string_append_printf (markup, "%s%s:\u2002<b>%s</b>", x, unit, y);

  if (series->low != NULL && isfinite (series->low[point]) && isfinite (series->high[point]))
    {
      g_autofree char *low = plot_format_measured (series->low[point], 3);
      g_autofree char *high = plot_format_measured (series->high[point], 3);

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

  if (!isnan (slope))
    {
      g_autofree char *text = plot_format_fixed (slope, 2);

      g_string_append_c (markup, '\n');
      /* Translators: of a curve on log-log paper */
      g_string_append_printf (markup, _("local slope %s"), text);
    }

  return g_string_free (markup, FALSE);
}

/* As it is seen, which need not be how the figure comes. */
static gboolean
on_log_paper (const PlotLayout *layout)
{
  return layout->view.scale[PLOT_X] == &plot_scale_log && layout->view.scale[PLOT_Y] == &plot_scale_log;
}

/* A read-out in a small frame would hide what it is about. */
static gboolean
has_room (PlotRect frame)
{
  return frame.right - frame.left >= 300 && frame.bottom - frame.top >= 200;
}

/* The dot has the colour of the curve that it is on: the first one simulated, and not muted. */
static PlotStyle
find_style (const PlotFigure *figure, guint panel)
{
  for (guint i = 0; i < plot_figure_get_n_series (figure); i++)
    {
      const PlotSeries *series = plot_figure_get_series (figure, i);

      if (series->panel == panel && series->count != NULL && !series->muted)
        return series->style;
    }

  return PLOT_STYLE_PRIMARY;
}

void
app_overlay_draw_cursor (const AppOverlay *self, double x, const AppReadout *readout, gboolean words,
                         cairo_t *cr)
{
  const PlotLimits *view = &self->layout->view;
  gboolean outside = x < view->lo[PLOT_X] || x > view->hi[PLOT_X];

  if (outside && readout == NULL)
    return;

  for (guint panel = 0; panel < self->layout->n_panels; panel++)
    {
      gboolean said = words && readout != NULL && has_room (self->layout->frames[panel]);
      PlotCrosshair crosshair = {
        .x = CLAMP (x, view->lo[PLOT_X], view->hi[PLOT_X]),
        .y = outside || readout == NULL ? NAN : readout->y[panel],
        .markup = said ? readout->markup[panel] : NULL,
        .style = find_style (self->figure, panel),
        .dashed = outside,
        .panel = (int) panel,
      };

      plot_render_crosshair (self->figure, self->theme, self->layout, &crosshair, cr);
    }
}

void
app_overlay_draw_linked (const AppOverlay *self, double x, cairo_t *cr)
{
  PlotCrosshair crosshair = { .x = x, .y = NAN, .dashed = TRUE, .panel = -1 };

  plot_render_crosshair (self->figure, self->theme, self->layout, &crosshair, cr);
}

void
app_overlay_draw_box (const AppOverlay *self, PlotRect box, cairo_t *cr)
{
  const PlotColor *color = &self->theme->foreground;

  cairo_rectangle (cr, floor (box.left) + 0.5, floor (box.top) + 0.5, floor (box.right - box.left),
                   floor (box.bottom - box.top));
  cairo_set_source_rgba (cr, color->r, color->g, color->b, 0.08);
  cairo_fill_preserve (cr);
  cairo_set_source_rgba (cr, color->r, color->g, color->b, 0.7);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

void
app_overlay_draw_point (const AppOverlay *self, const PlotHit *hit, const char *axis_name,
                        double cursor, cairo_t *cr)
{
  const PlotSeries *series = plot_figure_get_series (self->figure, hit->series);
  double slope = on_log_paper (self->layout)
                   ? app_overlay_local_slope (self->figure, series, hit->point)
                   : NAN;
  const char *unit = plot_figure_get_scale (self->figure, PLOT_X)->unit;
  g_autofree char *markup = app_overlay_point_markup (series, hit->point, axis_name, unit, slope);
  PlotCrosshair crosshair = {
    .x = series->x[hit->point],
    .y = plot_layout_height_of (self->layout, hit->series, hit->point),
    .markup = markup,
    .style = series->style,
    .dashed = TRUE,
    .panel = (int) hit->panel,
    .other = isnan (cursor) ? NULL : &cursor,
  };

  plot_render_crosshair (self->figure, self->theme, self->layout, &crosshair, cr);
}

/* "width m 30, angle γ 45°", and below "covariance: 0.71". */
char *
app_overlay_cell_markup (const PlotFigure *figure, const PlotImage *image, guint cell)
{
  g_autofree char *value = NULL;
  double at[PLOT_N_AXES], z;
  GString *markup = g_string_new (NULL);

  plot_image_get_cell (image, cell, &at[PLOT_X], &at[PLOT_Y], &z);
  for (PlotAxis axis = PLOT_X; axis < PLOT_N_AXES; axis++)
    {
      const char *label = plot_figure_get_label (figure, axis);
      g_autofree char *number = format_x (at[axis]);

      g_string_append_printf (markup, "%s%s %s%s", axis == PLOT_Y ? ", " : "", label != NULL ? label : "",
                              number, plot_figure_get_scale (figure, axis)->unit);
    }
  /* Translators: of a cell of a picture that holds none */
  value = isfinite (z) ? plot_format_measured (z, 3) : g_strdup (_("no value"));
  g_string_append_printf (markup, "\n%s%s<b>%s</b>", image->label, *image->label != '\0' ? ":\u2002" : "",
                          value);

  return g_string_free (markup, FALSE);
}

void
app_overlay_draw_cell (const AppOverlay *self, const PlotHit *hit, const char *words, cairo_t *cr)
{
  g_autofree char *own = app_overlay_cell_markup (self->figure, hit->image, hit->point);
  g_autofree char *markup = words != NULL ? g_strconcat (own, "\n", words, NULL) : g_strdup (own);
  PlotCrosshair crosshair = { .y = NAN, .markup = markup, .panel = (int) hit->panel, .bare = TRUE };
  double z;

  plot_image_get_cell (hit->image, hit->point, &crosshair.x, &crosshair.y, &z);
  plot_render_cell (self->layout, self->theme, hit, cr);
  plot_render_crosshair (self->figure, self->theme, self->layout, &crosshair, cr);
}
