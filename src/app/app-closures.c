#include "app-closures.h"

gboolean
app_is_text (GObject *object, const char *text)
{
  return text != NULL && text[0] != '\0';
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
