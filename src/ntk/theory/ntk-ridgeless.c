#include "ntk-mean-field-private.h"

#include <math.h>

/* What simulations without ridge have beside the equations of the mean field, as measured. */

/* What the noise without ridge is below the equations' in D dimensions, for kernels with a kink of
 * |x - x'|: of simulations of the Laplace kernel with 384 points (D = 3..8 and 11, to .002), those
 * between interpolated. The fit there is local, so that the dimension alone matters. Less these the
 * noise is within 2.5 % of simulations for n from 10 to 1024, also of the NTK of ReLU. */
static const double deficits[] = { 0,      0,      0,      0.158,  0.0855, 0.051,
                                   0.0335, 0.0233, 0.0162, 0.0125, 0.0096, 0.0074 };

double
ntk_ridgeless_deficit (int dim)
{
  return dim < (int) G_N_ELEMENTS (deficits) ? deficits[dim] : 0;
}

/* D from which on the equations alone hold, of kinks of |x - x'|, its third and its fifth power. */
static const int least_dims[] = { 2, 5, 6 };

double
ntk_noise_limit (int dim, int twice_nu)
{
  g_return_val_if_fail (twice_nu % 2 == 1 && twice_nu >= 1 && twice_nu <= 5, NAN);

  if (dim < least_dims[twice_nu / 2])
    return NAN;
  if (dim == 2)
    return 2.0 / 3;
  return twice_nu / (dim - 1.0) * (1 - (twice_nu == 1 ? ntk_ridgeless_deficit (dim) : 0));
}

double
ntk_ridgeless_noise (const NtkRidgeless *self, double V)
{
  const double share = V / self->end;

  /* To the power of 5/4: it is asked for at every time that may be the best. */
  return self->deficit > 0 ? V * (1 - self->deficit * share * sqrt (sqrt (share))) : V;
}

/* The bias of a smooth target is too low in theory by 6 V/D of itself, that of rough functions by a fifth
 * of it, and the noise of kernels smoother than those with a kink of |x - x'| by 16 V^2/D^3: median over
 * eight kernels, D = 3..10, n = 64..1024, targets linear, quadratic and cosine, ridges from 0 to 1e-4 n. */
#define SMOOTH 6
#define ROUGH (SMOOTH / 5.0)
#define NOISE 16

double
ntk_mean_field_excess (const NtkMeanField *self, const NtkMeanFieldPieces *pieces, double sigma,
                       double alpha)
{
  const double B = pieces->B, noise = sigma * sigma * pieces->V,
               init = alpha * alpha * pieces->init;
  const double share = pieces->V / self->dim;
  double excess;

  g_return_val_if_fail (self != NULL && self->dim > 0, 0);

  excess = share * ((self->rough ? ROUGH : SMOOTH) * B + ROUGH * init);
  if (!(self->deficit > 0))
    excess += NOISE * share * share / self->dim * noise;
  return excess / (B + noise + init);
}
