/* Tells which parts of a figure have no room. */

#include "plot-layout-private.h"

#include <glib/gi18n-lib.h>

static gboolean
is_cut (const PlotText *text, const char *wanted)
{
  if (wanted == NULL || *wanted == '\0')
    return FALSE;
  return text->text == NULL || pango_layout_is_ellipsized (text->text);
}

static gboolean
lacks_panel_title (const PlotScene *self)
{
  for (guint panel = 0; panel < self->layout.n_panels; panel++)
    if (is_cut (&self->panel_titles[panel], self->figure->panel_titles[panel]))
      return TRUE;
  return FALSE;
}

static gboolean
lacks_numbers (const PlotScene *self, PlotAxis axis)
{
  for (guint i = 0; i < self->layout.ticks[axis]->len; i++)
    if (g_array_index (self->layout.ticks[axis], PlotTick, i).label != NULL)
      return FALSE;
  return TRUE;
}

char *
plot_layout_left_out (const PlotLayout *layout)
{
  const PlotScene *self = (const PlotScene *) layout;
  const PlotFigure *figure = self->figure;
  gboolean notes = figure->notes->len > 0 || self->notes.text != NULL;
  const struct
  {
    gboolean lacks;
    const char *name;
  } parts[] = {
    { is_cut (&self->title, figure->title), N_("the title") },
    { lacks_panel_title (self), N_("the titles of the panels") },
    { self->legend_omitted, N_("the legend") },
    { is_cut (&self->labels[PLOT_X], figure->axes[PLOT_X].label)
        || is_cut (&self->labels[PLOT_Y], figure->axes[PLOT_Y].label),
      N_("the names of the axes") },
    { plot_colorbar_is_left_out (self), N_("the bar of colours") },
    { lacks_numbers (self, PLOT_X) || lacks_numbers (self, PLOT_Y), N_("numbers at the axes") },
    { is_cut (&self->top_label, figure->top_label), N_("the upper axis") },
    { is_cut (&self->notes, notes ? "notes" : NULL), N_("the notes") },
  };
  GString *out = NULL;

  g_return_val_if_fail (layout != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (!parts[i].lacks)
        continue;
      if (out == NULL)
        out = g_string_new (NULL);
      g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", _(parts[i].name));
    }
  return out != NULL ? g_string_free (out, FALSE) : NULL;
}
