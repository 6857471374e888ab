#pragma once

/* Private to lab: eigenbases kept for another ridge or time. */

#include <ntk.h>
#include <stdatomic.h>

G_BEGIN_DECLS

/* A place for each seed and kernel of a plan, empty at first. Workers of several jobs may fill and read
 * it at once. */
typedef struct _LabSpectra
{
  atomic_int references;
  int n_seeds, n_places;
  _Atomic (NtkModes *) *modes;
} LabSpectra;

LabSpectra *lab_spectra_new (int n_seeds, int n_places);
LabSpectra *lab_spectra_ref (LabSpectra *self);
void lab_spectra_unref (LabSpectra *self);

/* Owned by the spectra; NULL where it is not there yet. */
NtkModes *lab_spectra_get (LabSpectra *self, int seed, int place);
/* Takes @modes, unless another worker was faster; returns what is there. */
NtkModes *lab_spectra_put (LabSpectra *self, int seed, int place, NtkModes *modes);
gboolean lab_spectra_are_complete (LabSpectra *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabSpectra, lab_spectra_unref)

G_END_DECLS
