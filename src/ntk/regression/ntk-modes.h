#pragma once

#include "ntk-learning.h"

G_BEGIN_DECLS

/* One draw in the eigenbasis of its kernel (docs/theory.md, section 5): the error pieces at any time
 * and ridge cost of the order of n^2 operations, with neither test points nor eigenvectors kept.
 * Immutable; may be read by many threads. */
typedef struct _NtkModes NtkModes;

/* Training on the first n points of the draw, of which nothing is kept. Where `noise` is NULL, or
 * `initial` is NULL and S is given, the pieces are expectations. */
NtkModes *ntk_modes_new (const NtkLearning *draw, int n, GError **error);
NtkModes *ntk_modes_ref (NtkModes *self);
void ntk_modes_unref (NtkModes *self);

/* Pieces at stops[i] (n_stops) with the filter of ntk_learning_at(): test[i] on the test points;
 * train[i] (may be NULL) on the training points, where labels carry the noise: r = f* - A f*,
 * a = (I - A) e, b = f_0 - A f_0, against a = -A e on test points. info (may be NULL): n_stops;
 * `condition` and `dropped` are those of the stop's ridge, `growth` of its time, too. */
gboolean ntk_modes_eval (const NtkModes *self, const NtkStop *stops, int n_stops, NtkGram *test,
                         NtkGram *train, NtkFitInfo *info, GError **error);

int ntk_modes_get_n (const NtkModes *self);
/* n, descending; owned by the modes. */
const double *ntk_modes_get_eigenvalues (const NtkModes *self);
/* Eigenvalues above the cut-off of the draw. */
int ntk_modes_get_rank (const NtkModes *self);

/* Bytes held, and the most that are needed while one is made. */
gsize ntk_modes_get_size (const NtkModes *self);
double ntk_modes_memory (int n, int n_test);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtkModes, ntk_modes_unref)

G_END_DECLS
