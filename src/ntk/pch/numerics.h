/* The headers of other libraries, compiled once for all files of a target: they take longer than the files do.
 * Every file still includes what it uses. */
#include <glib.h>
#include <math.h>
#include <string.h>
