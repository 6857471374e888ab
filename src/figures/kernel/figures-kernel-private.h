#pragma once

#include "figures-private.h"

G_BEGIN_DECLS

extern const FiguresView figures_kernel_profile, figures_kernel_matrix;
/* How many points a matrix has, and how many depths are drawn beside the chosen one. */
extern const LabKey figures_kernel_beside[];

/* "NTK": the kernel that is chosen, as people call it. */
const char *figures_kernel_name (const LabSpec *spec);
/* "NTK" or "Laplace kernel", for titles and axes; free with g_free(). */
char *figures_kernel_title (const LabSpec *spec);
/* Appends what is not as usual about the network, ", erf, σ_b² = 0.1"; nothing where the kernel
 * is of no network. */
void figures_kernel_append_network (GString *title, const LabSpec *spec);
/* "NTK" or "NTK, over that at 0°": the label of the axis of values; free with g_free(). */
char *figures_kernel_label (const LabSpec *spec);

void figures_kernel_profile_verdict (GString *out, const LabAnswer *answer, const LabSpec *spec);
void figures_kernel_matrix_verdict (GString *out, const LabAnswer *answer, const LabSpec *spec);
void figures_kernel_notes (GStrvBuilder *notes, const LabAnswer *answer, const LabSpec *spec);

G_END_DECLS
