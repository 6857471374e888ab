#include "app-cursor.h"

#include <math.h>

#include "app-shown.h"

void
app_cursor_init (AppCursor *self)
{
  *self = (AppCursor){ .x = NAN };
}

void
app_cursor_clear (AppCursor *self)
{
  g_clear_pointer (&self->readout, app_readout_free);
}

static gboolean
set_place (AppCursor *self, double x)
{
  if (self->x == x || (isnan (self->x) && isnan (x)))
    return FALSE;

  self->x = x;
  return TRUE;
}

gboolean
app_cursor_place (AppCursor *self, const LabSpec *spec)
{
  LabKey key;

  if (!app_shown_find_cursor (spec, &key))
    return set_place (self, NAN);
  return set_place (self, lab_value_to_number (key, lab_spec_value (spec, key)));
}

static gboolean
take_readout (AppCursor *self, AppReadout *readout)
{
  if (app_readout_equal (self->readout, readout))
    {
      g_clear_pointer (&readout, app_readout_free);
      return FALSE;
    }

  g_clear_pointer (&self->readout, app_readout_free);
  self->readout = readout;
  return TRUE;
}

/* What the curves say at the cursor, or better, what was computed there. */
static gboolean
read_curves (const AppCursor *self, const LabAnswer *answer, const LabSpec *spec, AppProbe *probe, gboolean settled,
             LabReading *reading)
{
  gboolean inside = lab_answer_read (answer, spec, self->x, reading);
  LabReading probed;

  if ((inside && reading->exact) || !app_shown_can_probe (spec, self->x))
    return inside;

  /* The probe waits for the whole curve: it is the curve that people look at. */
  if (settled)
    app_probe_request (probe, spec, self->x);
  if (!app_probe_read (probe, spec, self->x, &probed) || (inside && probed.seeds < reading->seeds))
    return inside;

  if (inside)
    lab_reading_complete (&probed, reading);
  *reading = probed;

  return TRUE;
}

guint
app_cursor_update (AppCursor *self, const LabAnswer *answer, const LabSpec *spec, AppProbe *probe, gboolean settled)
{
  AppReadout *readout = NULL;
  LabReading reading;
  gboolean moved;

  moved = answer != NULL ? app_cursor_place (self, spec) : set_place (self, NAN);
  if (!isnan (self->x) && read_curves (self, answer, spec, probe, settled, &reading))
    readout = app_readout_new (&reading, spec);

  return (moved ? APP_CURSOR_MOVED : 0) | (take_readout (self, readout) ? APP_CURSOR_READ : 0);
}
