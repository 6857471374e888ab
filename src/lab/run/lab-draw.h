#pragma once

/* Private to lab: what one seed draws, whatever is regressed on it. */

#include <ntk.h>

#include "lab-spec.h"

G_BEGIN_DECLS

/* Training points come first, test points after. */
typedef struct
{
  NtkArchitecture arch;
  NtkStreams *streams;
  int n, n_points;
  double *X;     /* D x n_points */
  double *f;     /* n_points: target */
  double *noise; /* n, of unit variance */
  double cutoff; /* of eigenvalues, as NtkLearning has it */
} LabDraw;

gboolean lab_draw_init (LabDraw *self, const LabSpec *spec, int seed, int n, int n_test,
                        GError **error);
void lab_draw_clear (LabDraw *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LabDraw, lab_draw_clear)

G_END_DECLS
