#pragma once

/* Shared within the layer; not for its users. */

#include "ntk-inputs.h"
#include "ntk-mean-field.h"
#include "ntk-network.h"
#include "ntk-regression.h"
#include "ntk-spectrum.h"

G_BEGIN_DECLS

/* Row of unit `unit` of W_l (layer 1..depth), its first `count` weights: standard normals; on
 * the sphere of radius sqrt(count) for the first layer of random features. */
void ntk_network_draw_row (const NtkArchitecture *arch, NtkStreams *streams, int layer, int unit,
                           gsize count, double *row);

/* Inputs of a linear model. */
int ntk_linear_inputs (const NtkArchitecture *arch, int width);

/* Cholesky factor of K + R I: K n x n with leading dimension ldk, lower triangle read; L n x n, its
 * upper triangle left as it was; space: n x NTK_FACTOR_SPACE. Returns an estimate of the condition
 * number in the 1-norm, infinite where K + R I is not finite or not positive definite. */
#define NTK_FACTOR_SPACE 4
double ntk_factor (const double *K, int ldk, int n, double ridge, double *L, double *space);

/* NTK_ERROR_NUMERICS where a piece is not finite. */
gboolean ntk_grams_check (const NtkGram *grams, int count, GError **error);

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

/* The target `teacher`: a ReLU network with random weights, one hidden layer, no biases, centred
 * and of unit power over the inputs. From layers 2 and 3 of the target's stream. */
#define NTK_TEACHER_UNITS 8
typedef struct
{
  int dim;
  double *U; /* D x NTK_TEACHER_UNITS, columns of norm 1 */
  double c[NTK_TEACHER_UNITS];
  double mean;
} NtkTeacher;

/* inputs: the sphere, or Gaussian. */
void ntk_teacher_init (NtkTeacher *self, NtkInputsKind inputs, int dim, NtkStreams *streams);
void ntk_teacher_clear (NtkTeacher *self);
double ntk_teacher_eval (const NtkTeacher *self, const double *x);

/* Mean over draws of the power in degrees 0..max_degree, as ntk_target_power(). */
void ntk_teacher_power (int dim, int max_degree, double *power);

/* Whether the target has a kink, and with it power in even degrees that falls as nu^{-4},
 * nu = k + (D - 2)/2, with corrections in 1/nu^2. */
gboolean ntk_target_is_kinked (const char *name);

/* Eigenvalues of the infinite-width NTK and NNGP on the sphere of radius sqrt(D), each counted
 * N_k times, for degrees 0..max_degree, computed in binary128 with an absolute error of about
 * NTK_ZONAL_FLOOR times the kernel at equal points, which *_total are: sum_k N_k lambda_k over all
 * degrees. arch->model is not read. NTK_ERROR_DOMAIN for activations without closed form. */
#define NTK_ZONAL_DEGREE 70
#define NTK_ZONAL_DIM 1000
#define NTK_ZONAL_FLOOR 1e-33
gboolean ntk_zonal_spectrum (const NtkArchitecture *arch, int max_degree, double *ntk, double *nngp,
                             double *ntk_total, double *nngp_total, GError **error);

/* The same for the kernels of the distance but the Gaussian, whose sum over all degrees is 1;
 * `twice_nu`: their kink is |x - x'|^{2 nu}, so that eigenvalues fall as k^{-(D - 1) - 2 nu}. */
gboolean ntk_zonal_radial (const char *name, double length_scale, int dim, int max_degree,
                           double *lambda, int *twice_nu, GError **error);

/* Eigenvalues of the Gaussian kernel of degrees 0..n_degrees - 1, all that doubles hold; g_free(). */
double *ntk_zonal_gauss (int dim, double length_scale, int *n_degrees);

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

/* The mean field of a spectrum, which is not kept; by the equations alone where `deficit` is 0. */
NtkMeanField *ntk_mean_field_new_series (const NtkZonalSeries *series, double deficit,
                                         gboolean flow, GError **error);

/* What the noise part of the mean field has too much where the ridge vanishes: of V = g/(1 - g),
 *   deficit (V/end)^{5/4}, `end` the V without ridge
 * (docs/theory.md, section 5). */
typedef struct
{
  double deficit, end;
} NtkRidgeless;

/* V of simulations from that of the equations. */
double ntk_ridgeless_noise (const NtkRidgeless *self, double V);

typedef struct _NtkMeanFieldFlow NtkMeanFieldFlow;

/* Gradient flow in the mean field, tabulated over n and time; `field` is of the same series.
 * NTK_ERROR_DOMAIN where it does not converge. Free with g_free(). */
NtkMeanFieldFlow *ntk_mean_field_flow_new (const NtkZonalSeries *series, const NtkMeanField *field,
                                           GError **error);
/* B and init are 0 where they are below rounding of the sums that they cancel from. */
NtkMeanFieldPieces ntk_mean_field_flow_at (const NtkMeanFieldFlow *self, double n, double t);
/* At the time of least error from .1 on, or `end`, which may not be known, where that is no worse; NaN
 * where that time would be beyond NTK_MEAN_FIELD_LAST_TIME. */
NtkMeanFieldPieces ntk_mean_field_flow_best (const NtkMeanFieldFlow *self, double n, double sigma,
                                             double alpha, const NtkRidgeless *noise,
                                             const NtkMeanFieldPieces *end);

/* Without ridge, by the equations alone. */
NtkMeanFieldPieces ntk_mean_field_plain_end (const NtkMeanField *self, double n);

/* kappa of the fit without ridge, NaN where it is not known. */
double ntk_mean_field_kappa (const NtkMeanField *self, double n);

/* Number of harmonics of degree k = 0..n_degrees-1; 0 beyond the range of double. */
void ntk_sphere_multiplicities (int dim, int n_degrees, double *m);

/* Where f, of one minimum, is least in [from, to], to within `tolerance`: Brent's method, from
 * `middle` where f is lower there than at both ends, else after halving towards the lower end. */
double ntk_minimum (double (*f) (double x, gconstpointer data), gconstpointer data, double from,
                    double middle, double to, double tolerance);

/* The deterministic equivalent of ntk_finite_d(): `rest` is the target's power in the tail block.
 * R is -1 where v2 is too small for any; v2 of R is 0 where the kernel has no more directions than
 * there are samples and features, without ridge. parts: FALSE where the error is infinite. Borrows
 * its arguments. */
typedef struct
{
  const NtkSpectrum *spectrum;
  const double *power;
  double rest, n, N;
} NtkEquivalent;

NtkEquivalent ntk_equivalent (const NtkSpectrum *spectrum, const double *power, double n, double N);
double ntk_equivalent_ridge (const NtkEquivalent *self, double v2);
double ntk_equivalent_solve (const NtkEquivalent *self, double R);
gboolean ntk_equivalent_parts (const NtkEquivalent *self, double v2, gboolean ridge,
                               NtkErrorParts *out);
gboolean ntk_equivalent_at (const NtkEquivalent *self, double R, NtkErrorParts *out,
                            GError **error);

/* One hidden layer in the limit of large dimension (docs/theory.md, section 4): of the trained readout
 * mu_1^2 and mu_*^2; of the trained first layer what its kernel has along x.x'/D and on the
 * diagonal, both 0 for random features. FALSE where the error is infinite. */
typedef struct
{
  double mu1_2, mu_star_2, linear, diagonal;
} NtkLevels;

gboolean ntk_two_layer_limit (const NtkLevels *levels, double psi1, double psi2, double R,
                              double *B, double *V);

G_END_DECLS
