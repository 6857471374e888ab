#pragma once

#include <adwaita.h>
#include <lab.h>

/* Sets up numerics and toolkit; to be called first. */
void app_test_init (int *argc, char ***argv);

/* A small experiment: done in a blink. */
LabSpec *app_test_spec (void);
/* The same of the exhibit learning-curve. */
LabSpec *app_test_learning_spec (void);

/* Runs the main loop until all windows are laid out and drawn with what was asked for; jobs on other
 * threads may go on. */
void app_test_settle (void);
/* The same for that long, where time itself is meant, or until the condition holds (FALSE if it never
 * did). */
void app_test_spin (guint milliseconds);
gboolean app_test_wait (gboolean (*condition) (gpointer data), gpointer data, guint milliseconds);

/* The first descendant of a type, in the order of the tree; NULL if there is none. */
GtkWidget *app_test_find (GtkWidget *root, GType type);
/* Calls back for each descendant. */
void app_test_foreach (GtkWidget *root, void (*func) (GtkWidget *widget, gpointer data), gpointer data);

/* The click gesture for a mouse button. */
GtkEventController *app_test_find_click (GtkWidget *widget, guint button, GtkPropagationPhase phase);

/* The drag gesture. */
GtkEventController *app_test_find_drag (GtkWidget *widget);

/* A widget as it is drawn now; a pixel of it, 0xAARRGGBB premultiplied. */
cairo_surface_t *app_test_draw (GtkWidget *widget);
guint32 app_test_pixel (cairo_surface_t *surface, int x, int y);
