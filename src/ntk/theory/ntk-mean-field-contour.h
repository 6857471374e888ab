#pragma once

/* Private to the mean field of gradient flow. */

#include "ntk-mean-field-private.h"

G_BEGIN_DECLS

/* Times come in windows of a decade, from NTK_MEAN_FIELD_FIRST_TIME on; in each, log-spaced ones. */
#define NTK_FLOW_WINDOWS 14
#define NTK_FLOW_TIMES 10

enum
{
  NTK_FLOW_B,
  NTK_FLOW_V,
  NTK_FLOW_INIT,
  NTK_FLOW_PIECES
};

/* Sums over a spectrum on a contour. ntk_flow_contour_eval() follows its nodes from n to n: ask for
 * n that ascend by small factors. The series is borrowed. Eigenvalues within a factor `merged` of
 * each other are taken together, 1 for none. */
typedef struct _NtkFlowContour NtkFlowContour;

#define NTK_FLOW_MERGED 1.1
NtkFlowContour *ntk_flow_contour_new (const NtkZonalSeries *series, double merged);
void ntk_flow_contour_free (NtkFlowContour *self);

/* pieces: NTK_FLOW_PIECES x NTK_FLOW_TIMES, those of one time together; noise: NTK_FLOW_PIECES, what
 * rounding leaves of each, which is the least that they are. NaN where 1 - g is below
 * NTK_MEAN_FIELD_LEAST. FALSE where Newton's method does not
 * converge. */
gboolean ntk_flow_contour_eval (NtkFlowContour *self, double n, int window, double *pieces,
                                double *noise);

/* The same for times from `start` on, with weight decay R/n, whatever was asked before. */
gboolean ntk_flow_contour_start (const NtkFlowContour *self, double n, double R, double start,
                                 double *pieces, double *noise);

/* A piece of so many times the noise has two digits. */
#define NTK_FLOW_KNOWN 100

G_END_DECLS
