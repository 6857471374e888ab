#pragma once

#include <lab.h>

#include "app-probe.h"
#include "app-readout.h"

G_BEGIN_DECLS

/* Where the cursor stands on the axis of a curve, and what is to be read there. */
typedef struct
{
  double x;            /* in units of the axis; NAN where there is no cursor */
  AppReadout *readout; /* owned; NULL where there is nothing to read */
} AppCursor;

/* What has changed. */
typedef enum
{
  APP_CURSOR_MOVED = 1 << 0,
  APP_CURSOR_READ = 1 << 1,
} AppCursorChange;

void app_cursor_init (AppCursor *self);
void app_cursor_clear (AppCursor *self);

/* Where the parameters of @spec put it; whether that is somewhere else. */
gboolean app_cursor_place (AppCursor *self, const LabSpec *spec);
/* Places it and reads @answer, which is of @spec (both NULL: there is none yet). Between the places of the
 * curves @probe is asked, to compute there too once they are @settled. Returns a set of AppCursorChange. */
guint app_cursor_update (AppCursor *self, const LabAnswer *answer, const LabSpec *spec, AppProbe *probe,
                         gboolean settled);

G_END_DECLS
