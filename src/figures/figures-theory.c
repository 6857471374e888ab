/* Theory in its domain: drawn where docs/validity.md found it within 5 % of simulation, pale within 20 %. */

#include <glib/gi18n-lib.h>
#include <math.h>

#include "figures-private.h"

#define CLOSE 0.05

static gboolean
is_close (const LabSeries *series, gsize i)
{
  return series->within == NULL || series->within[i] <= CLOSE;
}

/* One of the two parts of a curve; the pale one reaches to the neighbours, so that it joins the other. */
static gboolean
take_part (const LabSeries *series, gboolean close, double *y)
{
  gboolean some = FALSE;

  for (int i = 0; i < series->n; i++)
    {
      gboolean taken = is_close (series, i) == close;

      if (!close)
        taken = taken || (i > 0 && !is_close (series, i - 1))
                || (i + 1 < series->n && !is_close (series, i + 1));
      y[i] = taken ? series->y[i] : NAN;
      some = some || (is_close (series, i) == close && !isnan (series->y[i]));
    }
  return some;
}

void
figures_add_series (PlotFigure *figure, const LabSeries *series, const PlotSeries *drawn)
{
  g_autofree double *y = NULL;
  PlotSeries part = *drawn;

  if (series->within == NULL)
    {
      plot_figure_add_series (figure, drawn);
      return;
    }
  part.y = y = g_new (double, series->n);
  if (take_part (series, TRUE, y))
    plot_figure_add_series (figure, &part);
  part.faded = TRUE;
  if (take_part (series, FALSE, y))
    plot_figure_add_series (figure, &part);
}

/* ---- What is said of it ---- */

typedef struct
{
  gboolean close, pale, out;
} Domain;

static Domain
find_domain (const LabSeries *series)
{
  Domain domain = { FALSE, FALSE, FALSE };

  for (int i = 0; i < series->n; i++)
    {
      domain.close = domain.close || series->within[i] <= CLOSE;
      domain.pale = domain.pale || series->within[i] > CLOSE;
      domain.out = domain.out || isnan (series->within[i]);
    }
  return domain;
}

/* A bound is close to nothing: it holds or does not. */
static gboolean
is_bound (const LabSeries *series, const LabSpec *spec)
{
  return g_strcmp0 (series->type->id, figures_view (spec)->bound) == 0;
}

static void
note_absence (GStrvBuilder *notes, const LabSeries *series, const LabSpec *spec)
{
  const FiguresView *view = figures_view (spec);
  g_autofree char *name = figures_strip_markup (
    _ (view->label != NULL ? view->label (series->type, spec) : series->type->label));
  /* Translators: the name of a curve. */
  g_autofree char *note = g_strdup_printf (
    is_bound (series, spec)
      ? _ ("“%s” is left out: it was not measured to hold here.")
      : _ ("“%s” is left out: it was not measured to be within 20 %% of the simulated mean here."),
    name);

  g_strv_builder_add (notes, note);
}

static void
note_domain (GStrvBuilder *notes, const Domain *domain, gboolean medians)
{
  g_autoptr (GString) note = g_string_new (NULL);

  if (domain->close)
    /* xgettext:no-c-format */
    g_string_append (note, _ ("Theory is within 5 % of the simulated mean where it is drawn in full."));
  if (domain->pale && domain->close)
    /* xgettext:no-c-format */
    g_string_append (note, _ (" Where it is pale it is within 20 %."));
  else if (domain->pale)
    /* xgettext:no-c-format */
    g_string_append (note, _ ("Theory is pale: it is within 20 % of the simulated mean here."));
  if (note->len > 0 && domain->out)
    g_string_append (note, _ (" Where it was not measured to be that close, it is left out."));
  if (note->len > 0 && medians)
    g_string_append (note, _ (" Medians are drawn, and lie below the mean where errors scatter."));
  if (note->len > 0)
    g_strv_builder_add (notes, note->str);
}

void
figures_note_theory (GStrvBuilder *notes, const LabAnswer *answer, const LabSpec *spec)
{
  Domain all = { FALSE, FALSE, FALSE };
  gboolean some = FALSE, ends = FALSE;

  for (guint i = 0; i < answer->series->len; i++)
    {
      const LabSeries *series = g_ptr_array_index (answer->series, i);
      Domain domain;

      ends = ends || series->ends;
      if (series->within == NULL || !lab_spec_shows (spec, series->type->id))
        continue;
      some = TRUE;
      domain = find_domain (series);
      if (!domain.close && !domain.pale)
        {
          note_absence (notes, series, spec);
          continue;
        }
      if (is_bound (series, spec))
        continue;
      all.close = all.close || domain.close;
      all.pale = all.pale || domain.pale;
      all.out = all.out || domain.out;
    }
  if (some && ends)
    g_strv_builder_add (notes, _("Theory is left out where the cut-off decides: it knows none."));
  note_domain (notes, &all, lab_spec_choice (spec, LAB_CENTER) == LAB_CENTER_MEDIAN);
}
