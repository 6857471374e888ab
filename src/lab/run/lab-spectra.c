#include "lab-spectra.h"

LabSpectra *
lab_spectra_new (int n_seeds, int n_places)
{
  LabSpectra *self = g_new0 (LabSpectra, 1);

  atomic_init (&self->references, 1);
  self->n_seeds = n_seeds;
  self->n_places = n_places;
  self->modes = g_malloc_n ((gsize) n_seeds * n_places, sizeof *self->modes);
  for (int i = 0; i < n_seeds * n_places; i++)
    atomic_init (&self->modes[i], NULL);
  return self;
}

LabSpectra *
lab_spectra_ref (LabSpectra *self)
{
  atomic_fetch_add (&self->references, 1);
  return self;
}

void
lab_spectra_unref (LabSpectra *self)
{
  if (atomic_fetch_sub (&self->references, 1) > 1)
    return;
  for (int i = 0; i < self->n_seeds * self->n_places; i++)
    ntk_modes_unref (atomic_load (&self->modes[i]));
  g_free (self->modes);
  g_free (self);
}

NtkModes *
lab_spectra_get (LabSpectra *self, int seed, int place)
{
  return atomic_load (&self->modes[seed * self->n_places + place]);
}

NtkModes *
lab_spectra_put (LabSpectra *self, int seed, int place, NtkModes *modes)
{
  NtkModes *there = NULL;

  if (atomic_compare_exchange_strong (&self->modes[seed * self->n_places + place], &there, modes))
    return modes;
  ntk_modes_unref (modes);
  return there;
}

gboolean
lab_spectra_are_complete (LabSpectra *self)
{
  for (int i = 0; i < self->n_seeds * self->n_places; i++)
    if (atomic_load (&self->modes[i]) == NULL)
      return FALSE;
  return TRUE;
}
