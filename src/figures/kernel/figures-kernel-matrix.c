/* The kernel matrix as a picture and a table. */

#include "figures-kernel-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MOST_ROWS 12 /* of the table */

static void
write_title (GString *title, const LabAnswer *answer, const LabSpec *spec)
{
  g_autofree char *kernel = figures_kernel_title (spec);

  /* Translators: "Matrix of the NTK, n = 100, ReLU" */
  g_string_append_printf (title, _("Matrix of the %s, <i>n</i> = %d"), kernel, lab_kernel_facts (answer)->n);
  figures_kernel_append_network (title, spec);
  if (lab_spec_matters (spec, LAB_DEPTH))
    g_string_append_printf (title, ", <i>L</i> = %d", (int) lab_spec_integer (spec, LAB_DEPTH));
}

/* "m = 64" over the one, "m = ∞" over the other; a single matrix needs no name. */
static void
set_panels (PlotFigure *figure, const LabAnswer *answer, const LabSpec *spec)
{
  g_autofree char *finite = g_strdup_printf ("<i>m</i> = %d", (int) lab_spec_integer (spec, LAB_WIDTH));
  const char *titles[] = { finite, "<i>m</i> = ∞" };

  if (answer->fields->len > 1)
    plot_figure_set_panels (figure, answer->fields->len, titles);
}

static void
fill (PlotFigure *figure, const LabAnswer *answer, const LabSpec *spec)
{
  g_autofree char *label = figures_kernel_label (spec);

  set_panels (figure, answer, spec);
  plot_figure_set_axis (figure, PLOT_X, _("point <i>j</i>"), &plot_scale_index);
  plot_figure_set_axis (figure, PLOT_Y, _("point <i>i</i>"), &plot_scale_index);
  plot_figure_set_square (figure, TRUE);
  plot_figure_set_downwards (figure, TRUE);
  for (guint i = 0; i < answer->fields->len; i++)
    {
      const LabField *field = g_ptr_array_index (answer->fields, i);

      plot_figure_add_image (figure, &(PlotImage){ .id = field->type->id,
                                                   .label = label,
                                                   .panel = i,
                                                   .nx = field->nx,
                                                   .ny = field->ny,
                                                   .x = field->x,
                                                   .y = field->y,
                                                   .z = field->z,
                                                   .centres = TRUE });
    }
}

static void
tabulate_field (GString *out, const LabField *field)
{
  const int most = MIN (field->nx, MOST_ROWS);

  g_string_append_printf (out, "%s, %d × %d", field->type->id, field->ny, field->nx);
  if (most < field->nx)
    g_string_append_printf (out, ", every %dth", (field->nx + most - 1) / most);
  g_string_append_c (out, '\n');
  for (int j = 0; j < field->ny; j += (field->ny + most - 1) / most)
    {
      g_string_append_printf (out, "%4.0f", field->y[j]);
      for (int i = 0; i < field->nx; i += (field->nx + most - 1) / most)
        figures_append_cell (out, field->z[(gsize) j * field->nx + i]);
      g_string_append_c (out, '\n');
    }
}

static void
tabulate (GString *out, const LabAnswer *answer, const LabSpec *spec)
{
  for (guint i = 0; i < answer->fields->len; i++)
    tabulate_field (out, g_ptr_array_index (answer->fields, i));
}

const FiguresView figures_kernel_matrix = {
  .exhibit = "kernel",
  .id = "matrix",
  .x_key = "point",
  .x_scale = "linear",
  .x_name = N_("point"),
  .write_title = write_title,
  .fill = fill,
  .verdict = figures_kernel_matrix_verdict,
  .notes = figures_kernel_notes,
  .tabulate = tabulate,
  .beside = figures_kernel_beside,
};
