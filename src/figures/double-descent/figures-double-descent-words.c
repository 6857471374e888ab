/* Double descent in words: title, names of curves and places, the read-out. */

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "figures-double-descent-private.h"

/* Digits enough for any whole number. */
#define WHOLE 15

/* ---- Title ---- */

/* Whether a parameter has one value and it means something: that along the axis has many. */
static gboolean
is_fixed (const LabSpec *spec, LabKey key)
{
  return lab_spec_axis (spec) != key && lab_spec_matters (spec, key);
}

static void
append_model (GString *title, const LabSpec *spec)
{
  const LabParameter *model = lab_parameter (LAB_MODEL), *kernel = lab_parameter (LAB_KERNEL);

  g_string_append (title, _(model->choice_labels[lab_spec_choice (spec, LAB_MODEL)]));
  if (lab_spec_matters (spec, LAB_KERNEL))
    g_string_append_printf (title, ", %s",
                            _(kernel->choice_labels[lab_spec_choice (spec, LAB_KERNEL)]));
  if (lab_spec_matters (spec, LAB_DEPTH))
    figures_append_network (title, spec);
  if (lab_spec_choice (spec, LAB_INPUTS) == LAB_INPUTS_GAUSSIAN)
    g_string_append_printf (title, ", %s", _("Gaussian inputs"));
  else if (lab_spec_choice (spec, LAB_INPUTS) == LAB_INPUTS_TWO_SCALE)
    g_string_append_printf (title, ", %s", _("inputs of two scales"));
}

static void
append_sizes (GString *title, const LabSpec *spec)
{
  int dim = lab_spec_integer (spec, LAB_DIM), width = lab_spec_integer (spec, LAB_WIDTH);
  gboolean whole = !lab_spec_model (spec)->has_layers && width >= dim;

  g_string_append_printf (title, ", <i>D</i> = %d", dim);
  if (is_fixed (spec, LAB_WIDTH) && !whole)
    g_string_append_printf (title, ", <i>m</i> = %d", width);
  if (is_fixed (spec, LAB_N_TRAIN))
    g_string_append_printf (title, ", <i>n</i> = %d", (int) lab_spec_integer (spec, LAB_N_TRAIN));
}

static void
append_training (GString *title, const LabSpec *spec)
{
  g_autofree char *ridge = plot_format_number (lab_spec_real (spec, LAB_RIDGE), 3);
  g_autofree char *time = plot_format_number (lab_spec_real (spec, LAB_TIME), 3);

  if (is_fixed (spec, LAB_RIDGE) && lab_spec_real (spec, LAB_RIDGE) == 0)
    g_string_append_printf (title, ", %s", _("ridgeless"));
  else if (is_fixed (spec, LAB_RIDGE))
    g_string_append_printf (title, ", λ = %s", ridge);
  if (is_fixed (spec, LAB_TIME) && isfinite (lab_spec_real (spec, LAB_TIME)))
    g_string_append_printf (title, ", <i>t</i> = %s", time);
}

static void
append_averaging (GString *title, const LabSpec *spec)
{
  double ensemble = lab_value_to_number (LAB_ENSEMBLE, lab_spec_value (spec, LAB_ENSEMBLE));
  g_autofree char *number = plot_format_number (ensemble, WHOLE);

  if (is_fixed (spec, LAB_ENSEMBLE) && ensemble != 1)
    g_string_append_printf (title, ", <i>K</i> = %s", number);
  if (!lab_spec_matters (spec, LAB_INIT_SCALE))
    return;
  g_string_append (title, ", ");
  figures_append_initialization (title, spec);
}

/* "Linearised network, erf, L = 3, D = 10, n = 200, σ = 0.5, ridgeless, mirrored" */
void
figures_double_descent_title (GString *title, const LabAnswer *answer, const LabSpec *spec)
{
  g_autofree char *noise = plot_format_number (lab_spec_real (spec, LAB_NOISE), 3);

  append_model (title, spec);
  append_sizes (title, spec);
  g_string_append_printf (title, ", σ = %s", noise);
  append_training (title, spec);
  append_averaging (title, spec);
}

/* ---- Names ---- */

/* Minimum norm of a linear model with Gaussian inputs is known at finite n. */
static gboolean
is_exact (const LabSpec *spec)
{
  return lab_spec_choice (spec, LAB_INPUTS) == LAB_INPUTS_GAUSSIAN
         && lab_spec_axis (spec) != LAB_TIME && isinf (lab_spec_real (spec, LAB_TIME))
         && lab_spec_axis (spec) != LAB_RIDGE && lab_spec_real (spec, LAB_RIDGE) == 0;
}

const char *
figures_double_descent_label (const LabSeriesType *type, const LabSpec *spec)
{
  LabTheoryKind theory = lab_spec_model (spec)->theory;

  if (strcmp (type->id, "test") == 0 && lab_spec_choice (spec, LAB_CENTER) == LAB_CENTER_MEAN)
    return N_ ("test error, mean and 10–90 %");
  if (strcmp (type->id, "finite-d") != 0)
    return type->label;
  if (theory == LAB_THEORY_LINEAR)
    return is_exact (spec) ? N_("theory, exact mean") : N_("theory, limit of large <i>n</i>");
  return theory == LAB_THEORY_KERNEL ? N_("theory, mean field") : type->label;
}

static const char *
place_words (const LabSpec *spec, double x)
{
  switch ((int) lab_spec_axis (spec))
    {
    case LAB_N_TRAIN: return "n = %s";
    case LAB_TIME: return "t = %s";
    /* Translators: a place of the axis: "ridge 0.003" */
    case LAB_RIDGE: return _("ridge %s");
    case LAB_ENSEMBLE:
      /* Translators: how many are averaged: "8 models" */
      return g_dngettext (GETTEXT_PACKAGE, "%s model", "%s models", x);
    default:
      return !lab_spec_model (spec)->has_layers
               /* Translators: a place of the axis: "12 coordinates" */
               ? g_dngettext (GETTEXT_PACKAGE, "%s coordinate", "%s coordinates", x)
               /* Translators: a place of the axis: "width 20" */
               : _("width %s");
    }
}

/* Whole numbers as they are, others as people round them. */
static char *
place_number (const LabSpec *spec, double x, int digits)
{
  LabKey axis = lab_spec_axis (spec);

  return plot_format_number (x, axis != LAB_TIME && axis != LAB_RIDGE && x == rint (x) ? WHOLE
                                                                                      : digits);
}

static char *
write_place (const LabSpec *spec, double x, int digits, gboolean bold)
{
  g_autofree char *number = place_number (spec, x, digits);
  g_autofree char *shown = bold ? g_strdup_printf ("<b>%s</b>", number) : g_steal_pointer (&number);

  return g_strdup_printf (place_words (spec, x), shown);
}

char *
figures_double_descent_place (const LabSpec *spec, double x, gboolean bold)
{
  return write_place (spec, x, FIGURES_SAID, bold);
}

/* ---- Read-out ---- */

static void
append_value (GString *out, const char *name, double value)
{
  g_autofree char *number = NULL;

  if (isnan (value))
    return;
  number = plot_format_measured (value, FIGURES_READ);
  g_string_append_printf (
    out, "%s%s %s", out->len > 0 && out->str[out->len - 1] != '\n' ? "   " : "", name, number);
}

static void
append_rank (GString *out, const LabReading *r, const LabSpec *spec)
{
  const LabDescentReading *own = lab_descent_reading (r);
  int n = lab_spec_axis (spec) == LAB_N_TRAIN ? r->x : lab_spec_integer (spec, LAB_N_TRAIN);

  if (round (own->rank_low) < round (own->rank_high))
    /* Translators: the median over seeds, and the least and the greatest. */
    g_string_append_printf (out, _("rank %.0f (%.0f – %.0f) of <i>n</i> = %d"), round (own->rank),
                            round (own->rank_low), round (own->rank_high), n);
  else
    g_string_append_printf (out, _("rank %.0f of <i>n</i> = %d"), round (own->rank), n);
  if (own->dropped > 0)
    g_string_append_printf (out, _(", %.0f dropped"), round (own->dropped));
  if (lab_spec_model (spec)->many_parameters)
    {
      g_autofree char *parameters = plot_format_number (round (own->parameters), WHOLE);

      g_string_append_printf (out, "   <i>P</i> = %s", parameters);
    }
}

void
figures_double_descent_read (GString *out, const LabReading *r, const LabSpec *spec, guint panel)
{
  const LabDescentReading *own = lab_descent_reading (r);
  g_autofree char *test = plot_format_measured (r->y[0], FIGURES_READ);
  g_autofree char *low = plot_format_measured (own->low, FIGURES_READ);
  g_autofree char *high = plot_format_measured (own->high, FIGURES_READ);
  g_autofree char *place = write_place (spec, r->x, 4, TRUE);
  g_autofree char *symbols = figures_set_symbols (place);

  g_string_append (out, symbols);
  if (!r->exact)
    g_string_append (out, _(", between points"));
  g_string_append_printf (out, _("   test <b>%s</b>"), test);
  if (r->seeds > 2)
    /* Translators: the 10 to 90 % range over seeds. */
    g_string_append_printf (
      out, g_dngettext (GETTEXT_PACKAGE, "  (%s – %s, %d seed)", "  (%s – %s, %d seeds)", r->seeds),
      low, high, r->seeds);
  g_string_append_c (out, '\n');
  append_value (out, _("training"), own->train);
  append_value (out, _("theory"), own->theory);
  append_value (out, _("infinite width"), own->limit);
  g_string_append_c (out, '\n');
  append_rank (out, r, spec);
}
