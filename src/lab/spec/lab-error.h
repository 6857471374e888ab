#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LAB_ERROR (lab_error_quark ())

/**
 * LabError:
 * @LAB_ERROR_UNKNOWN: no such key, exhibit, preset or choice
 * @LAB_ERROR_SYNTAX: a value that cannot be read
 * @LAB_ERROR_RANGE: a value outside its range; the message names the range
 * @LAB_ERROR_CONTRADICTION: values that exclude one another
 * @LAB_ERROR_SIZE: needs more memory than there is
 * @LAB_ERROR_FILE: a file that was read and is not what it should be
 *
 * All but @LAB_ERROR_SIZE are mistakes of who asks (exit status 2 on the command line; the table is in
 * src/cli/main.c). A file that cannot be read at all is a G_FILE_ERROR.
 */
typedef enum
{
  LAB_ERROR_UNKNOWN,
  LAB_ERROR_SYNTAX,
  LAB_ERROR_RANGE,
  LAB_ERROR_CONTRADICTION,
  LAB_ERROR_SIZE,
  LAB_ERROR_FILE,
} LabError;

GQuark lab_error_quark (void);

/* Text of others (files, arguments) as it stands in a message: one line whatever it holds, control
 * characters and what is not UTF-8 as \n, \x1b or \u202e, and where it is longer than 60 characters
 * without its middle. To free with g_free(). */
char *lab_quote (const char *text);

G_END_DECLS
