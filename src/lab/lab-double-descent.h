#pragma once

/* Private to lab: what double descent stores and combines. */

#include "lab-experiment.h"

G_BEGIN_DECLS

/* What one seed leaves at one width: the residuals' Gram matrices on test and training points. */
typedef struct
{
  NtkGram test, train;
  int rank, dropped;
} LabPiece;

/* Deterministic equivalent at finite D. */
typedef struct
{
  LabTheory base;
  int n;
  double *x;
  NtkFiniteD *at;
} LabFiniteD;

LabCurves *lab_double_descent_combine (const LabResult *result, const LabSpec *spec);
gboolean lab_double_descent_read (const LabCurves *curves, const LabSpec *spec, double x,
                                  LabReading *out);

G_END_DECLS
