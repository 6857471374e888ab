#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A table of finite numbers: lines of as many fields each, separated by commas, perhaps in
 * quotes. A first line without a number in it is a header; empty lines and those that begin with #
 * do not count. Returns the rows, one after the other (n_rows x n_columns), to free with g_free();
 * else LAB_ERROR_FILE, with the line and the column, or G_FILE_ERROR. */
double *lab_csv_read (const char *path, int *n_columns, int *n_rows, GError **error);

G_END_DECLS
