#pragma once

/* Shared by the sources of ntk-learning.h. */

#include "ntk-learning.h"

G_BEGIN_DECLS

enum
{
  COLUMN_TARGET,
  COLUMN_NOISE,
  COLUMN_INITIAL,
  N_COLUMNS
};

/* One call: the first n training points. */
typedef struct
{
  const NtkLearning *draw;
  gsize n, n_test, ld;
  const double *drawn[N_COLUMNS];      /* right-hand sides, NULL: 0 or in closed form */
  const double *drawn_test[N_COLUMNS]; /* what is to be predicted; NULL: 0 */
  gboolean noise_closed, initial_closed;
  const double *K_test, *S_test; /* n_test x n, leading dimension ld */
  const NtkStop *stops;
  int n_stops;
  NtkGram *out;
} NtkLearningTask;

/* Mean of S (x, x) over the test points. */
double ntk_learning_variance (const NtkLearningTask *self);

/* Gram matrices of the drawn residuals, from the predictions of the three columns in R: n_test x
 * n_stops each, one after the other. Overwrites R. */
void ntk_learning_fill (const NtkLearningTask *self, double *R);

/* Every stop from one eigendecomposition. */
gboolean ntk_learning_modes (const NtkLearningTask *self, NtkFitInfo *info, GError **error);

G_END_DECLS
