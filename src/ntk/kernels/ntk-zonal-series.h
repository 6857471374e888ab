#pragma once

/* Private to the layer. */

#include "ntk-zonal-spectrum.h"

G_BEGIN_DECLS

/* One degree, or a block of degrees, of a kernel on the sphere: eigenvalue, variance of f_0 in each
 * of its `count` directions, power of the target in all of them. */
typedef struct
{
  double lambda, s, count, power;
} NtkZonalEntry;

/* The whole spectrum: the degrees of ntk_zonal_spectrum(), continued by power laws (exponents D for
 * the NTK, D + 2 for the NNGP, in degree) where the activation has a kink and geometrically where
 * it has none, as far as NTK_ZONAL_REACH points see, and sums N lambda, N s, power of what lies
 * beyond, with eigenvalues that count as 0. So is the power of a target with a kink, beyond
 * NTK_MAX_DEGREE. NTK_ERROR_DOMAIN where the power laws do not fit. */
typedef struct
{
  NtkZonalEntry *entries;
  guint n_entries;
  double lambda_rest, s_rest, power_rest;
  double lowest; /* kappa below which eigenvalues would count that are not known; 0: none */
} NtkZonalSeries;

#define NTK_ZONAL_REACH 1.5e10

/* target: NULL for none. Clear in any case. */
gboolean ntk_zonal_series_init (NtkZonalSeries *self, const NtkArchitecture *arch, gboolean nngp,
                                const char *target, GError **error);
/* Of a kernel of ntk-radial.h, which is the law of f_0 too. */
gboolean ntk_zonal_series_init_radial (NtkZonalSeries *self, const char *kernel,
                                       double length_scale, int dim, const char *target,
                                       GError **error);
void ntk_zonal_series_clear (NtkZonalSeries *self);

G_END_DECLS
