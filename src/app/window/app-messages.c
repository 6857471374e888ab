#include "app-messages.h"

/* How long words stay after the last ones were said. */
#define SECONDS 5

struct _AppMessages
{
  GObject parent_instance;

  AdwToastOverlay *overlay;
  AppMessagesFloor floor;
  gpointer data; /* of it */
  AdwToast *shown;  /* watched, owned by the overlay until it is out of sight; or NULL */
  gboolean going;   /* it is on its way out */
  AdwToast *next;   /* to be shown then; or NULL */
  guint timeout_id; /* ends what is shown */
  guint next_id;
};

G_DEFINE_FINAL_TYPE (AppMessages, app_messages, G_TYPE_OBJECT)

static void show (AppMessages *self, AdwToast *toast);

static gboolean
show_next_cb (gpointer data)
{
  AppMessages *self = data;

  self->next_id = 0;
  if (self->next != NULL)
    show (self, g_steal_pointer (&self->next));

  return G_SOURCE_REMOVE;
}

/* Not at once: the overlay is still busy with what is gone. */
static void
gone_cb (gpointer data, GObject *toast)
{
  AppMessages *self = data;

  self->shown = NULL;
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  self->next_id = g_idle_add (show_next_cb, self);
}

static void
dismissed_cb (AppMessages *self)
{
  self->going = TRUE;
}

static gboolean
timeout_cb (gpointer data)
{
  AppMessages *self = data;

  self->timeout_id = 0;
  if (self->shown != NULL && !self->going)
    adw_toast_dismiss (self->shown);

  return G_SOURCE_REMOVE;
}

static void
restart_timeout (AppMessages *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (adw_toast_get_timeout (self->shown) == 0)
    self->timeout_id = g_timeout_add_seconds (SECONDS, timeout_cb, self);
}

/* The toast's widget is the overlay's own, beside what lies under it. */
static void
lift (AppMessages *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->overlay)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != adw_toast_overlay_get_child (self->overlay))
      gtk_widget_set_margin_bottom (child, self->floor (self->data));
}

static void
show (AppMessages *self, AdwToast *toast)
{
  self->shown = toast;
  self->going = FALSE;
  g_object_weak_ref (G_OBJECT (toast), gone_cb, self);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->overlay, toast);
  lift (self);
  restart_timeout (self);
}

static void
put (AppMessages *self, AdwToast *toast)
{
  gboolean nothing = self->shown == NULL && self->next_id == 0;

  if (nothing)
    {
      show (self, toast);
      return;
    }

  g_clear_object (&self->next);
  self->next = toast;
  if (self->shown != NULL && !self->going)
    adw_toast_dismiss (self->shown);
}

void
app_messages_say (AppMessages *self, const char *markup)
{
  AdwToast *toast;

  g_return_if_fail (APP_IS_MESSAGES (self));

  if (self->shown != NULL && !self->going && adw_toast_get_button_label (self->shown) == NULL)
    {
      adw_toast_set_title (self->shown, markup);
      lift (self);
      restart_timeout (self);
      return;
    }

  toast = adw_toast_new (markup);
  adw_toast_set_timeout (toast, 0);
  put (self, toast);
}

void
app_messages_offer (AppMessages *self, AdwToast *toast)
{
  g_return_if_fail (APP_IS_MESSAGES (self));

  put (self, toast);
}

static void
app_messages_dispose (GObject *object)
{
  AppMessages *self = APP_MESSAGES (object);

  if (self->shown != NULL)
    g_object_weak_unref (G_OBJECT (self->shown), gone_cb, self);
  self->shown = NULL;
  g_clear_object (&self->next);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_handle_id (&self->next_id, g_source_remove);

  G_OBJECT_CLASS (app_messages_parent_class)->dispose (object);
}

static void
app_messages_class_init (AppMessagesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = app_messages_dispose;
}

static void
app_messages_init (AppMessages *self)
{
}

AppMessages *
app_messages_new (AdwToastOverlay *overlay, AppMessagesFloor floor, gpointer data)
{
  AppMessages *self = g_object_new (APP_TYPE_MESSAGES, NULL);

  self->overlay = overlay;
  self->floor = floor;
  self->data = data;
  return self;
}
