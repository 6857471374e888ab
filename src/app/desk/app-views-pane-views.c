/* The figures of the pane, one for each view. */

#include "app-views-pane-private.h"

#include <figures.h>
#include <glib/gi18n.h>
#include <math.h>

/* --- pointing from one figure into another --- */

void
app_views_pane_update_hovered (AppViewsPane *self)
{
  const LabAnswer *main = app_desk_get_answer (self->desk);

  for (guint i = 0; i < self->figure_views->len; i++)
    {
      const LabView *view = app_views_get_view (self->views, i);
      const LabAnswer *answer = app_views_get_answer (self->views, i);
      double index = NAN;

      if (view->index_at != NULL && answer != NULL && main != NULL && !isnan (self->hovered))
        index = view->index_at (answer, main, self->hovered);
      g_object_set (self->figure_views->pdata[i], "linked", index, NULL);
    }
}

/* Where on the axis of the main view the cell or the x belongs that is under the pointer. */
static double
find_place (AppViewsPane *self, guint i, double x)
{
  const LabView *view = app_views_get_view (self->views, i);
  const LabAnswer *answer = app_views_get_answer (self->views, i), *main = app_desk_get_answer (self->desk);
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
view_hovered_cb (AppViewsPane *self, double x, AppFigureView *view)
{
  guint i;

  if (g_ptr_array_find (self->figure_views, view, &i))
    app_views_pane_set_linked (self, find_place (self, i, x));
}

/* --- the figures --- */

/* All of one or two, where there is room; else the first beside the one chosen among the others, or one
 * alone. */
void
app_views_pane_update_seen (AppViewsPane *self)
{
  const guint n = self->figure_views->len;
  const guint beside = MAX (self->chosen, 1);

  for (guint i = 0; i < n; i++)
    gtk_widget_set_visible (self->figure_views->pdata[i], self->narrow ? i == self->chosen : i == 0 || i == beside);
  gtk_widget_set_visible (self->first, !self->narrow || self->chosen == 0);
  gtk_widget_set_visible (self->others, n > 1 && (!self->narrow || self->chosen > 0));
  gtk_widget_set_visible (self->choices, n > 2 || (self->narrow && n > 1));
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
add_view (AppViewsPane *self)
{
  GtkWidget *view = g_object_new (APP_TYPE_FIGURE_VIEW, "menu-model", self->menu, "hexpand", TRUE, NULL);

  g_object_bind_property (self, "held", view, "held", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->views, "stale", view, "dimmed", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (view, "refused", G_CALLBACK (app_views_pane_refuse), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "hovered", G_CALLBACK (view_hovered_cb), self, G_CONNECT_SWAPPED);
  add_secondary (view);
  gtk_box_append (GTK_BOX (self->figure_views->len == 0 ? self->first : self->others), view);
  g_ptr_array_add (self->figure_views, view);
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
  g_ptr_array_set_size (self->figure_views, 0);
  if (self->paned == NULL) /* disposed */
    return;

  empty_box (self->first);
  empty_box (self->others);
  empty_box (self->choices);
}

void
app_views_pane_take_figures (AppViewsPane *self)
{
  const LabSpec *spec = lab_draft_get_spec (app_desk_get_draft (self->desk));

  for (guint i = 0; i < self->figure_views->len; i++)
    {
      g_autoptr (LabSpec) own = lab_spec_copy (spec);
      g_autofree char *name = NULL;

      lab_spec_parse (own, LAB_VIEW, app_views_get_view (self->views, i)->id, NULL);
      name = figures_x_name (own);
      g_object_set (self->figure_views->pdata[i], "axis-name", name, "figure",
                    app_views_get_figure (self->views, i), NULL);
    }
  app_views_pane_update_hovered (self);
}

void
app_views_pane_list (AppViewsPane *self)
{
  app_views_pane_remove_views (self);
  self->chosen = 0;
  for (guint i = 0; i < app_views_get_n_views (self->views); i++)
    {
      add_view (self);
      add_choice (self, app_views_get_view (self->views, i));
    }
  app_views_pane_update_seen (self);
  app_views_pane_set_linked (self, NAN);
}

