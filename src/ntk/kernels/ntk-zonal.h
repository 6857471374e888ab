#pragma once

/* The first layer of random features whose rows lie on the sphere; for ntk-infinite.c. */

#include "ntk-architecture.h"

G_BEGIN_DECLS

typedef struct _NtkZonal NtkZonal;

/* Whether rows on the sphere differ from Gaussian ones: they do unless only the direction of
 * (x, 1) matters. */
gboolean ntk_zonal_needed (const NtkArchitecture *arch);

/* Fails with NTK_ERROR_DOMAIN for inputs off the sphere of radius sqrt(D). The spectrum, which takes longer
 * than a small kernel, depends on the architecture alone: that of the last one is kept, and served to any
 * thread that asks for the same. */
NtkZonal *ntk_zonal_new (const NtkArchitecture *arch, const double *X, int n_points,
                         GError **error);
void ntk_zonal_free (NtkZonal *self);

/* E[phi phi] = sum_k m_k s_k P_k (t) at `count` values of t = x.x'/D. */
void ntk_zonal_eval (const NtkZonal *self, gsize count, const double *t, double *k);

G_END_DECLS
