#include "app-views-pane-private.h"

#include <math.h>

#include "app-settings.h"
#include "app-split.h"

/* Two figures side by side are too small below. */
#define NARROW_WIDTH 560

/* Two figures would like to be wider, and the parameters would fold away for it. */
#define NATURAL_WIDTH 520

enum
{
  PROP_DESK = 1,
  PROP_EXISTS,
  PROP_GRIDS,
  PROP_HELD,
  PROP_HOVERED,
  PROP_LINKED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AppViewsPane, app_views_pane, GTK_TYPE_WIDGET)

static void
notify (AppViewsPane *self, int id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static gboolean
set_double (AppViewsPane *self, int id, double *slot, double value)
{
  if (*slot == value || (isnan (*slot) && isnan (value)))
    return FALSE;

  *slot = value;
  notify (self, id);
  return TRUE;
}

void
app_views_pane_set_linked (AppViewsPane *self, double x)
{
  set_double (self, PROP_LINKED, &self->linked, x);
}

void
app_views_pane_set_grids (AppViewsPane *self, gboolean grids)
{
  if (self->grids == grids)
    return;

  self->grids = grids;
  notify (self, PROP_GRIDS);
}

void
app_views_pane_refuse (AppViewsPane *self, const char *reason)
{
  g_signal_emit (self, signals[REFUSED], 0, reason);
}

static gboolean
narrow_cb (gpointer data)
{
  AppViewsPane *self = data;
  gboolean narrow = gtk_widget_get_width (GTK_WIDGET (self)) < NARROW_WIDTH;

  self->narrow_id = 0;
  if (self->narrow != narrow)
    {
      self->narrow = narrow;
      app_views_pane_update_seen (self);
    }

  return G_SOURCE_REMOVE;
}

static void
app_views_pane_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (APP_VIEWS_PANE (widget)->box, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, MIN (*natural, NATURAL_WIDTH));
}

/* What is visible changes after the allocation, not within it. */
static void
app_views_pane_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AppViewsPane *self = APP_VIEWS_PANE (widget);

  gtk_widget_allocate (self->box, width, height, baseline, NULL);
  if ((width < NARROW_WIDTH) != self->narrow && self->narrow_id == 0)
    self->narrow_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, narrow_cb, self, NULL);
}

static void
set_active (AppViewsPane *self, gboolean active)
{
  if (self->desk != NULL)
    g_object_set (self->desk, "views-seen", active, NULL);
}

static void
app_views_pane_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (app_views_pane_parent_class)->map (widget);
  set_active (APP_VIEWS_PANE (widget), TRUE);
}

static void
app_views_pane_unmap (GtkWidget *widget)
{
  set_active (APP_VIEWS_PANE (widget), FALSE);
  GTK_WIDGET_CLASS (app_views_pane_parent_class)->unmap (widget);
}

static void
views_changed_cb (AppViewsPane *self)
{
  app_views_pane_list (self);
  notify (self, PROP_EXISTS);
}

static void
leave_desk (AppViewsPane *self)
{
  if (self->desk == NULL)
    return;

  set_active (self, FALSE);
  app_views_pane_remove_views (self);
  g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_object (&self->desk);
}

static void
set_desk (AppViewsPane *self, AppDesk *desk)
{
  if (self->desk == desk)
    return;

  leave_desk (self);
  if (desk != NULL)
    {
      self->desk = g_object_ref (desk);
      g_signal_connect_object (desk, "items-changed", G_CALLBACK (views_changed_cb), self, G_CONNECT_SWAPPED);
      app_views_pane_list (self);
      set_active (self, gtk_widget_get_mapped (GTK_WIDGET (self)));
    }
  notify (self, PROP_DESK);
  notify (self, PROP_EXISTS);
}

static void
app_views_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppViewsPane *self = APP_VIEWS_PANE (object);

  switch (id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;
    case PROP_EXISTS:
      g_value_set_boolean (value, self->figure_views->len > 0);
      break;
    case PROP_GRIDS:
      g_value_set_boolean (value, self->grids);
      break;
    case PROP_HELD:
      g_value_set_boolean (value, self->held);
      break;
    case PROP_HOVERED:
      g_value_set_double (value, self->hovered);
      break;
    case PROP_LINKED:
      g_value_set_double (value, self->linked);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_views_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AppViewsPane *self = APP_VIEWS_PANE (object);

  switch (id)
    {
    case PROP_DESK:
      set_desk (self, g_value_get_object (value));
      break;
    case PROP_HELD:
      if (self->held != g_value_get_boolean (value))
        {
          self->held = g_value_get_boolean (value);
          notify (self, id);
        }
      break;
    case PROP_HOVERED:
      if (set_double (self, id, &self->hovered, g_value_get_double (value)) && self->desk != NULL)
        app_views_pane_update_hovered (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_views_pane_dispose (GObject *object)
{
  AppViewsPane *self = APP_VIEWS_PANE (object);

  leave_desk (self);
  g_clear_handle_id (&self->narrow_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), APP_TYPE_VIEWS_PANE);

  G_OBJECT_CLASS (app_views_pane_parent_class)->dispose (object);
}

static void
app_views_pane_finalize (GObject *object)
{
  g_ptr_array_unref (APP_VIEWS_PANE (object)->figure_views);

  G_OBJECT_CLASS (app_views_pane_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags number = shown | G_PARAM_LAX_VALIDATION; /* NaN too */

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, APP_TYPE_DESK, shown | G_PARAM_WRITABLE);
  properties[PROP_EXISTS] = g_param_spec_boolean ("exists", NULL, NULL, FALSE, shown);
  properties[PROP_GRIDS] = g_param_spec_boolean ("grids", NULL, NULL, FALSE, shown);
  properties[PROP_HELD] =
    g_param_spec_boolean ("held", NULL, NULL, FALSE, shown | G_PARAM_WRITABLE);
  properties[PROP_HOVERED] = g_param_spec_double ("hovered", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
                                                  number | G_PARAM_WRITABLE);
  properties[PROP_LINKED] =
    g_param_spec_double ("linked", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, number);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
app_views_pane_class_init (AppViewsPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = app_views_pane_get_property;
  object_class->set_property = app_views_pane_set_property;
  object_class->dispose = app_views_pane_dispose;
  object_class->finalize = app_views_pane_finalize;
  widget_class->measure = app_views_pane_measure;
  widget_class->size_allocate = app_views_pane_size_allocate;
  widget_class->map = app_views_pane_map;
  widget_class->unmap = app_views_pane_unmap;
  install_properties (object_class);

  signals[REFUSED] = g_signal_new ("refused", APP_TYPE_VIEWS_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "views-pane");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tangentlab/TangentLab/ui/app-views-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, AppViewsPane, box);
  gtk_widget_class_bind_template_child (widget_class, AppViewsPane, paned);
  gtk_widget_class_bind_template_child (widget_class, AppViewsPane, choices);
  gtk_widget_class_bind_template_child (widget_class, AppViewsPane, first);
  gtk_widget_class_bind_template_child (widget_class, AppViewsPane, others);
  gtk_widget_class_bind_template_child (widget_class, AppViewsPane, menu);
  gtk_widget_class_bind_template_child (widget_class, AppViewsPane, sentence);
}

static void
app_views_pane_init (AppViewsPane *self)
{
  self->hovered = NAN;
  self->linked = NAN;
  self->figure_views = g_ptr_array_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  app_split_keep (self->paned, "views-columns", 0.5);
}

AppFigureView *
app_views_pane_get_view (AppViewsPane *self, const char *id)
{
  g_return_val_if_fail (APP_IS_VIEWS_PANE (self) && id != NULL, NULL);

  for (guint i = 0; i < self->figure_views->len; i++)
    if (g_str_equal (app_view_get_row (app_views_pane_view (self, i))->id, id))
      return self->figure_views->pdata[i];
  return NULL;
}

GtkWidget *
app_views_pane_get_words (AppViewsPane *self)
{
  g_return_val_if_fail (APP_IS_VIEWS_PANE (self), NULL);

  return self->sentence;
}

AppFigureView *
app_views_pane_get_focus (AppViewsPane *self, AppView **view)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  g_return_val_if_fail (APP_IS_VIEWS_PANE (self), NULL);

  for (guint i = 0; i < self->figure_views->len && focus != NULL; i++)
    if (focus == self->figure_views->pdata[i] || gtk_widget_is_ancestor (focus, self->figure_views->pdata[i]))
      {
        *view = app_views_pane_view (self, i);
        return self->figure_views->pdata[i];
      }
  return NULL;
}
