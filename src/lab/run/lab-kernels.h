#pragma once

/* Private to lab: the kernel of one draw between its points, at finite and infinite width. */

#include "lab-draw.h"

G_BEGIN_DECLS

typedef struct
{
  NtkLearning data; /* refers to the arrays below and to the draw */
  double *K, *S, *diagonal, *initial;
} LabKernels;

/* The kernel of infinite width that `kernel` names (the NTK where the exhibit has no such parameter), or one to
 * compare with. Of f_0 the law is known. Arrays that are there already are filled anew. */
gboolean lab_kernels_infinite (LabKernels *self, const LabSpec *spec, const LabDraw *draw,
                               GError **error);
/* Whether that kernel has a random start. */
gboolean lab_kernels_have_start (const LabSpec *spec);

/* The kernel of a network at the sweep's present width; f_0 is the one drawn with its weights. The sweep, one of
 * lab_kernels_sweep(), is over all points, so that many prefixes of the training points can be regressed. */
gboolean lab_kernels_finite (LabKernels *self, const LabDraw *draw, const NtkSweep *sweep,
                             GError **error);
NtkSweep *lab_kernels_sweep (const LabDraw *draw, int max_width, NtkStreams *streams,
                             GCancellable *cancellable, GError **error);

/* A draw of f_0 from its law, jointly on all points, in place of the law. */
gboolean lab_kernels_draw_start (LabKernels *self, const LabDraw *draw, GError **error);

/* An NtkStopFunc of a GCancellable. */
gboolean lab_is_cancelled (gpointer cancellable);

void lab_kernels_clear (LabKernels *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LabKernels, lab_kernels_clear)

G_END_DECLS
