#pragma once

#include "ntk-architecture.h"

G_BEGIN_DECLS

/* Mean-field learning curve of kernel regression with an infinite-width kernel on the sphere of
 * radius sqrt(D) (docs/theory.md, section 5): with eigenvalues lambda_k, variances s_k of f_0 and
 * target power b_k in degree k of multiplicity N_k, and kappa from
 *   kappa = (R + kappa sum N_k lambda_k/(lambda_k + kappa))/n,
 *   g = sum N_k (lambda_k/(lambda_k + kappa))^2/n,
 *   B = sum b_k (kappa/(lambda_k + kappa))^2/(1 - g),  V = g/(1 - g),
 *   I = sum N_k s_k (kappa/(lambda_k + kappa))^2/(1 - g)
 * (Bordelon, Canatar, Pehlevan 2020; Simon et al. 2023). Good for n from 1 to 1e10.
 *
 * Gradient flow is a superposition of ridges, its error a double one of the cross terms of two: kappa_1
 * and kappa_2 in place of the two factors kappa of every square above. It is interpolated in log n and
 * log t to 0.2 %.
 *
 * Activations with a kink have power-law spectra. The eigenvalues of smooth ones fall geometrically
 * or faster and are known to some 1e-26 of the sum. Where kappa would be smaller, without ridge and with
 * many points, the curve ends: from there on its numbers are NaN. Before that it depends on
 * eigenvalues that the cut-off of a simulation drops, and is not to be compared to simulation. A flow
 * whose whole error has fallen below rounding is NaN too, and so is a best time beyond
 * NTK_MEAN_FIELD_LAST_TIME. */
typedef struct _NtkMeanField NtkMeanField;

#define NTK_MEAN_FIELD_LARGEST 1.1e10
#define NTK_MEAN_FIELD_FIRST_TIME 1e-2
#define NTK_MEAN_FIELD_LAST_TIME 1e11

typedef enum
{
  NTK_MEAN_FIELD_END,  /* without ridge */
  NTK_MEAN_FIELD_BEST, /* the ridge of least error at that sigma and alpha */
  NTK_MEAN_FIELD_FLOW, /* the time of least error, from .1 on or the end, without ridge */
} NtkMeanFieldStop;

/* Expected excess error is B + sigma^2 V + alpha^2 init. */
typedef struct
{
  double B, V, init;
  double ridge; /* unnormalised: K + R I */
  double time;  /* of gradient flow, INFINITY: to the end */
} NtkMeanFieldPieces;

/* The kernel is that of an infinitely wide network (arch->model is not read): its NTK, or its
 * NNGP where `nngp`; f_0 is by the NNGP. target: a name of ntk_target_types(), or NULL: none,
 * B = 0. flow: whether times of gradient flow will be asked for. Takes milliseconds, and tens of them
 * with `flow`. NTK_ERROR_DOMAIN with a reason where the curve does not stand: D < 3,
 * kernels without a formula, spectra that cannot be had.
 * Immutable once made: threads may share it. */
NtkMeanField *ntk_mean_field_new (const NtkArchitecture *arch, gboolean nngp, const char *target,
                                  gboolean flow, GError **error);

/* Of a kernel of the distance, a name of ntk_radial_types(), which has no f_0: `init` is that of a draw
 * from the kernel's own Gaussian process. The Matern kernels, Laplace's among them, have power laws. The
 * Gaussian one has eigenvalues far below NTK_EIGENVALUE_CUTOFF, which in a simulation without ridge
 * acts as one; here they are used down to 1e-300. */
NtkMeanField *ntk_mean_field_new_radial (const char *kernel, double length_scale, int dim,
                                         const char *target, gboolean flow, GError **error);
NtkMeanField *ntk_mean_field_ref (NtkMeanField *self);
void ntk_mean_field_unref (NtkMeanField *self);

/* At 1 <= n <= NTK_MEAN_FIELD_LARGEST training points, noise sigma and initial scale alpha; NaN where
 * the curve has ended. */
double ntk_mean_field_error (const NtkMeanField *self, double n, NtkMeanFieldStop stop,
                             double sigma, double alpha);
/* By a fixed ridge R. */
NtkMeanFieldPieces ntk_mean_field_ridge_pieces (const NtkMeanField *self, double n, double R);
double ntk_mean_field_ridge_error (const NtkMeanField *self, double n, double R, double sigma,
                                   double alpha);
/* Gradient flow stopped at a time of at least NTK_MEAN_FIELD_FIRST_TIME, in units of docs/theory.md,
 * section 3; beyond NTK_MEAN_FIELD_LAST_TIME it counts as ended. */
NtkMeanFieldPieces ntk_mean_field_time_pieces (const NtkMeanField *self, double n, double t);
double ntk_mean_field_time_error (const NtkMeanField *self, double n, double t, double sigma,
                                  double alpha);
NtkMeanFieldPieces ntk_mean_field_pieces (const NtkMeanField *self, double n, NtkMeanFieldStop stop,
                                          double sigma, double alpha);

/* Local slope d log error/d log n. */
double ntk_mean_field_slope (const NtkMeanField *self, double n, NtkMeanFieldStop stop,
                             double sigma, double alpha);

/* How far simulations lie above theory, as a fraction of its error at these pieces, by a rule that was
 * measured (docs/theory.md, section 5) and is good to a factor of two: without ridge in low dimension the
 * fit swings between points more than the equations know, in proportion to what noise costs. Below .05
 * theory can be drawn in earnest; above .2 it says something else than simulations, as for targets
 * without noise in D = 3. Not for kernels so smooth that directions are dropped. NaN at the end of the
 * curve. */
double ntk_mean_field_excess (const NtkMeanField *self, const NtkMeanFieldPieces *pieces,
                              double sigma, double alpha);

/* What noise costs per unit of sigma^2 without ridge as n goes to infinity, of a kernel whose kink is
 * |x - x'|^{2 nu}, 2 nu odd: eigenvalues in the order of their size fall with the exponent
 * 1 + 2 nu/d, d = D - 1, and V tends to 2 nu/d (Mallinar et al. 2022), less in low dimension as measured
 * (2/3 on the circle for 2 nu = 1: linear interpolation between neighbours). NaN where that is not known
 * to 5 %: 2 nu = 3 below D = 5 and 2 nu = 5 below D = 6. */
double ntk_noise_limit (int dim, int twice_nu);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtkMeanField, ntk_mean_field_unref)

G_END_DECLS
