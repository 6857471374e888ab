/* Words that sentences, titles and labels of all exhibits share. */

#include "figures-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pango.h>
#include <string.h>

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

/* Errors are measured to some per cent. */
#define NO_DIFFERENCE 1.02
/* With so many digits all errors that differ by that much read differently. */
#define MOST_DIGITS 4

char *
figures_factor (double high, double low)
{
  double ratio = low == 0 ? INFINITY : high / low;
  g_autofree char *number = plot_format_measured (
    ratio >= FIGURES_LEAST_FACTOR ? ratio : 100 * (ratio - 1), 2);

  if (!isfinite (ratio))
    /* Translators: followed by an error that is 0. */
    return g_strdup (_("<b>far</b> above"));
  if (ratio >= FIGURES_LEAST_FACTOR)
    /* Translators: followed by an error that is so many times smaller. */
    return g_strdup_printf (_("<b>%s times</b>"), number);
  /* Translators: followed by an error that is so much smaller. */
  return g_strdup_printf (_("<b>%s %%</b> above"), number);
}

int
figures_digits (double a, double b, int least)
{
  for (int digits = least; digits < MOST_DIGITS; digits++)
    {
      g_autofree char *one = plot_format_measured (a, digits), *other = plot_format_measured (b, digits);

      if (strcmp (one, other) != 0)
        return digits;
    }
  return least;
}

gboolean
figures_differ (double high, double low)
{
  return high > NO_DIFFERENCE * low;
}
