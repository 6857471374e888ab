#include "app-figure-pointer.h"

#include <glib/gi18n.h>
#include <math.h>

/* Integers in full, everything else to three digits. */
static char *
format_x (double x)
{
  return plot_format_number (x, fabs (x) < 1e6 && x == floor (x) ? 7 : 3);
}

char *
app_figure_point_markup (const PlotSeries *series, guint point, const char *axis_name)
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
