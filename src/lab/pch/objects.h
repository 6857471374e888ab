/* The headers of other libraries, compiled once for all files of a target: they take longer than the files do.
 * Every file still includes what it uses. */
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>
