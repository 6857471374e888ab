#include "app-split.h"

#include <math.h>

#include "app-settings.h"

typedef struct
{
  GtkPaned *paned; /* not owned */
  GSettings *settings; /* or NULL */
  char *key;
  double share;
  gboolean chosen; /* by the user */
  int length;    /* at which the share was last put into effect */
  gboolean ours; /* the position is being set here */
  guint tick;
} Split;

static void
split_free (gpointer data)
{
  Split *self = data;

  g_clear_object (&self->settings);
  g_free (self->key);
  g_free (self);
}

static int
get_length (Split *self)
{
  GtkWidget *widget = GTK_WIDGET (self->paned);

  return gtk_orientable_get_orientation (GTK_ORIENTABLE (widget)) == GTK_ORIENTATION_HORIZONTAL
           ? gtk_widget_get_width (widget)
           : gtk_widget_get_height (widget);
}

static gboolean
has_both (Split *self)
{
  GtkWidget *start = gtk_paned_get_start_child (self->paned);
  GtkWidget *end = gtk_paned_get_end_child (self->paned);

  return start != NULL && end != NULL && gtk_widget_get_visible (start)
         && gtk_widget_get_visible (end);
}

static gboolean
apply_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Split *self = data;

  self->tick = 0;
  self->length = get_length (self);
  if (self->length > 0 && has_both (self))
    {
      self->ours = TRUE;
      gtk_paned_set_position (self->paned, lround (self->share * self->length));
      self->ours = FALSE;
    }

  return G_SOURCE_REMOVE;
}

/* Later: within the allocation that reports the new length, the position cannot be set. */
static void
queue_apply (Split *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->paned), apply_cb, self, NULL);
}

/* A position of another length comes from the allocation, any other from the user's hand. */
static void
position_cb (Split *self)
{
  if (self->ours || self->tick != 0 || !has_both (self))
    return;
  if (get_length (self) != self->length)
    {
      queue_apply (self);
      return;
    }

  self->chosen = TRUE;
  self->share = CLAMP ((double) gtk_paned_get_position (self->paned) / self->length, 0, 1);
  if (self->settings != NULL)
    g_settings_set_double (self->settings, self->key, self->share);
}

static void
range_cb (Split *self)
{
  if (get_length (self) != self->length)
    queue_apply (self);
}

static void
visible_cb (GtkPaned *paned)
{
  queue_apply (g_object_get_data (G_OBJECT (paned), "app-split"));
}

static gboolean
was_chosen (Split *self)
{
  g_autoptr (GVariant) value = NULL;

  if (self->settings != NULL)
    value = g_settings_get_user_value (self->settings, self->key);
  return value != NULL;
}

void
app_split_suggest (GtkPaned *paned, double share)
{
  Split *self = g_object_get_data (G_OBJECT (paned), "app-split");

  g_return_if_fail (self != NULL);

  if (self->chosen || self->share == share)
    return;

  self->share = share;
  queue_apply (self);
}

void
app_split_keep (GtkPaned *paned, const char *key, double share)
{
  GtkWidget *children[] = { gtk_paned_get_start_child (paned), gtk_paned_get_end_child (paned) };
  Split *self = g_new0 (Split, 1);

  self->paned = paned;
  self->settings = app_settings_new ();
  self->key = g_strdup (key);
  self->share = self->settings != NULL ? g_settings_get_double (self->settings, key) : share;
  self->chosen = was_chosen (self);
  g_object_set_data_full (G_OBJECT (paned), "app-split", self, split_free);

  g_signal_connect_swapped (paned, "notify::position", G_CALLBACK (position_cb), self);
  g_signal_connect_swapped (paned, "notify::max-position", G_CALLBACK (range_cb), self);
  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    g_signal_connect_object (children[i], "notify::visible", G_CALLBACK (visible_cb), paned,
                             G_CONNECT_SWAPPED);
}
