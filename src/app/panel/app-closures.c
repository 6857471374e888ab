#include "app-closures.h"

gboolean
app_is_text (GObject *object, const char *text)
{
  return text != NULL && text[0] != '\0';
}

gboolean
app_is_no_text (GObject *object, const char *text)
{
  return !app_is_text (object, text);
}

gboolean
app_either (GObject *object, gboolean a, gboolean b)
{
  return a || b;
}

gboolean
app_both (GObject *object, gboolean a, gboolean b)
{
  return a && b;
}

void
app_name_menu_button (GtkMenuButton *button, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (button))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
