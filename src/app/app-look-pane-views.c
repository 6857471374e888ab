/* The figures of the pane, one for each view. */

#include "app-look-pane-private.h"

#include <figures.h>
#include <glib/gi18n.h>
#include <math.h>

/* --- pointing from one figure into another --- */

void
app_look_pane_update_hovered (AppLookPane *self)
{
  const LabCurves *main = app_bench_get_curves (self->bench);

  for (guint i = 0; i < self->views->len; i++)
    {
      const LabView *view = app_look_get_view (self->look, i);
      const LabCurves *curves = app_look_get_curves (self->look, i);
      double index = NAN;

      if (view->index_at != NULL && curves != NULL && main != NULL && !isnan (self->hovered))
        index = view->index_at (curves, main, self->hovered);
      g_object_set (self->views->pdata[i], "linked", index, NULL);
    }
}

/* Where on the axis of the main view the cell or the x belongs that is under the pointer. */
static double
find_place (AppLookPane *self, guint i, double x)
{
  const LabView *view = app_look_get_view (self->look, i);
  const LabCurves *curves = app_look_get_curves (self->look, i), *main = app_bench_get_curves (self->bench);
  const LabField *field;
  const char *id;
  guint cell;

  if (curves == NULL || main == NULL || isnan (x))
    return NAN;

  id = app_figure_view_get_cell (self->views->pdata[i], &cell);
  field = id != NULL ? lab_curves_find_field (curves, id) : NULL;
  if (field != NULL)
    return field->place != NULL ? field->place[cell] : NAN;
  return view->place_of != NULL ? view->place_of (curves, main, x) : NAN;
}

static void
view_hovered_cb (AppLookPane *self, double x, AppFigureView *view)
{
  guint i;

  if (g_ptr_array_find (self->views, view, &i))
    app_look_pane_set_linked (self, find_place (self, i, x));
}

/* --- the figures --- */

/* All of one or two, where there is room; else the first beside the one chosen among the others, or one
 * alone. */
void
app_look_pane_update_seen (AppLookPane *self)
{
  const guint n = self->views->len;
  const guint beside = MAX (self->chosen, 1);

  for (guint i = 0; i < n; i++)
    gtk_widget_set_visible (self->views->pdata[i], self->narrow ? i == self->chosen : i == 0 || i == beside);
  gtk_widget_set_visible (self->first, !self->narrow || self->chosen == 0);
  gtk_widget_set_visible (self->others, n > 1 && (!self->narrow || self->chosen > 0));
  gtk_widget_set_visible (self->choices, n > 2 || (self->narrow && n > 1));
}

static void
toggled_cb (AppLookPane *self, GtkToggleButton *button)
{
  guint i = 0;

  if (!gtk_toggle_button_get_active (button))
    return;

  for (GtkWidget *w = gtk_widget_get_prev_sibling (GTK_WIDGET (button)); w != NULL;
       w = gtk_widget_get_prev_sibling (w))
    i++;
  self->chosen = i;
  app_look_pane_update_seen (self);
}

static void
add_choice (AppLookPane *self, const LabView *view)
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
add_view (AppLookPane *self)
{
  GtkWidget *view = g_object_new (APP_TYPE_FIGURE_VIEW, "menu-model", self->menu, "hexpand", TRUE, NULL);

  g_object_bind_property (self, "held", view, "held", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->look, "stale", view, "dimmed", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (view, "refused", G_CALLBACK (app_look_pane_refuse), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "hovered", G_CALLBACK (view_hovered_cb), self, G_CONNECT_SWAPPED);
  add_secondary (view);
  gtk_box_append (GTK_BOX (self->views->len == 0 ? self->first : self->others), view);
  g_ptr_array_add (self->views, view);
}

static void
empty_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

void
app_look_pane_remove_views (AppLookPane *self)
{
  g_ptr_array_set_size (self->views, 0);
  if (self->paned == NULL) /* disposed */
    return;

  empty_box (self->first);
  empty_box (self->others);
  empty_box (self->choices);
}

void
app_look_pane_take_figures (AppLookPane *self)
{
  const LabSpec *spec = lab_draft_get_spec (app_bench_get_draft (self->bench));

  for (guint i = 0; i < self->views->len; i++)
    {
      g_autoptr (LabSpec) own = lab_spec_copy (spec);
      g_autofree char *name = NULL;

      lab_spec_parse (own, LAB_VIEW, app_look_get_view (self->look, i)->id, NULL);
      name = figures_x_name (own);
      g_object_set (self->views->pdata[i], "axis-name", name, "figure",
                    app_look_get_figure (self->look, i), NULL);
    }
  app_look_pane_update_hovered (self);
}

void
app_look_pane_list (AppLookPane *self)
{
  app_look_pane_remove_views (self);
  self->chosen = 0;
  for (guint i = 0; i < app_look_get_n_views (self->look); i++)
    {
      add_view (self);
      add_choice (self, app_look_get_view (self->look, i));
    }
  app_look_pane_update_seen (self);
  app_look_pane_set_linked (self, NAN);
}

