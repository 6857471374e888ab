/* How fast the kernels answer a hand: drags of depth, variance, width and activation of both views, and what
 * recombines; from a change to the first result of it. Medians and worst in ms; a frame is 16 ms, and the
 * matrix is to follow within 50. */

#include "bench.h"

#include <figures.h>

enum
{
  EVENTS = 40,
};

typedef struct
{
  LabRunner *runner;
  GMainLoop *loop;
  double seconds; /* until a result was a figure */
  gint64 start;
  LabSpec *spec;
} Drag;

/* The first result of this spec, drawn. */
static void
answer (LabRunner *runner, GParamSpec *pspec, Drag *drag)
{
  LabResult *result = lab_runner_get_result (runner);

  if (lab_spec_same_work (lab_result_spec (result), drag->spec) && drag->seconds < 0)
    {
      g_autoptr (LabAnswer) answer = lab_answer_new (result, drag->spec);
      g_autoptr (PlotFigure) figure = figures_build (answer, drag->spec);

      drag->seconds = (g_get_monotonic_time () - drag->start) * 1e-6;
      g_main_loop_quit (drag->loop);
    }
}

static gboolean
give_up (gpointer data)
{
  g_error ("no answer within 30 s");

  return G_SOURCE_REMOVE;
}

static double
change (Drag *drag, const char *assignment)
{
  guint patience = g_timeout_add_seconds (30, give_up, NULL);
  GError *error = NULL;

  if (!lab_spec_assign (drag->spec, assignment, &error))
    g_error ("%s", error->message);
  drag->seconds = -1;
  drag->start = g_get_monotonic_time ();
  lab_runner_submit (drag->runner, drag->spec);
  g_main_loop_run (drag->loop);
  g_source_remove (patience);
  return drag->seconds;
}

static void
time_drag (const char *view, const char *settings, const char *key, double from, double step)
{
  g_auto (GStrv) each = g_strsplit (settings, " ", -1);
  g_autofree char *shown = g_strdup_printf ("view=%s", view);
  Drag drag = { .runner = lab_runner_new (), .loop = g_main_loop_new (NULL, FALSE),
                .spec = lab_spec_new_named ("kernel", NULL) };
  double seconds[EVENTS], first;
  int count = 0;

  lab_spec_assign_all (drag.spec, (const char *const *) each, NULL);
  g_signal_connect (drag.runner, "notify::result", G_CALLBACK (answer), &drag);
  first = change (&drag, shown);
  for (int i = 0; i < EVENTS; i++)
    {
      g_autofree char *assignment = g_strdup_printf ("%s=%.3g", key, from + step * (i % 9 + 1));

      seconds[count++] = change (&drag, assignment);
    }
  printf ("%-8s %-28s %-9s first %6.1f, median %6.1f, ", view, settings, key, 1e3 * first,
          1e3 * bench_median (seconds, count));
  printf ("worst %6.1f\n", 1e3 * seconds[count - 1]);
  lab_runner_stop (drag.runner);
  lab_spec_free (drag.spec);
  g_object_unref (drag.runner);
  g_main_loop_unref (drag.loop);
}

int
main (int argc, char **argv)
{
  static const char *const settings[] = { "width=inf",           "width=64", "width=64 activation=tanh",
                                          "width=512 depth=3", "width=4096 depth=4" };

  lab_init (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      time_drag ("profile", settings[i], "sigma-w2", 1, 0.1);
      time_drag ("profile", settings[i], "sigma-b2", 0, 0.1);
      if (i < 3)
        time_drag ("profile", settings[i], "depth", 1, 1);
      if (i < 4)
        time_drag ("matrix", settings[i], "sigma-w2", 1, 0.1);
    }
  time_drag ("matrix", "width=64 n-train=400", "sigma-w2", 1, 0.1);
  return 0;
}
