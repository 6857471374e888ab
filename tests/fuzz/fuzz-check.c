#include "fuzz.h"

#include <string.h>

void
fuzz_check_outcome (gboolean result, const GError *error)
{
  g_assert_true (result == (error == NULL));
  if (error == NULL)
    return;
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), >, 0);
  for (const char *at = error->message; *at != '\0'; at = g_utf8_next_char (at))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (at)));
}

void
fuzz_check_spec (const LabSpec *spec)
{
  g_autofree char *text = lab_spec_to_text (spec), *same = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LabSpec) again = lab_spec_from_text (text, &error), copy = lab_spec_copy (spec);

  g_assert_no_error (error);
  same = lab_spec_to_text (again);
  g_assert_cmpstr (same, ==, text);
  g_assert_true (lab_spec_equal (again, copy));
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  /* Criticals end the process, in the program's own words or a library's. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  lab_init (&error);
  g_assert_no_error (error);
  return 0;
}
