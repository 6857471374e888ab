#include "app-file-chooser.h"

#include <string.h>

/* The path bar learns its folder from the disk, and until then gives no place to its two arrows, which
 * are drawn all the same, with a warning. It shows them again when it has need of them. */
static void
hide_arrows (GtkWidget *widget)
{
  const gboolean bar = strcmp (G_OBJECT_TYPE_NAME (widget), "GtkPathBar") == 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (bar && gtk_widget_get_width (child) == 0)
        gtk_widget_set_child_visible (child, FALSE);
      hide_arrows (child);
    }
}

GtkFileChooserNative *
app_file_chooser_new (const char *title, GtkWindow *parent, GtkFileChooserAction action,
                      const char *accept, const char *cancel)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, parent, action, accept, cancel);
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  /* Its own dialog is there already, whether or not it will be the one that is shown. */
  for (GList *l = windows; l != NULL; l = l->next)
    if (!gtk_widget_get_mapped (l->data))
      hide_arrows (l->data);
  return chooser;
}
