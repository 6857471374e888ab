#include "lab-rounding.h"

#include <float.h>
#include <math.h>
#include <ntk.h>
#include <string.h>

#include "lab-result-private.h"
#include "lab-spec-ntk.h"

/* A backward stable solution has a residual of the unit roundoff times |K| |alpha|, where |alpha| is
 * |y|/|K| to condition number times |y|/|K|. Measured where errors are 0 but for rounding, it is up to 2.8
 * times as large (tests/lab/test-rounding.c). */
#define TRAIN 16
/* On test points K_*X K^-1 of it is left, which has no bound but the root of the condition number: measured, 20
 * to 120 times as much, and up to 540 times at the threshold of linear models. */
#define TEST 1024
/* Where rounding may leave more of the labels than that, an error is not known, but not zero either. */
#define MOST 1e-10
/* Sums over n points; the condition number of square matrices of random numbers is of the order of n^2. */
#define SQUARE 16
/* Sums and differences of numbers of equal size. */
#define DIFFERENCE 64

/* Mean square of an initial function of scale 1, by the law that infinite width has; a linear model's is
 * 1 at the most. */
static double
find_start (const LabSpec *spec)
{
  NtkArchitecture arch;
  double variance = 0, kernel;
  g_autofree double *x = NULL;

  if (!lab_spec_matters (spec, LAB_INIT_SCALE))
    return 0;
  if (!lab_spec_matters (spec, LAB_DEPTH))
    return 1;
  lab_spec_architecture (spec, &arch);
  x = g_new0 (double, arch.dim);
  x[0] = sqrt (arch.dim);
  return ntk_infinite_kernel (&arch, x, 1, 1, &kernel, NULL, &variance, NULL) ? variance : 0;
}

/* Mean square of the target: 1, but for sums of given powers and for the published one. */
static double
target_power (const LabSpec *spec)
{
  NtkInputs inputs;

  lab_spec_inputs (spec, &inputs);
  if (inputs.kind == NTK_INPUTS_TWO_SCALE)
    return inputs.fast_power + inputs.slow_power;
  return strcmp (lab_spec_choice_name (spec, LAB_TARGET), "published") == 0 ? 3 : 1;
}

/* The power of the start is the same however pieces are recombined, and smooth activations take a series for it:
 * it is found once for each job. */
static double
start_variance (const LabResult *result)
{
  double start = atomic_load (&result->pieces->start);

  if (start < 0)
    {
      start = find_start (result->spec);
      atomic_store (&result->pieces->start, start);
    }
  return start;
}

void
lab_rounding_init (LabRounding *self, const LabResult *result, const LabSpec *spec, double sigma,
                   double alpha)
{
  self->start = alpha > 0 ? alpha * alpha * start_variance (result) : 0;
  self->sigma = sigma;
  self->alpha = alpha;
  self->labels = target_power (spec) + sigma * sigma + self->start;
}

double
lab_rounding_floor (const LabRounding *self, double n, const double *growth, gboolean test,
                    gboolean closed)
{
  double least = SQUARE * n * n * DBL_EPSILON, part = (test ? TEST : TRAIN) * DBL_EPSILON;
  double grown = growth[0] + self->sigma * self->sigma * growth[1]
                 + self->alpha * self->alpha * growth[2];
  double square = MAX (least * least * self->labels, MIN (part * part * grown, MOST * self->labels));

  return closed ? square + DIFFERENCE * n * DBL_EPSILON * self->start : square;
}

double
lab_rounding_difference (double whole)
{
  return DIFFERENCE * DBL_EPSILON * whole;
}
