#include "figures-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const char *
figures_program (void)
{
  return "tangent-lab " PROGRAM_VERSION;
}

/* A line for each exhibit: the views that its folder defines, NULL-terminated. */
#define EXHIBITS(LINE)                \
  LINE (figures_double_descent_views) \
  LINE (figures_learning_curve_views) \
  LINE (figures_kernel_views)

#define DECLARE(views) extern const FiguresView *const views[];
#define LIST(views) views,

EXHIBITS (DECLARE)

static const FiguresView *const *const exhibits[] = { EXHIBITS (LIST) };

const FiguresView *
figures_view (const LabSpec *spec)
{
  const char *exhibit = lab_spec_exhibit (spec)->id, *id = lab_spec_view (spec)->id;

  for (gsize i = 0; i < G_N_ELEMENTS (exhibits); i++)
    for (const FiguresView *const *view = exhibits[i]; *view != NULL; view++)
      if (strcmp ((*view)->exhibit, exhibit) == 0 && strcmp ((*view)->id, id) == 0)
        return *view;
  g_return_val_if_reached (exhibits[0][0]);
}

char *
figures_x_name (const LabSpec *spec)
{
  const FiguresView *view = figures_view (spec);

  return view->x_name != NULL ? g_strdup (_(view->x_name))
                              : g_strdup_printf ("%s =", lab_parameter (lab_spec_axis (spec))->symbol);
}

PlotFigure *
figures_build (const LabAnswer *answer, const LabSpec *spec)
{
  return figures_build_with (answer, spec, NULL, 0);
}

PlotFigure *
figures_build_with (const LabAnswer *answer, const LabSpec *spec, const FiguresPin *pins,
                    guint n_pins)
{
  const FiguresView *view = figures_view (spec);
  g_autoptr (GString) title = g_string_new (NULL);
  g_autofree char *verdict = figures_verdict (answer, spec);
  g_autofree char *text = lab_spec_to_text (spec);
  g_auto (GStrv) notes = figures_notes (answer, spec);
  PlotFigure *figure;

  view->write_title (title, answer, spec);
  figure = plot_figure_new (title->str);
  plot_figure_set_axis (figure, PLOT_Y, _("mean squared error"), &plot_scale_log);
  view->fill (figure, answer, spec);
  figures_add_pins (figure, answer, spec, pins, n_pins);
  for (gsize i = 0; notes[i] != NULL; i++)
    {
      g_autofree char *escaped = g_markup_escape_text (notes[i], -1);
      g_autofree char *markup = figures_set_symbols (escaped);

      plot_figure_add_note (figure, markup);
    }
  plot_figure_set_description (figure, verdict);
  plot_figure_set_metadata (figure, "software", figures_program ());
  plot_figure_set_metadata (figure, FIGURES_SPEC_KEY, text);
  return figure;
}

char *
figures_seeds_so_far (const LabAnswer *answer)
{
  if (answer->preview || answer->seeds_done >= answer->seeds)
    return NULL;
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d of %d seed", "%d of %d seeds",
                                       answer->seeds),
                          answer->seeds_done, answer->seeds);
}

char *
figures_so_far (const LabAnswer *answer)
{
  g_autofree char *seeds = figures_seeds_so_far (answer);

  if (answer->preview)
    return g_strdup (_("A preview so far, of fewer points and seeds."));
  /* Translators: "5 of 20 seeds" */
  return seeds != NULL ? g_strdup_printf (_("%s so far."), seeds) : NULL;
}

static char *
write_verdict (const LabAnswer *answer, const LabSpec *spec)
{
  g_autofree char *so_far = figures_so_far (answer);
  g_autoptr (GString) out = NULL;

  /* A few points of one seed are no ground for a sentence. */
  if (answer->preview)
    return g_steal_pointer (&so_far);
  out = g_string_new (so_far);
  if (so_far != NULL)
    g_string_append_c (out, ' ');
  figures_view (spec)->verdict (out, answer, spec);
  return figures_set_symbols (out->str);
}

/* No line ends between a number and what belongs to it. */
char *
figures_verdict_markup (const LabAnswer *answer, const LabSpec *spec)
{
  g_autofree char *markup = write_verdict (answer, spec);
  GString *out;

  if (markup == NULL)
    return NULL;
  out = g_string_new (markup);
  g_string_replace (out, " %", "\u00a0%", 0);
  g_string_replace (out, " ± ", "\u00a0±\u00a0", 0);
  return g_string_free (out, FALSE);
}

char *
figures_verdict (const LabAnswer *answer, const LabSpec *spec)
{
  g_autofree char *markup = write_verdict (answer, spec);

  return figures_strip_markup (markup);
}

static gboolean
draws_nothing (const LabAnswer *answer, const LabSpec *spec)
{
  for (guint i = 0; i < answer->series->len; i++)
    if (lab_spec_shows (spec, ((const LabSeries *) g_ptr_array_index (answer->series, i))->type->id))
      return FALSE;
  return answer->fields->len == 0;
}

char **
figures_notes (const LabAnswer *answer, const LabSpec *spec)
{
  const FiguresView *view = figures_view (spec);
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();

  if (view->notes != NULL)
    view->notes (notes, answer, spec);
  if (draws_nothing (answer, spec))
    g_strv_builder_add (notes, _("No curve is drawn: all that there are here are switched off."));
  return g_strv_builder_end (notes);
}

/* No line ends within brackets: at no blank in them, and at no dash, which needs a joiner. Takes the text. */
static char *
keep_brackets (char *taken)
{
  g_autofree char *text = taken;
  GString *out = g_string_new (NULL);
  int depth = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
      if (depth > 0 && *p == ' ')
        g_string_append (out, "\u2060\u00a0");
      else
        g_string_append_c (out, *p);
    }
  return g_string_free (out, FALSE);
}

char *
figures_reading (const LabReading *reading, const LabSpec *spec, guint panel)
{
  const FiguresView *view = figures_view (spec);
  GString *out = g_string_new (NULL);

  if (view->read != NULL)
    view->read (out, reading, spec, panel);
  return keep_brackets (g_string_free (out, FALSE));
}
