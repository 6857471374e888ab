/* What a figure has beside its series: panels, markers, fitted lines, slope triangles, ranges. */

#include "plot-figure-private.h"

#include <math.h>
#include <string.h>

void
plot_figure_set_panels (PlotFigure *self, guint n_panels, const char *const *titles_markup)
{
  g_return_if_fail (self != NULL && n_panels >= 1 && n_panels <= PLOT_MAX_PANELS);
  g_return_if_fail (self->series->len + self->markers->len + self->lines->len + self->triangles->len
                    == 0);

  for (guint panel = 0; panel < PLOT_MAX_PANELS; panel++)
    {
      const char *title = panel < n_panels && titles_markup != NULL ? titles_markup[panel] : NULL;

      g_free (self->panel_titles[panel]);
      self->panel_titles[panel] = title != NULL ? plot_clean_text (title) : NULL;
    }
  self->n_panels = n_panels;
}

guint
plot_figure_get_n_panels (const PlotFigure *self)
{
  return self->n_panels;
}

/* A block with a copy of a mark and its two texts behind it; id and label are the mark's own and
 * point into the block from then on. */
static gpointer
copy_with_texts (gconstpointer mark, gsize size, const char **id, const char **label)
{
  const char *old_id = *id != NULL ? *id : "";
  g_autofree char *clean = plot_clean_text (*label);
  gsize id_size = strlen (old_id) + 1, label_size = strlen (clean) + 1;
  char *block = g_malloc (size + id_size + label_size);

  *id = memcpy (block + size, old_id, id_size);
  *label = memcpy (block + size + id_size, clean, label_size);
  return memcpy (block, mark, size);
}

void
plot_figure_add_marker (PlotFigure *self, const PlotMarker *marker)
{
  PlotMarker copy;

  g_return_if_fail (self != NULL && marker != NULL && marker->panel < self->n_panels);

  copy = *marker;
  g_ptr_array_add (self->markers, copy_with_texts (&copy, sizeof copy, &copy.id, &copy.label));
}

void
plot_figure_add_line (PlotFigure *self, const PlotLine *line)
{
  PlotLine copy;

  g_return_if_fail (self != NULL && line != NULL && line->panel < self->n_panels);
  g_return_if_fail (line->style < PLOT_N_STYLES && isfinite (line->slope));
  g_return_if_fail (line->from > 0 && line->from < line->to && line->at_x > 0 && line->at_y > 0);

  copy = *line;
  g_ptr_array_add (self->lines, copy_with_texts (&copy, sizeof copy, &copy.id, &copy.label));
}

void
plot_figure_add_triangle (PlotFigure *self, const PlotTriangle *triangle)
{
  PlotTriangle copy;

  g_return_if_fail (self != NULL && triangle != NULL && triangle->panel < self->n_panels);
  g_return_if_fail (triangle->style < PLOT_N_STYLES && isfinite (triangle->slope));
  g_return_if_fail (triangle->x0 > 0 && triangle->x0 < triangle->x1 && triangle->y > 0);

  copy = *triangle;
  g_ptr_array_add (self->triangles, copy_with_texts (&copy, sizeof copy, &copy.id, &copy.label));
}

void
plot_figure_set_window (PlotFigure *self, double lo, double hi)
{
  g_return_if_fail (self != NULL && lo < hi);

  self->window = (PlotSpan){ lo, hi };
}

gboolean
plot_figure_get_window (const PlotFigure *self, double *lo, double *hi)
{
  g_return_val_if_fail (self != NULL, FALSE);

  *lo = self->window.lo;
  *hi = self->window.hi;
  return plot_span_is_set (self->window);
}

gboolean
plot_figure_get_reach (const PlotFigure *self, PlotAxis axis, double *lo, double *hi)
{
  g_return_val_if_fail (self != NULL && axis < PLOT_N_AXES, FALSE);

  *lo = self->reach[axis].lo;
  *hi = self->reach[axis].hi;
  return plot_span_is_set (self->reach[axis]);
}

void
plot_figure_set_reach (PlotFigure *self, PlotAxis axis, double lo, double hi)
{
  g_return_if_fail (self != NULL && axis < PLOT_N_AXES && lo < hi);

  self->reach[axis] = (PlotSpan){ lo, hi };
}
