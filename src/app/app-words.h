#pragma once

#include <lab.h>

G_BEGIN_DECLS

/* Why values cannot be taken, in the words of the window: rows by their labels, numbers as they are
 * typed there. Translated; free with g_free(). */

/* What the row of @key takes, said of @typed, which lab_draft_parse() has refused. */
char *app_words_refusal (const LabSpec *spec, LabKey key, const char *typed);

/* Of the two ends of a range, why @spec, with one of them (@key) just typed, has them the wrong way
 * round; NULL if it does not. */
char *app_words_order (const LabSpec *spec, LabKey key);

/* An error of lab_spec_check(), which blames @blamed, or of a job (LAB_N_KEYS). */
char *app_words_error (const LabSpec *spec, LabKey blamed, const GError *error);

/* Whether a choice goes together with the other values; FALSE leaves @reason. Where they are wrong already,
 * every choice can be made. */
gboolean app_words_can_choose (const LabSpec *spec, LabKey key, guint choice, char **reason);

G_END_DECLS
