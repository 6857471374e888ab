#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Strings are freed with g_free(). */

/* Numbers as the table of parameters reads and writes them ("0.25", "2.3e-06", "inf") and as people do in
 * the user's locale ("0,25", "2,3 × 10⁻⁶", "∞"). Both are understood. */
char *app_text_from_number (const char *number);
char *app_text_to_number (const char *typed);

/* Markup without its tags. */
char *app_text_from_markup (const char *markup);

/* Text or markup with a capital at its beginning: legend entries and reasons begin small. */
char *app_text_to_sentence (const char *text);

/* Underlines the first letter of a label that is not among @taken, to which it is added; where
 * there is none, as in scripts without letters, one of @name's is put behind the label. */
char *app_text_add_mnemonic (const char *label, const char *name, GString *taken);

/* A whole number within limits; FALSE leaves @reason (translated, free with g_free()). */
gboolean app_text_to_whole (const char *typed, guint minimum, guint maximum, guint *number,
                            char **reason);

G_END_DECLS
