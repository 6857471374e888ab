#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a table of points may be at most, in bytes. */
#define LAB_CSV_MOST ((gsize) 256 << 20)

/* A table of finite numbers: lines of as many fields each. The first line says what separates the
 * fields: a semicolon if there is one (outside of quotes), else a tabulator, else a comma, else
 * blanks; or a line like "sep=;" before it says it. Where the comma does not separate it may stand
 * for the decimal point, in a whole file or not at all. Fields may be in quotes. A first line without
 * a number in it is a header, and names all columns. An empty name is refused: it is that of an index
 * which another program has added, and would become a coordinate. Empty lines, rows of empty fields
 * below the first, and lines that begin with # do not count. Lines end with LF, CR LF or CR. Returns
 * the rows, one after the other (n_rows x n_columns), to free with g_free(); else LAB_ERROR_FILE,
 * with the line and the column, LAB_ERROR_SIZE or G_FILE_ERROR. */
double *lab_csv_read (const char *path, int *n_columns, int *n_rows, GError **error);
/* The same of what was read; messages call it @name. */
double *lab_csv_parse (const char *name, GBytes *bytes, int *n_columns, int *n_rows,
                       GError **error);

G_END_DECLS
