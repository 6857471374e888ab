#pragma once

/* Private to the mean field. */

#include "ntk-private.h"

G_BEGIN_DECLS

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
