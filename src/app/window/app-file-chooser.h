#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* gtk_file_chooser_native_new() for a modal chooser that can be drawn at once. */
GtkFileChooserNative *app_file_chooser_new (const char *title, GtkWindow *parent,
                                            GtkFileChooserAction action, const char *accept,
                                            const char *cancel);

G_END_DECLS
