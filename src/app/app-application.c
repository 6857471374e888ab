#include "app-application.h"

#include <figures.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "app-about.h"
#include "app-settings.h"
#include "app-window.h"
#include "config.h"

/* As on the command line of tangent-lab-cli: what was asked for does not exist. */
#define EXIT_USAGE 2

struct _AppApplication
{
  AdwApplication parent_instance;

  GSettings *settings; /* or NULL */
  char *color_scheme;
};

enum
{
  PROP_COLOR_SCHEME = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AppApplication, app_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *keys[3];
} accelerators[] = {
  { "app.quit", { "<Control>q" } },
  { "window.close", { "<Control>w" } },
  { "win.export", { "<Control>e" } },
  { "win.pin", { "<Control>d" } },
  { "win.reset", { "<Control><Shift>r" } },
  { "win.parameters", { "F9" } },
  { "win.views", { "F7" } },
  { "win.show-help-overlay", { "F1", "<Control>question" } },
};

static void
set_color_scheme (AppApplication *self, const char *name)
{
  AdwColorScheme scheme = ADW_COLOR_SCHEME_DEFAULT;

  if (g_strcmp0 (self->color_scheme, name) == 0)
    return;

  if (g_strcmp0 (name, "light") == 0)
    scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_strcmp0 (name, "dark") == 0)
    scheme = ADW_COLOR_SCHEME_FORCE_DARK;

  g_free (self->color_scheme);
  self->color_scheme = g_strdup (name);
  if (adw_style_manager_get_default () != NULL)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOR_SCHEME]);
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  app_show_about (gtk_application_get_active_window (GTK_APPLICATION (data)));
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GList *windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (data)));

  for (GList *window = windows; window != NULL; window = window->next)
    gtk_window_close (window->data);
  g_list_free (windows);
}

static const GActionEntry actions[] = {
  { "about", about_action },
  { "quit", quit_action },
};

static void
app_application_startup (GApplication *application)
{
  AppApplication *self = APP_APPLICATION (application);
  g_autoptr (GPropertyAction) color_scheme = NULL;

  G_APPLICATION_CLASS (app_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  color_scheme = g_property_action_new ("color-scheme", self, "color-scheme");
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (color_scheme));
  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action,
                                           (const char *const *) accelerators[i].keys);

  self->settings = app_settings_new ();
  if (self->settings != NULL)
    g_settings_bind (self->settings, "color-scheme", self, "color-scheme", G_SETTINGS_BIND_DEFAULT);
  gtk_window_set_default_icon_name (APPLICATION_ID);
}

/* A pipe or a device could keep the window waiting for ever. */
static LabSpec *
read_file (const char *path, const PlotScale **scales, GError **error)
{
  GStatBuf info;

  if (g_stat (path, &info) == 0 && !S_ISREG (info.st_mode) && !S_ISDIR (info.st_mode))
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                   _("%s: this is neither a file nor a folder"), name);
      return NULL;
    }

  return figures_read_drawn (path, scales, error);
}

/* An exhibit, a preset, or a file that the program has written: what has a dot or a slash, or is
 * the name of a file. */
static LabSpec *
read_argument (GApplicationCommandLine *line, const char *argument, const PlotScale **scales, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;
  LabSpec *spec;

  spec = lab_spec_new_named (argument, NULL);
  if (spec != NULL)
    return spec;

  file = g_application_command_line_create_file_for_arg (line, argument);
  path = g_file_get_path (file);
  if (path != NULL && *argument != '\0'
      && (strpbrk (argument, "./") != NULL || g_file_test (path, G_FILE_TEST_EXISTS)))
    return read_file (path, scales, error);

  return lab_spec_new_named (argument, error);
}

/* The command line may travel over the session bus, which takes valid UTF-8 alone. */
static void
complain (GApplicationCommandLine *line, const char *message)
{
  g_autofree char *valid = g_utf8_make_valid (message, -1);

  g_application_command_line_printerr (line, "tangent-lab: %s\n", valid);
}

static int
app_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  GVariantDict *options = g_application_command_line_get_options_dict (line);
  g_autofree const char **arguments = NULL;
  g_autoptr (LabSpec) spec = NULL;
  g_autoptr (GError) error = NULL;
  const PlotScale *scales[PLOT_N_AXES] = { NULL };
  GtkWindow *window = NULL;
  guint n_exhibits;

  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &arguments);
  if (arguments != NULL && arguments[0] != NULL && arguments[1] != NULL)
    {
      complain (line, _("one exhibit, preset or file at a time"));
      return EXIT_USAGE;
    }

  if (arguments != NULL && arguments[0] != NULL)
    {
      spec = read_argument (line, arguments[0], scales, &error);
      if (spec == NULL)
        {
          complain (line, error->message);
          return error->domain == LAB_ERROR ? EXIT_USAGE : EXIT_FAILURE;
        }
    }
  else
    {
      window = gtk_application_get_active_window (GTK_APPLICATION (application));
      spec = lab_spec_new (lab_exhibits (&n_exhibits)[0]);
    }

  if (window == NULL)
    window = GTK_WINDOW (app_window_new_drawn (GTK_APPLICATION (application), spec, scales));
  gtk_window_present (window);

  return EXIT_SUCCESS;
}

static void
app_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  g_autoptr (LabSpec) spec = NULL;
  guint n_exhibits;

  if (window == NULL)
    {
      spec = lab_spec_new (lab_exhibits (&n_exhibits)[0]);
      window = GTK_WINDOW (app_window_new (GTK_APPLICATION (application), spec));
    }
  gtk_window_present (window);
}

static int
app_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;

  g_print ("%s %s\n", PACKAGE_NAME, PACKAGE_VERSION);
  return EXIT_SUCCESS;
}

static void
app_application_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppApplication *self = APP_APPLICATION (object);

  switch (id)
    {
    case PROP_COLOR_SCHEME:
      g_value_set_string (value, self->color_scheme);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_application_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AppApplication *self = APP_APPLICATION (object);

  switch (id)
    {
    case PROP_COLOR_SCHEME:
      set_color_scheme (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_application_dispose (GObject *object)
{
  AppApplication *self = APP_APPLICATION (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->color_scheme, g_free);

  G_OBJECT_CLASS (app_application_parent_class)->dispose (object);
}

static void
app_application_class_init (AppApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->get_property = app_application_get_property;
  object_class->set_property = app_application_set_property;
  object_class->dispose = app_application_dispose;
  application_class->startup = app_application_startup;
  application_class->activate = app_application_activate;
  application_class->command_line = app_application_command_line;
  application_class->handle_local_options = app_application_handle_local_options;

  properties[PROP_COLOR_SCHEME] =
    g_param_spec_string ("color-scheme", NULL, NULL, "default",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
app_application_init (AppApplication *self)
{
  const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, _("Print the version and exit"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, _("[EXHIBIT|PRESET|FILE]") },
    { NULL },
  };

  self->color_scheme = g_strdup ("default");
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

AppApplication *
app_application_new (void)
{
  return g_object_new (APP_TYPE_APPLICATION,
                       "application-id", APPLICATION_ID,
                       "resource-base-path", "/io/github/tangentlab/TangentLab",
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       NULL);
}
