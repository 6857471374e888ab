#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers as the table of parameters reads and writes them ("0.25") and as they are written in
 * the user's locale ("0,25"). Both are understood. Free with g_free(). */
char *app_number_text_show (const char *number);
char *app_number_text_read (const char *typed);

/* A whole number within limits; FALSE leaves @reason (translated, free with g_free()). */
gboolean app_number_text_read_whole (const char *typed, guint minimum, guint maximum, guint *number,
                                     char **reason);

G_END_DECLS
