/* Curves kept from before, beside the present ones. */

#include <glib/gi18n-lib.h>
#include <math.h>

#include "figures-private.h"

PlotStyle
figures_pin_style (guint number)
{
  return plot_style_pin (number - 1);
}

gboolean
figures_draws_pin (const LabSpec *pinned, const LabSpec *present)
{
  g_autofree char *difference = NULL;

  if (!figures_can_compare (pinned, present))
    return FALSE;
  difference = figures_difference (pinned, present);
  return difference != NULL;
}

/* Where a panel of a pin is drawn; FALSE if nowhere. */
static gboolean
find_panel (const LabAnswer *answer, const LabAnswer *pinned, guint panel, guint *found)
{
  for (*found = 0; *found < answer->n_panels; ++*found)
    if (answer->dims[*found] == pinned->dims[panel])
      return TRUE;
  *found = panel;
  return answer->n_panels == pinned->n_panels;
}

/* "L = 3, mirrored"; and how many seeds it has, if not all. */
static char *
make_label (const FiguresPin *pin, const LabSpec *spec, const char *name)
{
  g_autofree char *difference = figures_difference (pin->spec, spec);
  g_autofree char *seeds = figures_seeds_so_far (pin->answer);
  const char *parts[] = { difference, name != NULL ? _(name) : seeds, name != NULL ? seeds : NULL, NULL };

  return g_strjoinv (", ", (char **) parts);
}

/* What a reader of the file needs to know which curve it is: "pin-1" its parameters, and "pin-1-differs" the
 * words of the legend. */
static void
set_metadata (PlotFigure *figure, const FiguresPin *pin, const LabSpec *spec)
{
  g_autofree char *key = g_strdup_printf ("pin-%u", pin->number);
  g_autofree char *differs = g_strdup_printf ("pin-%u-differs", pin->number);
  g_autofree char *text = lab_spec_to_text (pin->spec);
  g_autofree char *markup = figures_difference (pin->spec, spec);
  g_autofree char *words = figures_strip_markup (markup);

  plot_figure_set_metadata (figure, key, text);
  plot_figure_set_metadata (figure, differs, words);
}

/* Whether there is more than one curve to keep: only these are told apart by name. */
static gboolean
has_several (const LabSpec *spec)
{
  const FiguresView *view = figures_view (spec);
  guint n = 0;

  for (guint i = 0; view->main[i] != NULL; i++)
    n += lab_spec_can_show (spec, view->main[i]) ? 1 : 0;
  return n > 1;
}

static void
add_series (PlotFigure *figure, const FiguresPin *pin, const LabSeries *series, guint panel,
            const LabSpec *spec, const char *name)
{
  g_autofree char *label = make_label (pin, spec, has_several (pin->spec) ? name : NULL);
  g_autofree char *id = g_strdup_printf ("pin-%u%s%s", pin->number, name != NULL ? "-" : "",
                                         name != NULL ? series->type->id : "");

  plot_figure_add_series (figure, &(PlotSeries){ .id = id,
                                                 .label = label,
                                                 .style = figures_pin_style (pin->number),
                                                 .n = series->n,
                                                 .x = series->x,
                                                 .y = series->y,
                                                 .count = series->count,
                                                 .panel = panel });
}

/* Makes the x axis as long as a pin needs. */
static void
widen_reach (PlotFigure *figure, const LabSeries *series)
{
  double lo, hi;

  if (series->n > 0 && plot_figure_get_reach (figure, PLOT_X, &lo, &hi))
    plot_figure_set_reach (figure, PLOT_X, MIN (lo, series->x[0]),
                           MAX (hi, series->x[series->n - 1]));
}

static void
add_pin (PlotFigure *figure, const LabAnswer *answer, const LabSpec *spec, const FiguresPin *pin,
         guint panel)
{
  const FiguresView *view = figures_view (spec);

  for (guint i = 0; view->main != NULL && view->main[i] != NULL; i++)
    for (guint from = 0; from < pin->answer->n_panels; from++)
      {
        const LabSeries *series = lab_answer_find_in (pin->answer, view->main[i], from);
        guint found;

        if (series == NULL || (view->keeps != NULL && !view->keeps (pin->spec, view->main[i])) || !lab_spec_shows (spec, view->main[i])
            || !find_panel (answer, pin->answer, from, &found) || found != panel)
          continue;
        add_series (figure, pin, series, panel, spec,
                    view->main_names != NULL ? view->main_names[i] : NULL);
        set_metadata (figure, pin, spec);
        widen_reach (figure, series);
      }
}

/* Panel by panel, so that those with an entry in the legend are among the first: no more than 64
 * series can be hidden. */
void
figures_add_pins (PlotFigure *figure, const LabAnswer *answer, const LabSpec *spec,
                  const FiguresPin *pins, guint n_pins)
{
  for (guint panel = 0; panel < answer->n_panels; panel++)
    for (guint i = 0; i < n_pins; i++)
      if (figures_draws_pin (pins[i].spec, spec))
        add_pin (figure, answer, spec, &pins[i], panel);
}
