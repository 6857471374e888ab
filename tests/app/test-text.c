#include "app-text.h"

#include <locale.h>

#define assert_takes(string, expected) \
  G_STMT_START { \
    g_autofree char *taken_ = (string); \
    g_assert_cmpstr (taken_, ==, expected); \
  } G_STMT_END

static void
test_numbers (void)
{
  assert_takes (app_text_to_number (" 0.25 "), "0.25");
  assert_takes (app_text_to_number ("\xe2\x88\x92" "1"), "-1");
  assert_takes (app_text_to_number ("1,000"), "1,000"); /* refused later, rather than read as 1 */
  assert_takes (app_text_from_number ("0.25"), "0.25");
  assert_takes (app_text_from_number ("inf"), "∞");
  assert_takes (app_text_to_number (" ∞ "), "inf");
  assert_takes (app_text_to_number ("inf"), "inf");
  assert_takes (app_text_from_number ("2.3e-06"), "2.3\u00a0×\u00a010⁻⁶");
  assert_takes (app_text_to_number ("2.3\u00a0×\u00a010⁻⁶"), "2.3e-6");
  assert_takes (app_text_to_number ("2.3e-6"), "2.3e-6");
}

static void
test_comma (void)
{
  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("no locale with a comma");
      return;
    }
  assert_takes (app_text_to_number ("0,25"), "0.25");
  assert_takes (app_text_to_number ("0.25"), "0.25");
  assert_takes (app_text_from_number ("0.25"), "0,25");
  assert_takes (app_text_from_number ("2.3e-06"), "2,3\u00a0×\u00a010⁻⁶");
  assert_takes (app_text_to_number ("2,3\u00a0×\u00a010⁻⁶"), "2.3e-6");
  setlocale (LC_NUMERIC, "C");
}

static void
test_whole (void)
{
  g_autofree char *reason = NULL;
  guint number = 0;

  g_assert_true (app_text_to_whole ("600", 100, 32767, &number, &reason));
  g_assert_cmpuint (number, ==, 600);

  number = 7;
  for (int i = 0; i < 6; i++)
    {
      static const char *const wrong[] = { "", "99", "32768", "600.5", "six", "99999999999999999999" };

      g_clear_pointer (&reason, g_free);
      g_assert_false (app_text_to_whole (wrong[i], 100, 32767, &number, &reason));
      g_assert_cmpstr (reason, ==, "Must be a whole number from 100 to 32767");
      g_assert_cmpuint (number, ==, 7);
    }
}

static void
test_markup (void)
{
  assert_takes (app_text_from_markup ("width <i>m</i> &lt; 3"), "width m < 3");
  assert_takes (app_text_from_markup ("a <b"), "a <b");
  assert_takes (app_text_to_sentence ("über <i>D</i>"), "Über <i>D</i>");
  assert_takes (app_text_to_sentence ("<i>D</i>"), "<i>D</i>");
  assert_takes (app_text_to_sentence (""), "");
}

static void
test_mnemonics (void)
{
  g_autoptr (GString) taken = g_string_new (NULL);

  assert_takes (app_text_add_mnemonic ("Width", "width", taken), "_Width");
  assert_takes (app_text_add_mnemonic ("Wide", "noise", taken), "W_ide");
  assert_takes (app_text_add_mnemonic ("噪声", "noise", taken), "噪声 (_N)");
  assert_takes (app_text_add_mnemonic ("Win", "win", taken), "Win"); /* none left */
  g_assert_cmpstr (taken->str, ==, "win");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/text/numbers", test_numbers);
  g_test_add_func ("/app/text/comma", test_comma);
  g_test_add_func ("/app/text/whole", test_whole);
  g_test_add_func ("/app/text/markup", test_markup);
  g_test_add_func ("/app/text/mnemonics", test_mnemonics);
  return g_test_run ();
}
