#pragma once

/* Private to lab: what one draw of a model leaves at one place of the axis, whatever the ridge, the time, the
 * noise and the scale of the start. */

#include <ntk.h>

#include "lab-look.h"

G_BEGIN_DECLS

/* Immutable and reference counted, for any thread. */
typedef struct
{
  LabSpec *spec;
  int n;           /* training points */
  int n_angles;    /* points of the circle */
  gboolean sphere; /* inputs lie on one sphere */
  gboolean one_training_point; /* that the circle passes through, not two */
  double *angle;   /* n_angles: degrees, ascending */
  double *target;  /* n_angles: f* */
  double *initial; /* n + n_angles: f_0 at the training points, then along the circle */
  LabLookPoint *points; /* n, their parts not filled in; those on the circle first, then the nearest */
  NtkSpectralFit *fit;  /* at the training points, then along the circle */
  double *z;            /* n x LAB_LOOK_N_PARTS: labels of the parts in the eigenbasis */
} LabDecomposition;

/* That of the first seed's model, at the place of the axis that the spec has. Works on the caller's thread; errors
 * of NTK_ERROR, or G_IO_ERROR_CANCELLED (within one factorization). */
LabDecomposition *lab_decomposition_new (const LabSpec *spec, GCancellable *cancellable, GError **error);
LabDecomposition *lab_decomposition_ref (LabDecomposition *self);
void lab_decomposition_unref (LabDecomposition *self);

/* What it looks like with the ridge, the time, the noise and the scale of the start of @spec, which asks for
 * the same decomposition. */
LabLook *lab_look_at (const LabDecomposition *made, const LabSpec *spec);

/* Bytes needed at most while one is made. */
double lab_decomposition_memory (const LabSpec *spec);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabDecomposition, lab_decomposition_unref)

G_END_DECLS
