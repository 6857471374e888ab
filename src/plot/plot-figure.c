#include "plot-item-private.h"

#include <math.h>

/* Control characters other than tab and newline, and the two code points XML forbids. */
char *
plot_clean_text (const char *text)
{
  GString *out = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean allowed = c == '\t' || c == '\n' || c == '\r'
                         || (c >= 0x20 && c != 0x7f && c != 0xfffe && c != 0xffff);
      g_string_append_unichar (out, allowed ? c : 0xfffd);
    }
  return g_string_free (out, FALSE);
}

static void
entry_clear (gpointer data)
{
  PlotEntry *entry = data;

  g_free (entry->key);
  g_free (entry->value);
}

PlotFigure *
plot_figure_new (const char *title_markup)
{
  PlotFigure *self = g_atomic_rc_box_new0 (PlotFigure);

  self->title = plot_clean_text (title_markup);
  self->description = g_strdup ("");
  for (int axis = 0; axis < PLOT_N_AXES; axis++)
    self->axes[axis].scale = &plot_scale_linear;
  self->n_panels = 1;
  self->items = g_ptr_array_new_with_free_func (plot_item_free);
  self->series = g_ptr_array_new ();
  self->curves = g_array_new (FALSE, FALSE, sizeof (PlotCurve));
  self->leaders = g_array_new (FALSE, FALSE, sizeof (guint));
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->metadata = g_array_new (FALSE, TRUE, sizeof (PlotEntry));
  g_array_set_clear_func (self->metadata, entry_clear);
  return self;
}

PlotFigure *
plot_figure_ref (PlotFigure *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
figure_clear (gpointer data)
{
  PlotFigure *self = data;

  g_free (self->title);
  g_free (self->description);
  g_free (self->top_label);
  g_clear_pointer (&self->top_x, g_array_unref);
  g_clear_pointer (&self->top_value, g_array_unref);
  for (int axis = 0; axis < PLOT_N_AXES; axis++)
    g_free (self->axes[axis].label);
  for (guint panel = 0; panel < self->n_panels; panel++)
    g_free (self->panel_titles[panel]);
  g_ptr_array_unref (self->series);
  g_ptr_array_unref (self->items);
  g_array_unref (self->curves);
  g_array_unref (self->leaders);
  g_ptr_array_unref (self->notes);
  g_array_unref (self->metadata);
}

void
plot_figure_unref (PlotFigure *self)
{
  g_atomic_rc_box_release_full (self, figure_clear);
}

void
plot_figure_set_axis (PlotFigure *self, PlotAxis axis, const char *label_markup,
                      const PlotScale *scale)
{
  g_return_if_fail (self != NULL && axis < PLOT_N_AXES);

  g_free (self->axes[axis].label);
  self->axes[axis].label = plot_clean_text (label_markup);
  self->axes[axis].scale = scale != NULL ? scale : &plot_scale_linear;
}

static GArray *
logarithms (guint n, const double *values)
{
  GArray *array = g_array_sized_new (FALSE, FALSE, sizeof (double), n);

  for (guint i = 0; i < n; i++)
    g_array_append_vals (array, &(double){ log (values[i]) }, 1);
  return array;
}

void
plot_figure_set_top_axis (PlotFigure *self, const char *label_markup, guint n, const double *x,
                          const double *value)
{
  g_return_if_fail (self != NULL && n >= 2 && x != NULL && value != NULL);
  for (guint i = 0; i < n; i++)
    g_return_if_fail (x[i] > 0 && value[i] > 0
                      && (i == 0 || (x[i] > x[i - 1] && value[i] > value[i - 1])));

  g_free (self->top_label);
  g_clear_pointer (&self->top_x, g_array_unref);
  g_clear_pointer (&self->top_value, g_array_unref);
  self->top_label = plot_clean_text (label_markup);
  self->top_x = logarithms (n, x);
  self->top_value = logarithms (n, value);
}

void
plot_figure_set_panels (PlotFigure *self, guint n_panels, const char *const *titles_markup)
{
  g_return_if_fail (self != NULL && n_panels >= 1 && n_panels <= PLOT_MAX_PANELS);
  for (guint i = 0; i < self->items->len; i++)
    g_return_if_fail (((const PlotItem *) g_ptr_array_index (self->items, i))->panel < 0);

  for (guint panel = 0; panel < PLOT_MAX_PANELS; panel++)
    {
      const char *title = panel < n_panels && titles_markup != NULL ? titles_markup[panel] : NULL;

      g_free (self->panel_titles[panel]);
      self->panel_titles[panel] = title != NULL ? plot_clean_text (title) : NULL;
    }
  self->n_panels = n_panels;
}

guint
plot_figure_get_n_panels (const PlotFigure *self)
{
  return self->n_panels;
}

gboolean
plot_figure_get_reach (const PlotFigure *self, PlotAxis axis, double *lo, double *hi)
{
  g_return_val_if_fail (self != NULL && axis < PLOT_N_AXES, FALSE);

  *lo = self->reach[axis].lo;
  *hi = self->reach[axis].hi;
  return plot_span_is_set (self->reach[axis]);
}

void
plot_figure_set_reach (PlotFigure *self, PlotAxis axis, double lo, double hi)
{
  g_return_if_fail (self != NULL && axis < PLOT_N_AXES && lo < hi);

  self->reach[axis] = (PlotSpan){ lo, hi };
}

void
plot_figure_set_square (PlotFigure *self, gboolean square)
{
  g_return_if_fail (self != NULL);

  self->square = square;
}

void
plot_figure_set_equal (PlotFigure *self, gboolean equal)
{
  g_return_if_fail (self != NULL);

  self->equal = equal;
}

void
plot_figure_set_downwards (PlotFigure *self, gboolean downwards)
{
  g_return_if_fail (self != NULL);

  self->downwards = downwards;
}

void
plot_figure_add_note (PlotFigure *self, const char *note)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_add (self->notes, plot_clean_text (note));
}

void
plot_figure_set_description (PlotFigure *self, const char *description)
{
  g_return_if_fail (self != NULL);

  g_free (self->description);
  self->description = plot_clean_text (description);
}

void
plot_figure_set_metadata (PlotFigure *self, const char *key, const char *value)
{
  PlotEntry entry;

  g_return_if_fail (self != NULL && key != NULL && *key != '\0');

  entry = (PlotEntry){ plot_clean_text (key), plot_clean_text (value) };
  for (guint i = 0; i < self->metadata->len; i++)
    {
      PlotEntry *old = &g_array_index (self->metadata, PlotEntry, i);

      if (g_str_equal (old->key, entry.key))
        {
          entry_clear (old);
          *old = entry;
          return;
        }
    }
  g_array_append_val (self->metadata, entry);
}

const char *
plot_figure_get_title (const PlotFigure *self)
{
  return self->title;
}

const char *
plot_figure_get_description (const PlotFigure *self)
{
  return self->description;
}

const char *
plot_figure_get_label (const PlotFigure *self, PlotAxis axis)
{
  return self->axes[axis].label;
}

const PlotScale *
plot_figure_get_scale (const PlotFigure *self, PlotAxis axis)
{
  return self->axes[axis].scale;
}
