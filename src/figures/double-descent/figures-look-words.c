/* What is said of the model at the cursor, whichever way it is looked at. */

#include "figures-look-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

char *
figures_look_place (const LabLook *look)
{
  const LabParameter *axis = lab_parameter (lab_spec_axis (look->spec));
  g_autofree char *x = plot_format_number (look->x, look->x == rint (look->x) ? 15 : 4);

  if (lab_spec_axis (look->spec) == LAB_ENSEMBLE)
    return g_strdup (_("of the first model"));
  if (lab_spec_is_ensemble (look->spec))
    return g_strdup_printf (_("of the first model at %s = %s"), axis->symbol, x);
  /* Translators: at a place of the axis, "m = 20" */
  return g_strdup_printf (_("at %s = %s"), axis->symbol, x);
}

/* Eigenvalues above a level. */
static int
count_above (const LabLook *look, double level)
{
  int count = 0;

  while (count < look->n && look->eigenvalues[count] > level)
    count++;
  return count;
}

static void
append_solution (GString *out, const LabLook *look, const LabSpec *spec)
{
  g_autofree char *norm = plot_format_measured (lab_look_norm (look, spec), 3);
  g_autofree char *condition = plot_format_measured (look->condition, 2);

  if (look->time_level > 0)
    {
      g_autofree char *level = plot_format_measured (look->time_level, 2);

      g_string_append_printf (
        out,
        _("<b>%d of %d</b> directions are learned by now, those with eigenvalues "
           "above n/t = %s; solution norm <b>%s</b>."),
        count_above (look, look->time_level), look->n, level, norm);
    }
  else if (look->ridge_level > 0)
    {
      g_autofree char *level = plot_format_measured (look->ridge_level, 2);

      g_string_append_printf (out,
                              _("Condition number <b>%s</b> with the ridge, which damps <b>%d of "
                                 "%d</b> directions, those "
                                 "with eigenvalues below nλ = %s; solution norm <b>%s</b>."),
                              condition, look->n - count_above (look, look->ridge_level), look->n,
                              level, norm);
    }
  else
    {
      g_autofree char *least = plot_format_measured (look->eigenvalues[look->rank - 1], 2);

      g_string_append_printf (
        out,
        g_dngettext (
          GETTEXT_PACKAGE,
          "Condition number <b>%s</b>, smallest kept eigenvalue <b>%s</b>, solution norm "
          "<b>%s</b>, <b>%d of %d</b> direction dropped.",
          "Condition number <b>%s</b>, smallest kept eigenvalue <b>%s</b>, solution norm "
          "<b>%s</b>, <b>%d of %d</b> directions dropped.",
          look->n),
        condition, least, norm, look->dropped, look->n);
    }
}

/* One direction that carries at least half of it is worth a word. */
static void
append_noise (GString *out, const LabLook *look)
{
  g_autofree char *times = plot_format_measured (look->noise_rms, 2);
  g_autofree char *weak = plot_format_measured (look->weak_rms, 2);

  if (look->weak_rms < 0.5 * look->noise_rms || look->rank < 2)
    g_string_append_printf (out, _(" On the circle noise comes back multiplied by <b>%s</b>."),
                            times);
  else
    g_string_append_printf (out,
                            _(" On the circle noise comes back multiplied by <b>%s</b>, by %s "
                               "along the direction of the smallest eigenvalue alone."),
                            times, weak);
}

/* Of the target's root mean square: less is rounding. */
#define LEAST_MISS 1e-10

static void
append_miss (GString *out, const LabLook *look, const LabSpec *spec)
{
  g_autofree double *fit = g_new (double, look->n_angles);
  g_autofree char *text = NULL;
  double sum = 0, target = 0;

  lab_look_fit (look, spec, fit);
  for (int i = 0; i < look->n_angles; i++)
    {
      sum += pow (fit[i] - look->target[i], 2);
      target += pow (look->target[i], 2);
    }
  if (sqrt (sum) <= LEAST_MISS * sqrt (target))
    {
      g_string_append (out, _(" On the circle the fit is the target but for rounding."));
      return;
    }
  text = plot_format_measured (sqrt (sum / look->n_angles), 2);
  g_string_append_printf (
    out, _(" On the circle the fit misses the target by <b>%s</b> (root mean square)."), text);
}

void
figures_look_verdict (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  const LabLook *look = lab_look_of (answer);

  if (look->rank == 0)
    {
      g_string_append (out, _("The kernel is zero: nothing of this model can be trained."));
      return;
    }
  append_solution (out, look, spec);
  if (lab_spec_real (spec, LAB_NOISE) > 0)
    append_noise (out, look);
  else
    append_miss (out, look, spec);
}

/* One series after the other: their places differ. */
void
figures_look_tabulate (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  for (guint i = 0; i < answer->series->len; i++)
    {
      const LabSeries *series = g_ptr_array_index (answer->series, i);

      for (int j = 0; j < series->n; j++)
        {
          g_string_append_printf (out, "%12s", series->type->id);
          figures_append_cell (out, series->x[j]);
          figures_append_cell (out, series->y[j]);
          g_string_append_c (out, '\n');
        }
    }
}
