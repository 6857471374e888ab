/* Places and shares of double descent: what they are called, and what is said of them. */

#include <figures.h>
#include <math.h>
#include <string.h>

#include "lab-case.h"

#define SMALL "n-train=20 dim=3 n-test=4 points=5 seeds=2"
#define WIDTHS SMALL " from=1 to=100"

/* One name for a place: in sentences, in the read-out, and of linear models. */
static void
test_places (void)
{
  static const struct
  {
    const char *settings, *place;
    double x;
  } rows[] = {
    { WIDTHS, "width <b>10</b>   test", 10 },
    { WIDTHS, "width <b>12</b>, between points   test", 12 },
    { "model=linear dim=20 n-train=10 n-test=4 seeds=2 from=2 to=20 points=2", "<b>20</b> coordinates   test", 20 },
    { SMALL " axis=n-train from=2 to=8 points=2", "<i>n</i> = <b>8</b>   test", 8 },
    { SMALL " axis=time from=1 to=100", "<i>t</i> = <b>100</b>   test", 100 },
    { SMALL " axis=ridge from=0.01 to=1", "ridge <b>0.01</b>   test", 0.01 },
    { SMALL " axis=ensemble", "<b>100</b> models   test", 100 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Case) made = case_parse ("double-descent", 1, rows[i].settings);
      g_autofree char *text = NULL;
      LabReading reading;

      g_assert_true (lab_answer_read (made.answer, made.spec, rows[i].x, &reading));
      text = figures_reading (&reading, made.spec, 0);
      if (!g_str_has_prefix (text, rows[i].place))
        g_error ("“%s” does not begin with “%s”", text, rows[i].place);
    }
}

/* A share is spoken of where the curve loses about as much once it is switched off. */
static void
test_shares (void)
{
  static const char *const rows[] = {
    "model=linear inputs=gaussian dim=40 n-train=10 noise=0.3 from=2 to=40 points=9 seeds=20 n-test=50",
    "model=linear inputs=gaussian dim=40 n-train=10 noise=1 from=2 to=40 points=9 seeds=20 n-test=50",
    "model=linear inputs=gaussian dim=40 n-train=10 noise=0.3 from=2 to=40 points=9 seeds=20 n-test=50 center=mean",
    "n-train=30 dim=5 n-test=50 seeds=9 to=40 noise=1",
  };
  int said = 0, left_out = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Case) made = case_parse ("double-descent", 1, rows[i]);
      g_autoptr (LabSpec) quiet = lab_spec_copy (made.spec);
      g_autoptr (LabAnswer) without = NULL;
      const LabSeries *test = lab_answer_find (made.answer, "test"), *rest;
      const LabDescentFacts *f = lab_descent_facts (made.answer);
      int at = 0;

      g_assert_false (isnan (f->peak_x));
      while (test->x[at] != f->peak_x)
        at++;
      g_assert_true (lab_spec_assign (quiet, "noise=0", NULL));
      without = lab_answer_new (made.result, quiet);
      rest = lab_answer_find (without, "test");
      g_test_message ("%g beside %g", f->noise_share, 1 - rest->y[at] / test->y[at]);
      if (!isnan (f->noise_share))
        g_assert_cmpfloat_with_epsilon (f->noise_share, 1 - rest->y[at] / test->y[at], 0.1);
      said += !isnan (f->noise_share);
      left_out += isnan (f->noise_share);
    }
  g_assert_cmpint (said, >, 0);
  g_assert_cmpint (left_out, >, 0);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  g_test_init (&argc, &argv, NULL);
  lab_init (&error);
  g_assert_no_error (error);
  g_test_add_func ("/figures/shares/places", test_places);
  g_test_add_func ("/figures/shares/shares", test_shares);
  return g_test_run ();
}
