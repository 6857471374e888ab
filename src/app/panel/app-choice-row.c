#include "app-choice-row.h"

#include <glib/gi18n.h>

#include "app-closures.h"
#include "app-words.h"

struct _AppChoiceRow
{
  AppRow parent_instance;

  GtkLabel *label;
  GtkWidget *reset_button;
  GtkDropDown *choices;
  GPtrArray *items; /* GtkListItem of the list that opens, not owned */
};

G_DEFINE_FINAL_TYPE (AppChoiceRow, app_choice_row, APP_TYPE_ROW)

/* --- the list that opens --- */

/* A choice, under it the reason why it cannot be made now, and a mark at that of now. */
typedef struct
{
  GtkWidget *name, *reason, *mark;
} ItemParts;

static void
item_setup_cb (AppChoiceRow *self, GtkListItem *item)
{
  ItemParts *parts = g_new (ItemParts, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  parts->name = gtk_label_new (NULL);
  parts->reason = gtk_label_new (NULL);
  parts->mark = gtk_image_new_from_icon_name ("object-select-symbolic");
  gtk_label_set_xalign (GTK_LABEL (parts->name), 0);
  gtk_label_set_xalign (GTK_LABEL (parts->reason), 0);
  gtk_label_set_wrap (GTK_LABEL (parts->reason), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (parts->reason), 40);
  gtk_label_set_max_width_chars (GTK_LABEL (parts->reason), 40);
  gtk_widget_add_css_class (parts->reason, "caption");
  gtk_widget_add_css_class (parts->reason, "dim-label");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), parts->name);
  gtk_box_append (GTK_BOX (words), parts->reason);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), parts->mark);
  gtk_list_item_set_child (item, box);
  g_object_set_data_full (G_OBJECT (item), "parts", parts, g_free);
}

static void
update_item (AppChoiceRow *self, GtkListItem *item)
{
  const ItemParts *parts = g_object_get_data (G_OBJECT (item), "parts");
  const LabSpec *spec = lab_draft_get_spec (app_row_get_draft (APP_ROW (self)));
  guint choice = gtk_list_item_get_position (item);
  g_autofree char *reason = NULL;
  gboolean good = app_words_can_choose (spec, app_row_get_key (APP_ROW (self)), choice, &reason);

  gtk_widget_set_sensitive (parts->name, good);
  gtk_label_set_label (GTK_LABEL (parts->reason), reason != NULL ? reason : "");
  gtk_widget_set_visible (parts->reason, !good);
  gtk_widget_set_opacity (parts->mark, gtk_drop_down_get_selected (self->choices) == choice ? 1 : 0);
  gtk_list_item_set_selectable (item, good);
  gtk_list_item_set_activatable (item, good);
}

static void
item_bind_cb (AppChoiceRow *self, GtkListItem *item)
{
  const ItemParts *parts = g_object_get_data (G_OBJECT (item), "parts");
  GtkStringObject *name = gtk_list_item_get_item (item);

  gtk_label_set_label (GTK_LABEL (parts->name), gtk_string_object_get_string (name));
  g_ptr_array_add (self->items, item);
  update_item (self, item);
}

static void
item_unbind_cb (AppChoiceRow *self, GtkListItem *item)
{
  g_ptr_array_remove (self->items, item);
}

/* What can be chosen depends on all values: it is found out when somebody wants to choose. */
static void
popup_cb (AppChoiceRow *self)
{
  for (guint i = 0; i < self->items->len; i++)
    update_item (self, g_ptr_array_index (self->items, i));
}

static void
make_list (AppChoiceRow *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkWidget *popup = gtk_widget_get_last_child (GTK_WIDGET (self->choices));

  g_return_if_fail (GTK_IS_POPOVER (popup));

  g_signal_connect_object (factory, "setup", G_CALLBACK (item_setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (item_bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (item_unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_drop_down_set_list_factory (self->choices, factory);
  g_signal_connect_object (popup, "show", G_CALLBACK (popup_cb), self, G_CONNECT_SWAPPED);
}

static void
app_choice_row_constructed (GObject *object)
{
  AppChoiceRow *self = APP_CHOICE_ROW (object);
  const LabParameter *parameter = lab_parameter (app_row_get_key (APP_ROW (self)));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  G_OBJECT_CLASS (app_choice_row_parent_class)->constructed (object);

  app_row_dress (APP_ROW (self), self->label, self->reset_button);

  /* The button inside takes the focus, and has no name of its own. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->choices))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, gettext (parameter->label), -1);

  for (guint i = 0; parameter->choice_labels[i] != NULL; i++)
    gtk_string_list_append (names, gettext (parameter->choice_labels[i]));
  make_list (self);
  gtk_drop_down_set_model (self->choices, G_LIST_MODEL (names));
  g_object_bind_property (app_row_get_draft (APP_ROW (self)), parameter->key, self->choices, "selected",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

static void
app_choice_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), APP_TYPE_CHOICE_ROW);

  G_OBJECT_CLASS (app_choice_row_parent_class)->dispose (object);
}

static void
app_choice_row_finalize (GObject *object)
{
  g_ptr_array_unref (APP_CHOICE_ROW (object)->items);

  G_OBJECT_CLASS (app_choice_row_parent_class)->finalize (object);
}

static void
app_choice_row_class_init (AppChoiceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = app_choice_row_constructed;
  object_class->dispose = app_choice_row_dispose;
  object_class->finalize = app_choice_row_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/tangentlab/TangentLab/ui/app-choice-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AppChoiceRow, label);
  gtk_widget_class_bind_template_child (widget_class, AppChoiceRow, reset_button);
  gtk_widget_class_bind_template_child (widget_class, AppChoiceRow, choices);
  gtk_widget_class_bind_template_callback (widget_class, app_is_text);
}

static void
app_choice_row_init (AppChoiceRow *self)
{
  self->items = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
app_choice_row_new (LabDraft *draft, LabKey key)
{
  return g_object_new (APP_TYPE_CHOICE_ROW, "draft", draft, "key", key, NULL);
}
