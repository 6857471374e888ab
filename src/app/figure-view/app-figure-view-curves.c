/* Curves that are hidden, by the legend or by the menu. */

#include "app-figure-view-private.h"

#include "app-text.h"

guint64
app_figure_view_hidden_bits (AppFigureView *self, const PlotFigure *figure)
{
  guint64 bits = 0;

  for (guint i = 0; i < MIN (plot_figure_get_n_curves (figure), 64); i++)
    if (g_hash_table_contains (self->hidden, plot_figure_get_curve (figure, i)->id))
      bits |= (guint64) 1 << i;

  return bits;
}

static void
apply (AppFigureView *self)
{
  self->range.view.hidden = app_figure_view_hidden_bits (self, self->figure);
  app_figure_view_reframe (self, FALSE);
  app_figure_view_changed (self);
}

void
app_figure_view_toggle_curve (AppFigureView *self, const char *id)
{
  if (!g_hash_table_remove (self->hidden, id))
    g_hash_table_add (self->hidden, g_strdup (id));
  apply (self);
}

void
app_figure_view_show_alone (AppFigureView *self, const char *id)
{
  gboolean changes = g_hash_table_remove (self->hidden, id);

  for (guint i = 0; i < plot_figure_get_n_curves (self->figure); i++)
    {
      const char *other = plot_figure_get_curve (self->figure, i)->id;

      if (!g_str_equal (other, id))
        changes |= g_hash_table_add (self->hidden, g_strdup (other));
    }
  if (!changes)
    g_hash_table_remove_all (self->hidden);
  apply (self);
}

void
app_figure_view_show_all (AppFigureView *self)
{
  g_hash_table_remove_all (self->hidden);
  if (self->figure != NULL)
    apply (self);
}

/* --- the menu --- */

static void
activate_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  app_figure_view_toggle_curve (APP_FIGURE_VIEW (data),
                                g_object_get_data (G_OBJECT (action), "curve"));
}

/* An id may hold characters that the name of an action must not. */
static void
add_item (AppFigureView *self, const PlotCurve *curve)
{
  int n = g_menu_model_get_n_items (G_MENU_MODEL (self->curves));
  g_autofree char *name = g_strdup_printf ("curve-%d", n);
  g_autofree char *full_name = g_strconcat ("curves.", name, NULL);
  g_autofree char *plain = app_text_from_markup (curve->label);
  g_autofree char *label = app_text_to_sentence (plain);
  gboolean shown = !g_hash_table_contains (self->hidden, curve->id);
  g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (name, NULL,
                                                                   g_variant_new_boolean (shown));
  g_autoptr (GMenuItem) item = g_menu_item_new (label, full_name);

  g_object_set_data_full (G_OBJECT (action), "curve", g_strdup (curve->id), g_free);
  g_signal_connect_object (action, "activate", G_CALLBACK (activate_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (self->curve_actions), G_ACTION (action));
  g_menu_append_item (self->curves, item);
}

void
app_figure_view_update_curves (AppFigureView *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_menu_remove_all (self->curves);
  for (guint i = 0; self->figure != NULL && i < plot_figure_get_n_curves (self->figure); i++)
    {
      const PlotCurve *curve = plot_figure_get_curve (self->figure, i);

      if (*curve->label != '\0' && g_hash_table_add (seen, (gpointer) curve->id))
        add_item (self, curve);
    }
}
