#pragma once

#include "plot-export.h"

#include <sys/stat.h>

G_BEGIN_DECLS

/* Where a file is to be: all links followed, and all that is done later is done in this very folder,
 * whatever becomes of the path meanwhile. */
typedef struct
{
  int folder; /* descriptor, -1 if there is none */
  char *name;
  gboolean exists;
  struct stat old; /* where it exists */
} PlotPlace;

/* Both return 0 or an errno. */
int plot_place_find (PlotPlace *self, const char *path);
/* Puts a file with this content there, whole, or leaves all as it was. */
int plot_place_fill (const PlotPlace *self, PlotFill fill, gpointer data, gboolean replace);
void plot_place_clear (PlotPlace *self);

/* A name for a file in the folder that goes away with the process, should it be ended by a signal. One
 * at a time: others wait. `make` gives the file this name, and returns 0 or an errno. */
int plot_temporary_begin (int folder, int (*make) (int folder, const char *name, gpointer data),
                          gpointer data);
const char *plot_temporary_name (void);
/* Removes the name, if it is still there. Only after a plot_temporary_begin() that returned 0. */
void plot_temporary_end (void);

/* Says that a file is somebody's who is writing now. FALSE if it has no name, or if a sweep came before
 * and takes it away. */
gboolean plot_temporary_lock (int fd);
/* Removes the files of writers that were killed. */
void plot_temporary_sweep (int folder);

G_END_DECLS
