#include "app-test.h"

void
app_test_init (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  /* Accessible names can be asked for only here. */
  g_setenv ("GTK_A11Y", "test", TRUE);
  /* Mesa leaks. Newer toolkits disown the first way of leaving it out. */
  if (gtk_get_minor_version () < 16)
    g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
  else
    g_setenv ("GDK_DISABLE", "gl,vulkan", FALSE);
  gtk_test_init (argc, argv, NULL);
  adw_init ();
  if (!lab_init (&error))
    g_error ("%s", error->message);
}

static LabSpec *
make_spec (const char *exhibit, const char *const *settings)
{
  g_autoptr (GError) error = NULL;
  LabSpec *spec = lab_spec_new_named (exhibit, &error);

  g_assert_no_error (error);
  for (int i = 0; settings[i] != NULL; i++)
    {
      lab_spec_assign (spec, settings[i], &error);
      g_assert_no_error (error);
    }

  return spec;
}

LabSpec *
app_test_spec (void)
{
  static const char *const settings[] = { "n-train=20", "dim=4", "n-test=50", "from=2", "to=40",
                                          "points=8", "seeds=3", "width=10", NULL };

  return make_spec ("double-descent", settings);
}

LabSpec *
app_test_learning_spec (void)
{
  static const char *const settings[] = { "n-train=20", "dim=4", "n-test=50", "from=8", "to=64",
                                          "points=5", "seeds=3", NULL };

  return make_spec ("learning-curve", settings);
}

static gboolean
wake (gpointer data)
{
  gboolean *done = data;

  *done = TRUE;
  return G_SOURCE_REMOVE;
}

void
app_test_spin (guint milliseconds)
{
  gboolean done = FALSE;

  g_timeout_add (milliseconds, wake, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

/* A frame of one window: laid out and drawn with everything that was asked for before. */
static void
await_frame (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gint64 frame = gdk_frame_clock_get_frame_counter (clock);

  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_AFTER_PAINT);
  while (gtk_widget_get_mapped (window) && gdk_frame_clock_get_frame_counter (clock) == frame)
    g_main_context_iteration (NULL, TRUE);
}

void
app_test_settle (void)
{
  /* What one frame brings about, as another size, shows in the next, and in the one after that what
   * was left to an idle in between. */
  for (int frame = 0; frame < 3; frame++)
    {
      g_autoptr (GList) windows = gtk_window_list_toplevels ();

      g_list_foreach (windows, (GFunc) (void *) g_object_ref, NULL);
      gdk_display_sync (gdk_display_get_default ());
      for (GList *l = windows; l != NULL; l = l->next)
        if (gtk_widget_get_mapped (l->data))
          await_frame (l->data);
      g_list_foreach (windows, (GFunc) (void *) g_object_unref, NULL);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

gboolean
app_test_wait (gboolean (*condition) (gpointer data), gpointer data, guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + 1000 * (gint64) milliseconds;

  while (!condition (data))
    {
      if (g_get_monotonic_time () > end)
        return FALSE;
      app_test_spin (5);
    }

  return TRUE;
}

void
app_test_foreach (GtkWidget *root, void (*func) (GtkWidget *widget, gpointer data), gpointer data)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      func (child, data);
      app_test_foreach (child, func, data);
    }
}

GtkWidget *
app_test_find (GtkWidget *root, GType type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (child), type) ? child : app_test_find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

GtkEventController *
app_test_find_click (GtkWidget *widget, guint button, GtkPropagationPhase phase)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_CLICK (controller)
          && gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller)) == button
          && gtk_event_controller_get_propagation_phase (controller) == phase)
        return controller;
    }

  g_assert_not_reached ();
}

GtkEventController *
app_test_find_drag (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_DRAG (controller))
        return controller;
    }

  g_assert_not_reached ();
}

cairo_surface_t *
app_test_draw (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  cairo_surface_t *surface;
  cairo_t *cr;
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  g_assert_nonnull (node);

  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cr = cairo_create (surface);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

guint32
app_test_pixel (cairo_surface_t *surface, int x, int y)
{
  const guint8 *row = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

  return ((const guint32 *) row)[x];
}
