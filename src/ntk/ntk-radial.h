#pragma once
#include <glib.h>
G_BEGIN_DECLS
gboolean ntk_radial_kernel (const char *name, double length_scale, const double *X, int dim, int n,
                            int n_points, double *kernel, GError **error);
G_END_DECLS
