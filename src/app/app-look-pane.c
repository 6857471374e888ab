#include "app-look-pane-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app-closures.h"
#include "app-settings.h"
#include "app-split.h"

/* Two figures side by side are too small below. */
#define NARROW_WIDTH 560

/* Two figures would like to be wider, and the parameters would fold away for it. */
#define NATURAL_WIDTH 520

enum
{
  PROP_BENCH = 1,
  PROP_LOOK,
  PROP_EXISTS,
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

G_DEFINE_FINAL_TYPE (AppLookPane, app_look_pane, GTK_TYPE_WIDGET)

static void
notify (AppLookPane *self, int id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static gboolean
set_double (AppLookPane *self, int id, double *slot, double value)
{
  if (*slot == value || (isnan (*slot) && isnan (value)))
    return FALSE;

  *slot = value;
  notify (self, id);
  return TRUE;
}

static double
sentence_opacity (AppLookPane *self, gboolean stale)
{
  return stale ? 0.4 : 1;
}

void
app_look_pane_set_linked (AppLookPane *self, double x)
{
  set_double (self, PROP_LINKED, &self->linked, x);
}

void
app_look_pane_refuse (AppLookPane *self, const char *reason)
{
  g_signal_emit (self, signals[REFUSED], 0, reason);
}

static gboolean
narrow_cb (gpointer data)
{
  AppLookPane *self = data;
  gboolean narrow = gtk_widget_get_width (GTK_WIDGET (self)) < NARROW_WIDTH;

  self->narrow_id = 0;
  if (self->narrow != narrow)
    {
      self->narrow = narrow;
      app_look_pane_update_seen (self);
    }

  return G_SOURCE_REMOVE;
}

static void
app_look_pane_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (APP_LOOK_PANE (widget)->box, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, MIN (*natural, NATURAL_WIDTH));
}

/* What is visible changes after the allocation, not within it. */
static void
app_look_pane_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AppLookPane *self = APP_LOOK_PANE (widget);

  gtk_widget_allocate (self->box, width, height, baseline, NULL);
  if ((width < NARROW_WIDTH) != self->narrow && self->narrow_id == 0)
    self->narrow_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, narrow_cb, self, NULL);
}

static void
set_active (AppLookPane *self, gboolean active)
{
  if (self->look != NULL)
    g_object_set (self->look, "active", active, NULL);
}

static void
app_look_pane_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (app_look_pane_parent_class)->map (widget);
  set_active (APP_LOOK_PANE (widget), TRUE);
}

static void
app_look_pane_unmap (GtkWidget *widget)
{
  set_active (APP_LOOK_PANE (widget), FALSE);
  GTK_WIDGET_CLASS (app_look_pane_parent_class)->unmap (widget);
}

static void
exists_cb (AppLookPane *self)
{
  notify (self, PROP_EXISTS);
}

static void
set_bench (AppLookPane *self, AppBench *bench)
{
  if (self->bench == bench)
    return;

  g_set_object (&self->bench, bench);
  if (self->look != NULL)
    {
      set_active (self, FALSE);
      g_signal_handlers_disconnect_by_data (self->look, self);
    }
  app_look_pane_remove_views (self);
  g_clear_object (&self->look);
  if (bench != NULL)
    {
      self->look = app_look_new (app_bench_get_draft (bench));
      g_signal_connect_object (self->look, "notify::exists", G_CALLBACK (exists_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->look, "views", G_CALLBACK (app_look_pane_list), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->look, "changed", G_CALLBACK (app_look_pane_take_figures), self, G_CONNECT_SWAPPED);
      app_look_pane_list (self);
      set_active (self, gtk_widget_get_mapped (GTK_WIDGET (self)));
    }
  notify (self, PROP_BENCH);
  notify (self, PROP_LOOK);
  notify (self, PROP_EXISTS);
}

static void
app_look_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AppLookPane *self = APP_LOOK_PANE (object);
  gboolean exists = FALSE;

  switch (id)
    {
    case PROP_BENCH:
      g_value_set_object (value, self->bench);
      break;
    case PROP_LOOK:
      g_value_set_object (value, self->look);
      break;
    case PROP_EXISTS:
      if (self->look != NULL)
        g_object_get (self->look, "exists", &exists, NULL);
      g_value_set_boolean (value, exists);
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
app_look_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AppLookPane *self = APP_LOOK_PANE (object);

  switch (id)
    {
    case PROP_BENCH:
      set_bench (self, g_value_get_object (value));
      break;
    case PROP_HELD:
      if (self->held != g_value_get_boolean (value))
        {
          self->held = g_value_get_boolean (value);
          notify (self, id);
        }
      break;
    case PROP_HOVERED:
      if (set_double (self, id, &self->hovered, g_value_get_double (value)) && self->bench != NULL)
        app_look_pane_update_hovered (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
app_look_pane_dispose (GObject *object)
{
  AppLookPane *self = APP_LOOK_PANE (object);

  set_active (self, FALSE);
  g_clear_handle_id (&self->narrow_id, g_source_remove);
  app_look_pane_remove_views (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), APP_TYPE_LOOK_PANE);
  g_clear_object (&self->look);
  g_clear_object (&self->bench);

  G_OBJECT_CLASS (app_look_pane_parent_class)->dispose (object);
}

static void
app_look_pane_finalize (GObject *object)
{
  g_ptr_array_unref (APP_LOOK_PANE (object)->views);

  G_OBJECT_CLASS (app_look_pane_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags number = shown | G_PARAM_LAX_VALIDATION; /* NaN too */

  properties[PROP_BENCH] =
    g_param_spec_object ("bench", NULL, NULL, APP_TYPE_BENCH, shown | G_PARAM_WRITABLE);
  properties[PROP_LOOK] = g_param_spec_object ("look", NULL, NULL, APP_TYPE_LOOK, shown);
  properties[PROP_EXISTS] = g_param_spec_boolean ("exists", NULL, NULL, FALSE, shown);
  properties[PROP_HELD] =
    g_param_spec_boolean ("held", NULL, NULL, FALSE, shown | G_PARAM_WRITABLE);
  properties[PROP_HOVERED] = g_param_spec_double ("hovered", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
                                                  number | G_PARAM_WRITABLE);
  properties[PROP_LINKED] =
    g_param_spec_double ("linked", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, number);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
app_look_pane_class_init (AppLookPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = app_look_pane_get_property;
  object_class->set_property = app_look_pane_set_property;
  object_class->dispose = app_look_pane_dispose;
  object_class->finalize = app_look_pane_finalize;
  widget_class->measure = app_look_pane_measure;
  widget_class->size_allocate = app_look_pane_size_allocate;
  widget_class->map = app_look_pane_map;
  widget_class->unmap = app_look_pane_unmap;
  install_properties (object_class);

  signals[REFUSED] = g_signal_new ("refused", APP_TYPE_LOOK_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "look-pane");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tangentlab/TangentLab/ui/app-look-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, AppLookPane, box);
  gtk_widget_class_bind_template_child (widget_class, AppLookPane, paned);
  gtk_widget_class_bind_template_child (widget_class, AppLookPane, choices);
  gtk_widget_class_bind_template_child (widget_class, AppLookPane, first);
  gtk_widget_class_bind_template_child (widget_class, AppLookPane, others);
  gtk_widget_class_bind_template_child (widget_class, AppLookPane, menu);
  gtk_widget_class_bind_template_callback (widget_class, sentence_opacity);
  gtk_widget_class_bind_template_callback (widget_class, app_is_text);
}

static void
app_look_pane_init (AppLookPane *self)
{
  self->hovered = NAN;
  self->linked = NAN;
  self->views = g_ptr_array_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  app_split_keep (self->paned, "look-columns", 0.5);
}

AppFigureView *
app_look_pane_get_view (AppLookPane *self, const char *id)
{
  g_return_val_if_fail (APP_IS_LOOK_PANE (self) && id != NULL, NULL);

  for (guint i = 0; i < self->views->len; i++)
    if (g_str_equal (app_look_get_view (self->look, i)->id, id))
      return self->views->pdata[i];
  return NULL;
}

AppFigureView *
app_look_pane_get_focus (AppLookPane *self, const char **name)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  g_return_val_if_fail (APP_IS_LOOK_PANE (self), NULL);

  for (guint i = 0; i < self->views->len && focus != NULL; i++)
    if (focus == self->views->pdata[i] || gtk_widget_is_ancestor (focus, self->views->pdata[i]))
      {
        *name = app_look_get_view (self->look, i)->id;
        return self->views->pdata[i];
      }
  return NULL;
}
