/* The figures of the pane, one for each view. */

#include "app-views-pane-private.h"

#include <glib/gi18n.h>
#include <math.h>

AppView *
app_views_pane_view (AppViewsPane *self, guint i)
{
  return app_desk_get_view (self->desk, i + 1);
}

static const LabAnswer *
main_answer (AppViewsPane *self)
{
  return app_view_get_shown (app_desk_get_main (self->desk))->answer;
}

/* --- pointing from one figure into another --- */

/* A cell belongs to all places that are this near to its own, as a part of the range that the cells' places take. */
#define NEAR 0.005

/* The cells of a field that belong to a place x of the main view, a byte for each; NULL: none does. */
static GBytes *
find_cells (const LabField *field, double x)
{
  const gsize n = (gsize) field->nx * field->ny;
  g_autofree guint8 *marked = g_new0 (guint8, n);
  double lo = INFINITY, hi = -INFINITY;
  gboolean any = FALSE;

  for (gsize k = 0; k < n; k++)
    {
      lo = field->place[k] < lo ? field->place[k] : lo;
      hi = field->place[k] > hi ? field->place[k] : hi;
    }
  for (gsize k = 0; k < n; k++)
    any |= marked[k] = fabs (field->place[k] - x) <= NEAR * (hi - lo);
  return any ? g_bytes_new_take (g_steal_pointer (&marked), n) : NULL;
}

static void
mark_cells (AppViewsPane *self, AppFigureView *figure_view, const LabAnswer *answer)
{
  for (guint i = 0; i < answer->fields->len; i++)
    {
      const LabField *field = g_ptr_array_index (answer->fields, i);
      g_autoptr (GBytes) marked = NULL;

      if (field->place == NULL)
        continue;
      if (!isnan (self->hovered))
        marked = find_cells (field, self->hovered);
      app_figure_view_mark_cells (figure_view, field->type->id, marked);
    }
}

void
app_views_pane_update_hovered (AppViewsPane *self)
{
  const LabAnswer *main = main_answer (self);

  for (guint i = 0; i < self->figure_views->len; i++)
    {
      const LabView *view = app_view_get_row (app_views_pane_view (self, i));
      const LabAnswer *answer = app_view_get_shown (app_views_pane_view (self, i))->answer;
      double index = NAN;

      if (answer == NULL || main == NULL)
        continue;
      if (view->index_at != NULL && !isnan (self->hovered))
        index = view->index_at (answer, main, self->hovered);
      g_object_set (self->figure_views->pdata[i], "linked", index, NULL);
      mark_cells (self, self->figure_views->pdata[i], answer);
    }
}

/* Where on the axis of the main view the cell or the x belongs that is under the pointer. */
static double
find_place (AppViewsPane *self, guint i, double x)
{
  const LabView *view = app_view_get_row (app_views_pane_view (self, i));
  const LabAnswer *answer = app_view_get_shown (app_views_pane_view (self, i))->answer, *main = main_answer (self);
  const LabField *field;
  const char *id;
  guint cell;

  if (answer == NULL || main == NULL || isnan (x))
    return NAN;

  id = app_figure_view_get_cell (self->figure_views->pdata[i], &cell);
  field = id != NULL ? lab_answer_find_field (answer, id) : NULL;
  if (field != NULL)
    return field->place != NULL ? field->place[cell] : NAN;
  return view->place_of != NULL ? view->place_of (answer, main, x) : NAN;
}

static void
append_line (GString *words, const char *name, const char *before, const char *number, const char *after)
{
  g_string_append_printf (words, "%s%s%s%s%s", words->len > 0 ? "\n" : "", name, before, number, after);
}

/* What other grids have in the same cell. */
static void
append_others (GString *words, const LabAnswer *answer, const LabField *field, guint cell)
{
  for (guint i = 0; i < answer->fields->len; i++)
    {
      const LabField *other = g_ptr_array_index (answer->fields, i);
      g_autofree char *value = NULL;

      if (other == field || other->nx != field->nx || other->ny != field->ny || !isfinite (other->z[cell]))
        continue;
      value = plot_format_measured (other->z[cell], 3);
      append_line (words, gettext (other->type->label), ":\u2002<b>", value, "</b>");
    }
}

/* Where the cell belongs in the main view, as that names it. */
static void
append_place (AppViewsPane *self, GString *words, double place)
{
  AppView *main = app_desk_get_main (self->desk);
  g_autofree char *number = plot_format_number (place, 3), *name = NULL;
  const PlotFigure *figure = app_view_get_shown (main)->figure;

  if (figure == NULL || isnan (place))
    return;

  g_object_get (main, "axis-name", &name, NULL);
  append_line (words, name, " ", number, plot_figure_get_scale (figure, PLOT_X)->unit);
}

/* What is said of the cell that is pointed at in a view, beside its own value; NULL: nothing. */
static char *
describe_cell (AppViewsPane *self, guint i, double place)
{
  const LabAnswer *answer = app_view_get_shown (app_views_pane_view (self, i))->answer;
  g_autoptr (GString) words = g_string_new (NULL);
  guint cell;
  const char *id = app_figure_view_get_cell (self->figure_views->pdata[i], &cell);
  const LabField *field = answer != NULL && id != NULL ? lab_answer_find_field (answer, id) : NULL;

  if (field == NULL)
    return NULL;

  append_others (words, answer, field, cell);
  append_place (self, words, place);
  return words->len > 0 ? g_strdup (words->str) : NULL;
}

static void
view_hovered_cb (AppViewsPane *self, double x, AppFigureView *view)
{
  g_autofree char *words = NULL;
  double place;
  guint i;

  if (!g_ptr_array_find (self->figure_views, view, &i))
    return;

  place = find_place (self, i, x);
  words = describe_cell (self, i, place);
  app_figure_view_set_cell_words (view, words);
  app_views_pane_set_linked (self, place);
}

/* --- what they say --- */

/* Why there is no newer figure, unless that is said of the main one already, or else the verdict. */
static char *
find_words (AppViewsPane *self, AppView *view)
{
  g_autofree char *message = NULL, *main_message = NULL, *verdict = NULL;

  g_object_get (app_desk_get_main (self->desk), "message", &main_message, NULL);
  g_object_get (view, "message", &message, "verdict", &verdict, NULL);
  if (message != NULL && g_strcmp0 (message, main_message) != 0)
    return g_markup_escape_text (message, -1);
  return g_steal_pointer (&verdict);
}

/* Views of the same work say the same: once is enough. Words of older parameters are dimmed as the figures. */
static void
update_sentence (AppViewsPane *self)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *all = NULL;
  gboolean any_stale = FALSE;

  for (guint i = 0; i < self->figure_views->len; i++)
    {
      AppView *view = app_views_pane_view (self, i);
      g_autofree char *said = find_words (self, view);
      gboolean stale;

      if (said == NULL || !gtk_widget_get_visible (self->figure_views->pdata[i]))
        continue;
      g_object_get (view, "stale", &stale, NULL);
      any_stale |= stale;
      if (!g_ptr_array_find_with_equal_func (words, said, g_str_equal, NULL))
        g_ptr_array_add (words, g_steal_pointer (&said));
    }
  g_ptr_array_add (words, NULL);
  all = g_strjoinv (" ", (char **) words->pdata);
  gtk_label_set_label (GTK_LABEL (self->sentence), all);
  gtk_widget_set_visible (self->sentence, all[0] != '\0');
  gtk_widget_set_opacity (self->sentence, any_stale ? 0.4 : 1);
}

/* --- the figures --- */

static gboolean
is_seen (AppViewsPane *self, guint i)
{
  return i == self->chosen || (!self->narrow && (i == 0 || self->figure_views->len == 2));
}

/* All of one or two, where there is room; else the first beside the one chosen among the others, or one
 * alone. */
void
app_views_pane_update_seen (AppViewsPane *self)
{
  const guint n = self->figure_views->len;
  GtkWidget *choice = gtk_widget_get_first_child (self->choices);

  if (n > 2 && !self->narrow && self->chosen == 0)
    {
      /* Its handler calls this function again. */
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_next_sibling (choice)), TRUE);
      return;
    }

  for (guint i = 0; i < n; i++)
    gtk_widget_set_visible (self->figure_views->pdata[i], is_seen (self, i));
  gtk_widget_set_visible (self->first, n > 0 && is_seen (self, 0));
  gtk_widget_set_visible (self->others, n > 1 && (!self->narrow || self->chosen > 0));
  if (choice != NULL)
    gtk_widget_set_visible (choice, self->narrow);
  gtk_widget_set_visible (self->choices, n > 2 || (self->narrow && n > 1));
  update_sentence (self);
}

static void
toggled_cb (AppViewsPane *self, GtkToggleButton *button)
{
  guint i = 0;

  if (!gtk_toggle_button_get_active (button))
    return;

  for (GtkWidget *w = gtk_widget_get_prev_sibling (GTK_WIDGET (button)); w != NULL;
       w = gtk_widget_get_prev_sibling (w))
    i++;
  self->chosen = i;
  app_views_pane_update_seen (self);
}

static void
add_choice (AppViewsPane *self, const LabView *view)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (gettext (view->title));
  GtkWidget *first = gtk_widget_get_first_child (self->choices);

  if (first != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
  else
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  gtk_box_append (GTK_BOX (self->choices), button);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
}

/* So that Copy and Export from its menu are about the figure that was clicked. */
static void
add_secondary (GtkWidget *view)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (gesture), GTK_PHASE_CAPTURE);
  g_signal_connect_object (gesture, "pressed", G_CALLBACK (gtk_widget_grab_focus), view, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (gesture));
}

static void
figure_cb (AppViewsPane *self, GParamSpec *pspec, AppView *view)
{
  const LabAnswer *answer = app_view_get_shown (view)->answer;
  gboolean grids = FALSE;

  for (guint i = 0; i < self->figure_views->len; i++)
    {
      const LabAnswer *other = app_view_get_shown (app_views_pane_view (self, i))->answer;

      grids |= other != NULL && other->fields->len > 0;
    }
  if (answer != NULL)
    app_views_pane_set_grids (self, grids);
  app_views_pane_update_hovered (self);
}

static void
add_view (AppViewsPane *self, AppView *view)
{
  GtkWidget *figure_view = g_object_new (APP_TYPE_FIGURE_VIEW, "menu-model", self->menu, "hexpand", TRUE, NULL);

  g_object_bind_property (self, "held", figure_view, "held", G_BINDING_SYNC_CREATE);
  g_object_bind_property (view, "axis-name", figure_view, "axis-name", G_BINDING_SYNC_CREATE);
  g_object_bind_property (view, "stale", figure_view, "dimmed", G_BINDING_SYNC_CREATE);
  g_object_bind_property (view, "figure", figure_view, "figure", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (view, "notify::figure", G_CALLBACK (figure_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "notify::verdict", G_CALLBACK (update_sentence), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "notify::message", G_CALLBACK (update_sentence), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "notify::stale", G_CALLBACK (update_sentence), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (figure_view, "refused", G_CALLBACK (app_views_pane_refuse), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (figure_view, "hovered", G_CALLBACK (view_hovered_cb), self, G_CONNECT_SWAPPED);
  add_secondary (figure_view);
  gtk_box_append (GTK_BOX (self->figure_views->len == 0 ? self->first : self->others), figure_view);
  g_ptr_array_add (self->figure_views, figure_view);
}

static void
empty_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

void
app_views_pane_remove_views (AppViewsPane *self)
{
  for (guint i = 1; i < g_list_model_get_n_items (G_LIST_MODEL (self->desk)); i++)
    g_signal_handlers_disconnect_by_data (app_desk_get_view (self->desk, i), self);
  g_ptr_array_set_size (self->figure_views, 0);
  empty_box (self->first);
  empty_box (self->others);
  empty_box (self->choices);
}

void
app_views_pane_list (AppViewsPane *self)
{
  app_views_pane_remove_views (self);
  self->chosen = 0;
  for (guint i = 1; i < g_list_model_get_n_items (G_LIST_MODEL (self->desk)); i++)
    {
      AppView *view = app_desk_get_view (self->desk, i);

      add_view (self, view);
      add_choice (self, app_view_get_row (view));
    }
  app_views_pane_update_seen (self);
  app_views_pane_set_linked (self, NAN);
}
