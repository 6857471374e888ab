#include <glib/gi18n.h>
#include <lab.h>
#include <locale.h>
#include <plot.h>
#include <stdio.h>
#include <stdlib.h>

#include "app-application.h"
#include "config.h"

int
main (int argc, char *argv[])
{
  const char *locale_dir = g_getenv ("TANGENT_LAB_LOCALEDIR"); /* of a program not installed */
  g_autoptr (AppApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  plot_init ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (!lab_init (&error))
    {
      g_printerr ("tangent-lab: %s\n", error->message);
      return EXIT_FAILURE;
    }

  application = app_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);
  g_clear_object (&application);

  /* A job that has been told to stop may be inside a factorization: without destructors, nothing is
   * taken from under it, and nobody waits for it. */
  fflush (NULL);
  quick_exit (status);
}
