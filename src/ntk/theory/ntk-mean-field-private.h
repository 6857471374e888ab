#pragma once

/* Private to the mean field. */

#include "ntk-mean-field.h"
#include "ntk-zonal-series.h"

G_BEGIN_DECLS

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

/* Without ridge, by the equations alone. */
NtkMeanFieldPieces ntk_mean_field_plain_end (const NtkMeanField *self, double n);

/* kappa of the fit without ridge, NaN where it is not known. */
double ntk_mean_field_kappa (const NtkMeanField *self, double n);

/* 1 - g is a difference: below this, as where one point learns a kernel that is constant but for 1e-9 of
 * it, neither the sums nor what lies between the knots tell it from 0, and no error is known. */
#define NTK_MEAN_FIELD_LEAST 1e-8

/* Between knots of the table, in log kappa. */
#define NTK_MEAN_FIELD_STEP (G_LN10 / 96)

/* A value and its derivative in log kappa. */
typedef struct
{
  double value, slope;
} NtkKnot;

struct _NtkMeanField
{
  gint ref_count; /* atomic */
  int dim;        /* D, of ntk_mean_field_excess() */
  gboolean rough; /* the target has a kink */
  double deficit; /* of noise without ridge */
  int n_knots;
  double lowest; /* log kappa of the first knot */
  double trace;  /* sum N lambda */
  NtkKnot *T1, *T2, *B0, *I0;
  NtkMeanFieldFlow *flow;
};

/* Of kernels with a kink of |x - x'|: what the noise without ridge is below the equations'. */
double ntk_ridgeless_deficit (int dim);

G_END_DECLS
