#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void app_show_about (GtkWindow *parent);

G_END_DECLS
