/* The toolkit's headers, compiled once for all files of this folder: they take longer than the files do.
 * Every file still includes what it uses. */
#include <adwaita.h>
