#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one way by which files come in. Anything that can be read will do, a pipe or a device too; what
 * holds more than `most` bytes is refused with LAB_ERROR_FILE, a file before it is read and the others
 * after that many. A G_FILE_ERROR where it cannot be read (missing, a folder, no permission),
 * LAB_ERROR_SIZE where there is no memory for it. Messages are one line and name the file. */
GBytes *lab_file_read (const char *path, gsize most, GError **error);

/* Its text without the mark of the byte order, UTF-16 made UTF-8: no zero within,
 * and one behind its end. NULL with LAB_ERROR_FILE, which does not name the file, for what is no text. */
char *lab_file_decode (GBytes *bytes, GError **error);

G_END_DECLS
