#include <glib/gi18n-lib.h>
#include <math.h>

#include "figures-private.h"
#include "figures.h"

static void
append_value (GString *out, const char *name, double value)
{
  g_autofree char *number = NULL;

  if (isnan (value))
    return;
  number = plot_format_number (value, 3);
  g_string_append_printf (
    out, "%s%s %s", out->len > 0 && out->str[out->len - 1] != '\n' ? "   " : "", name, number);
}

char *
figures_reading (const LabReading *r, const LabSpec *spec)
{
  GString *out = g_string_new (NULL);
  g_autofree char *test = plot_format_number (r->test, 3);
  g_autofree char *low = plot_format_number (r->low, 2);
  g_autofree char *high = plot_format_number (r->high, 2);
  int n = lab_spec_integer (spec, LAB_N_TRAIN);

  g_string_append_printf (out, _("width <b>%g</b>   test <b>%s%s</b>"), r->x, r->exact ? "" : "≈ ",
                          test);
  if (r->seeds > 2)
    /* Translators: the 10 to 90 % range over seeds. */
    g_string_append_printf (
      out, g_dngettext (GETTEXT_PACKAGE, "  (%s – %s, %d seed)", "  (%s – %s, %d seeds)", r->seeds),
      low, high, r->seeds);
  g_string_append_c (out, '\n');
  append_value (out, _("training"), r->train);
  append_value (out, _("theory"), r->theory);
  append_value (out, _("infinite width"), r->limit);
  g_string_append_c (out, '\n');
  g_string_append_printf (out, _("rank %.0f of <i>n</i> = %d"), round (r->rank), n);
  if (r->dropped > 0)
    g_string_append_printf (out, _(", %.0f dropped"), round (r->dropped));
  g_string_append_printf (out, "   <i>P</i> = %.0f", r->parameters);
  return g_string_free (out, FALSE);
}
