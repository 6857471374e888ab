#include "app-chooser.h"

#include <glib/gi18n.h>

#include "app-closures.h"

struct _AppChooser
{
  AdwBin parent_instance;

  LabDraft *draft;

  GtkPopover *popover;
  GtkListBox *exhibits;
  GtkListBox *presets;
};

enum
{
  PROP_DRAFT = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AppChooser, app_chooser, ADW_TYPE_BIN)

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  if (style != NULL)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, style);
    }

  return label;
}

static void
add_row (GtkListBox *list, const char *title, const char *summary)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_append (GTK_BOX (box), make_label (gettext (title), NULL));
  gtk_box_append (GTK_BOX (box), make_label (gettext (summary), "dim-label"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, gettext (title),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, gettext (summary), -1);
  gtk_list_box_append (list, row);
}

static void
fill_lists (AppChooser *self)
{
  guint n_exhibits, n_presets;
  const LabExhibit *const *exhibits = lab_exhibits (&n_exhibits);
  const LabPreset *presets = lab_presets (&n_presets);

  for (guint i = 0; i < n_exhibits; i++)
    add_row (self->exhibits, exhibits[i]->title, exhibits[i]->summary);
  for (guint i = 0; i < n_presets; i++)
    add_row (self->presets, presets[i].title, presets[i].summary);
}

static char *
exhibit_title (AppChooser *self, const LabSpec *spec)
{
  return g_strdup (spec != NULL ? gettext (lab_spec_exhibit (spec)->title) : "");
}

static void
show (AppChooser *self, const char *id)
{
  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show", "s", id);
}

static void
exhibit_activated_cb (AppChooser *self, GtkListBoxRow *row)
{
  guint n;

  show (self, lab_exhibits (&n)[gtk_list_box_row_get_index (row)]->id);
}

static void
preset_activated_cb (AppChooser *self, GtkListBoxRow *row)
{
  guint n;

  show (self, lab_presets (&n)[gtk_list_box_row_get_index (row)].id);
}

static void
app_chooser_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppChooser *self = APP_CHOOSER (object);

  switch (id)
    {
    case PROP_DRAFT:
      g_value_set_object (value, self->draft);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_chooser_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AppChooser *self = APP_CHOOSER (object);

  switch (id)
    {
    case PROP_DRAFT:
      if (g_set_object (&self->draft, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_chooser_dispose (GObject *object)
{
  AppChooser *self = APP_CHOOSER (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), APP_TYPE_CHOOSER);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (app_chooser_parent_class)->dispose (object);
}

static void
app_chooser_class_init (AppChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = app_chooser_get_property;
  object_class->set_property = app_chooser_set_property;
  object_class->dispose = app_chooser_dispose;

  properties[PROP_DRAFT] =
    g_param_spec_object ("draft", NULL, NULL, LAB_TYPE_DRAFT,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tangentlab/TangentLab/ui/app-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, AppChooser, popover);
  gtk_widget_class_bind_template_child (widget_class, AppChooser, exhibits);
  gtk_widget_class_bind_template_child (widget_class, AppChooser, presets);
  gtk_widget_class_bind_template_callback (widget_class, exhibit_title);
  gtk_widget_class_bind_template_callback (widget_class, exhibit_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, preset_activated_cb);
}

static void
app_chooser_init (AppChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  app_name_menu_button (GTK_MENU_BUTTON (adw_bin_get_child (ADW_BIN (self))), _("Choose an exhibit"));
  fill_lists (self);
}
