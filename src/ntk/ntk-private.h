#pragma once

/* Shared within the layer; not for its users. */

#include "ntk-network.h"

G_BEGIN_DECLS

/* Row of unit `unit` of W_l (layer 1..depth), its first `count` weights: standard normals; on
 * the sphere of radius sqrt(count) for the first layer of random features. */
void ntk_network_draw_row (const NtkArchitecture *arch, NtkStreams *streams, int layer, int unit,
                           gsize count, double *row);

/* Whether predictions of one hidden layer go through its features, all widths at once, and not
 * through the kernel between test and training points. Per test point and unit the first costs
 * the order of D operations at each width that has the unit, the second n once. */
gboolean ntk_sweep_defers (const NtkArchitecture *arch, int n);

/* New neurons of one hidden layer are taken in blocks of this many, which bounds memory. */
#define NTK_BLOCK 128

/* phi(h_1) and phi'(h_1) of `units` units at `count` points: X D x count, W D x units (a unit's
 * row contiguous), b: units; phi, dphi: count x units, dphi may be NULL. */
void ntk_first_layer (const NtkArchitecture *arch, const double *X, int count, const double *W,
                      const double *b, int units, double *phi, double *dphi);

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

/* Integrals over the sphere in D dimensions of functions of one coordinate t in [-1, 1],
 * sum_i w_i g(t_i) = E g(t): Gauss-Legendre in the angle on both sides of `kink`, where g may
 * have one; sum_i w_i = 1. `order` is 128, 256, 512 or 1024 points a side; t, w: 2 * order
 * numbers. Returns how many are used (2 in one dimension, where the sphere is {-1, 1}). */
int ntk_sphere_quadrature (int dim, double kink, int order, double *t, double *w);

/* The order that resolves polynomials up to max_degree, at most NTK_MAX_DEGREE. */
int ntk_sphere_quadrature_order (int max_degree);

#define NTK_MAX_DEGREE 400

/* Number of harmonics of degree k = 0..n_degrees-1; 0 beyond the range of double. */
void ntk_sphere_multiplicities (int dim, int n_degrees, double *m);

G_END_DECLS
