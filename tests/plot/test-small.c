/* Figures of every size from 100 x 80 on: no text lies on another or on the edge of the sheet, and what has no
 * room is told. */

#include "plot-layout-private.h"
#include "plot-samples.h"

#include <math.h>
#include <string.h>

typedef struct
{
  const char *what;
  PlotRect rect;
} Ink;

/* What is drawn of a text whose top left corner is at (x, y). */
static void
add_text (GArray *inks, const char *what, PangoLayout *text, double x, double y, gboolean upwards)
{
  PangoRectangle ink;
  double left, top, width, height;
  Ink added = { .what = what };

  if (text == NULL)
    return;
  pango_layout_get_extents (text, &ink, NULL);
  left = (double) ink.x / PANGO_SCALE;
  top = (double) ink.y / PANGO_SCALE;
  width = (double) ink.width / PANGO_SCALE;
  height = (double) ink.height / PANGO_SCALE;
  added.rect = upwards ? (PlotRect){ x + top, y - left - width, x + top + height, y - left }
                       : (PlotRect){ x + left, y + top, x + left + width, y + top + height };
  g_array_append_val (inks, added);
}

static double
baseline (PangoLayout *text)
{
  return (double) pango_layout_get_baseline (text) / PANGO_SCALE;
}

static void
add_ticks (GArray *inks, const PlotScene *scene, guint panel, PlotAxis axis)
{
  const PlotLayout *layout = &scene->layout;
  PlotRect frame = layout->frames[panel];

  for (guint i = 0; i < layout->ticks[axis]->len; i++)
    {
      const PlotTick *tick = &g_array_index (layout->ticks[axis], PlotTick, i);
      PangoLayout *text = tick->label != NULL ? g_hash_table_lookup (scene->tick_texts, tick->label) : NULL;
      double at = plot_layout_to_pixel (layout, panel, axis, tick->value), width;

      if (text == NULL)
        continue;
      width = plot_text_width (text);
      if (axis == PLOT_X)
        add_text (inks, tick->label, text, at - width / 2, frame.bottom + 1.55 * scene->size - baseline (text),
                  FALSE);
      else
        add_text (inks, tick->label, text, frame.left - 0.7 * scene->size - width,
                  at + 0.36 * scene->size - baseline (text), FALSE);
    }
}

static GArray *
collect (const PlotScene *scene)
{
  GArray *inks = g_array_new (FALSE, FALSE, sizeof (Ink));

  add_text (inks, "title", scene->title.text, scene->title.x, scene->title.y, FALSE);
  add_text (inks, "x label", scene->labels[PLOT_X].text, scene->labels[PLOT_X].x, scene->labels[PLOT_X].y,
            FALSE);
  add_text (inks, "y label", scene->labels[PLOT_Y].text, scene->labels[PLOT_Y].x, scene->labels[PLOT_Y].y,
            TRUE);
  add_text (inks, "notes", scene->notes.text, scene->notes.x, scene->notes.y, FALSE);
  add_ticks (inks, scene, 0, PLOT_Y);
  for (guint panel = 0; panel < scene->layout.n_panels; panel++)
    {
      add_ticks (inks, scene, panel, PLOT_X);
      add_text (inks, "panel title", scene->panel_titles[panel].text, scene->panel_titles[panel].x,
                scene->panel_titles[panel].y, FALSE);
    }
  for (guint i = 0; i < scene->markers->len; i++)
    {
      const PlotEntryText *label = &g_array_index (scene->markers, PlotEntryText, i);

      add_text (inks, "label of a marker", label->text, label->x, label->y, FALSE);
    }
  for (guint i = 0; i < scene->guides->len; i++)
    {
      const PlotGuideText *label = &g_array_index (scene->guides, PlotGuideText, i);

      add_text (inks, "slope", label->text, label->x, label->y, FALSE);
    }
  for (guint i = 0; i < scene->legend->len; i++)
    {
      const PlotEntryText *entry = &g_array_index (scene->legend, PlotEntryText, i);
      double text_x = entry->x + entry->width - plot_text_width (entry->text);
      Ink sample = { "sample",
                     { entry->x, entry->y - 0.4 * scene->size, entry->x + scene->legend_sample,
                       entry->y + 0.4 * scene->size } };

      g_array_append_val (inks, sample);
      add_text (inks, "entry", entry->text, text_x, entry->y + 0.34 * scene->size - baseline (entry->text),
                FALSE);
    }
  return inks;
}

#define SLACK 0.6 /* of a pixel: antialiasing */

static gboolean
overlap (PlotRect a, PlotRect b)
{
  return MIN (a.right, b.right) - MAX (a.left, b.left) > SLACK
         && MIN (a.bottom, b.bottom) - MAX (a.top, b.top) > SLACK;
}

static int
count_faults (const PlotScene *scene, const char *figure)
{
  g_autoptr (GArray) inks = collect (scene);
  PlotRect sheet = { -SLACK, -SLACK, scene->layout.width + SLACK, scene->layout.height + SLACK };
  int faults = 0;

  for (guint i = 0; i < inks->len; i++)
    {
      const Ink *a = &g_array_index (inks, Ink, i);

      if (a->rect.left < sheet.left || a->rect.right > sheet.right || a->rect.top < sheet.top
          || a->rect.bottom > sheet.bottom)
        {
          g_test_message ("%s, %s, %g x %g: %s leaves the sheet", figure, scene->theme->name,
                          scene->layout.width, scene->layout.height, a->what);
          faults++;
        }
      for (guint j = 0; j < i; j++)
        if (overlap (a->rect, g_array_index (inks, Ink, j).rect))
          {
            g_test_message ("%s, %s, %g x %g: %s on %s", figure, scene->theme->name, scene->layout.width,
                            scene->layout.height, a->what, g_array_index (inks, Ink, j).what);
            faults++;
          }
    }
  return faults;
}

/* The sizes asked for by hand, then a net of others, each figure and theme on one part of it. */
static void
test_overlaps (void)
{
  static const double wide[] = { 100, 115, 135, 160, 200, 250, 320, 400, 520, 700, 1000 };
  static const double high[] = { 80, 95, 115, 140, 160, 200, 250, 320, 450, 700 };
  static const char *const themes[] = { "light", "paper", "dark" };
  guint n, turn = 0;
  const PlotSample *samples = plot_samples (&n);
  int faults = 0;

  for (guint s = 0; s < n; s++)
    {
      g_autoptr (PlotFigure) figure = samples[s].make ();
      gboolean dense = strstr (samples[s].name, "dense") != NULL || strstr (samples[s].name, "long") != NULL;

      for (guint w = 0; w < G_N_ELEMENTS (wide); w++)
        for (guint h = 0; h < G_N_ELEMENTS (high); h++, turn++)
          {
            const char *theme = themes[turn % 3];
            PlotLayout *layout;

            if (turn % (dense ? 13 : 5) != 0 && !(wide[w] == 400 && high[h] <= 200 && !dense))
              continue;
            layout = plot_layout_new (figure, plot_theme_find (theme), NULL, wide[w], high[h]);
            faults += count_faults ((const PlotScene *) layout, samples[s].name);
            plot_layout_free (layout);
          }
    }
  g_assert_cmpint (faults, ==, 0);
}

static char *
left_out (const PlotFigure *figure, double width, double height)
{
  PlotLayout *layout = plot_layout_new (figure, plot_theme_find ("light"), NULL, width, height);
  char *words = plot_layout_left_out (layout);

  g_test_message ("%g x %g: %s", width, height, words != NULL ? words : "all");
  plot_layout_free (layout);
  return words;
}

static void
test_left_out (void)
{
  g_autoptr (PlotFigure) figure = plot_sample_double_descent ();
  g_autofree char *all = left_out (figure, 1200, 800), *low = left_out (figure, 400, 160),
                  *small = left_out (figure, 100, 80);

  g_assert_null (all);
  g_assert_nonnull (strstr (low, "the legend"));
  g_assert_nonnull (strstr (small, "the title"));
  g_assert_nonnull (strstr (small, "the legend"));
  g_assert_nonnull (strstr (small, "the names of the axes"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/small/overlaps", test_overlaps);
  g_test_add_func ("/plot/small/left-out", test_left_out);
  return g_test_run ();
}
