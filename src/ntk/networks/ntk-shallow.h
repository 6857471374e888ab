#pragma once

/* Private to the sweep. */

#include "ntk-network-private.h"

G_BEGIN_DECLS

/* Whether predictions of one hidden layer go through its features, all widths at once, and not
 * through the kernel between test and training points. Per test point and unit the first costs
 * the order of D operations at each width that has the unit, the second n once. */
gboolean ntk_sweep_defers (const NtkArchitecture *arch, int n);

/* New neurons of one hidden layer are taken in blocks of this many, which bounds memory. */
#define NTK_BLOCK 128

/* A network of one hidden layer and its points, training points first; W: D x width. */
typedef struct
{
  const NtkArchitecture *arch;
  const double *X;
  int n, n_test;
  const double *W, *b, *v;
} NtkShallow;

/* f = Theta(X_test, X_train) alpha at one width, n_test x k with leading dimension ldf, and f_0. */
typedef struct
{
  int width, k, ldf;
  double *alpha; /* n x k */
  double *f, *f0;
} NtkRequest;

/* Columns of coefficients in one go. */
#define NTK_SHALLOW_COLUMNS 2048

/* Fills f and f_0 of all requests (of NtkRequest, widths ascending, one k). Where `stop` answers
 * TRUE it returns early, with TRUE. */
gboolean ntk_shallow_predict (const NtkShallow *net, const GArray *requests, NtkStopFunc stop,
                              gpointer data, GError **error);

G_END_DECLS
