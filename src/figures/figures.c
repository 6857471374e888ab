#include "figures-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pango.h>
#include <string.h>

const char *
figures_program (void)
{
  return "tangent-lab " PROGRAM_VERSION;
}

static const FiguresView *const views[] = {
  &figures_double_descent,
  &figures_fit,
  &figures_spectrum,
  &figures_learning_curve,
  &figures_kernel_profile,
  &figures_kernel_matrix,
};

const FiguresView *
figures_view (const LabSpec *spec)
{
  const char *exhibit = lab_spec_exhibit (spec)->id, *id = lab_spec_view (spec)->id;

  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    if (strcmp (views[i]->exhibit, exhibit) == 0 && strcmp (views[i]->id, id) == 0)
      return views[i];
  g_return_val_if_reached (views[0]);
}

char *
figures_x_name (const LabSpec *spec)
{
  const FiguresView *view = figures_view (spec);

  return view->x_name != NULL ? g_strdup (_(view->x_name))
                              : g_strdup_printf ("%s =", lab_parameter (lab_spec_axis (spec))->symbol);
}

char *
figures_strip_markup (const char *markup)
{
  char *text = NULL;

  if (!pango_parse_markup (markup, -1, 0, NULL, &text, NULL, NULL))
    return g_strdup (markup);
  return text;
}

/* Letters that are words, or parts of words, are no symbols; all symbols of the figures are here. */
#define SYMBOLS "DEKLNOPfmnt"

static gboolean
is_beside_word (gunichar c)
{
  return c == '-' || c == '_' || c == '\'' || c == 0x2019 || (c < 0x250 && g_unichar_isalnum (c));
}

/* Not in a tag, in italics already, or a part of a word. */
static gboolean
is_symbol (const char *markup, const char *at)
{
  const char *before = at > markup ? g_utf8_prev_char (at) : NULL;

  return strchr (SYMBOLS, *at) != NULL && (before == NULL || !is_beside_word (g_utf8_get_char (before)))
         && !is_beside_word (g_utf8_get_char (at + 1));
}

char *
figures_set_symbols (const char *markup)
{
  GString *out = g_string_new (NULL);

  for (const char *p = markup; *p != '\0'; p = g_utf8_next_char (p))
    {
      /* tags, entities and what is in italics are copied */
      const char *end = g_str_has_prefix (p, "<i>") ? strstr (p, "</i>")
                        : *p == '<'                 ? strchr (p, '>')
                        : *p == '&'                 ? strchr (p, ';')
                                                    : NULL;

      if (end != NULL)
        {
          g_string_append_len (out, p, end - p + 1);
          p = end;
        }
      else if (is_symbol (markup, p))
        g_string_append_printf (out, "<i>%c</i>", *p);
      else
        g_string_append_len (out, p, g_utf8_next_char (p) - p);
    }
  return g_string_free (out, FALSE);
}

/* ", erf, L = 3": what is not as usual. */
void
figures_append_network (GString *title, const LabSpec *spec)
{
  const LabParameter *activation = lab_parameter (LAB_ACTIVATION);

  if (lab_spec_choice (spec, LAB_ACTIVATION) != 0)
    g_string_append_printf (title, ", %s",
                            _(activation->choice_labels[lab_spec_choice (spec, LAB_ACTIVATION)]));
  if (lab_spec_integer (spec, LAB_DEPTH) > 1)
    g_string_append_printf (title, ", <i>L</i> = %d", (int) lab_spec_integer (spec, LAB_DEPTH));
}

void
figures_append_initialization (GString *out, const LabSpec *spec)
{
  double alpha = lab_spec_real (spec, LAB_INIT_SCALE);

  if (alpha == 0)
    g_string_append (out, _("mirrored"));
  else if (alpha == 1)
    g_string_append (out, _("standard"));
  else
    {
      g_autofree char *text = plot_format_number (alpha, 3);

      g_string_append_printf (out, "α = %s", text);
    }
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

char *
figures_verdict_markup (const LabAnswer *answer, const LabSpec *spec)
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

char *
figures_verdict (const LabAnswer *answer, const LabSpec *spec)
{
  g_autofree char *markup = figures_verdict_markup (answer, spec);

  return figures_strip_markup (markup);
}

char **
figures_notes (const LabAnswer *answer, const LabSpec *spec)
{
  const FiguresView *view = figures_view (spec);
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();

  if (view->notes != NULL)
    view->notes (notes, answer, spec);
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
