#include "app-look-pane.h"

#include <figures.h>
#include <glib/gi18n.h>
#include <math.h>

#include "app-closures.h"
#include "app-look.h"
#include "app-settings.h"
#include "app-split.h"

/* Two figures side by side are too small below. */
#define NARROW_WIDTH 560

/* Two figures would like to be wider, and the parameters would fold away for it. */
#define NATURAL_WIDTH 520

struct _AppLookPane
{
  GtkWidget parent_instance;

  AppBench *bench;
  AppLook *look; /* of the bench's draft */
  gboolean held;
  gboolean narrow;
  double hovered;
  double linked;
  guint narrow_id;

  GtkWidget *box;
  GtkPaned *paned;
  AppFigureView *fit;
  AppFigureView *spectrum;
};

enum
{
  PROP_BENCH = 1,
  PROP_LOOK,
  PROP_EXISTS,
  PROP_HELD,
  PROP_NARROW,
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

/* One of two is seen where there is room for one. */
static gboolean
is_seen (AppLookPane *self, gboolean narrow, gboolean chosen)
{
  return !narrow || chosen;
}

static double
sentence_opacity (AppLookPane *self, gboolean stale)
{
  return stale ? 0.4 : 1;
}

/* --- pointing from one figure into another --- */

static void
update_hovered (AppLookPane *self)
{
  const LabLook *look = app_look_get_look (self->look);
  const LabCurves *curves = app_bench_get_curves (self->bench);
  double index = NAN;

  if (look != NULL && curves != NULL && !isnan (self->hovered))
    index = lab_look_index_at (look, curves, self->hovered);
  g_object_set (self->spectrum, "linked", index, NULL);
}

static void
spectrum_hovered_cb (AppLookPane *self, double index)
{
  const LabLook *look = app_look_get_look (self->look);
  const LabCurves *curves = app_bench_get_curves (self->bench);
  double x = NAN;

  if (look != NULL && curves != NULL && !isnan (index))
    x = lab_look_place_of (look, curves, index);
  set_double (self, PROP_LINKED, &self->linked, x);
}

static void
refused_cb (AppLookPane *self, const char *reason)
{
  g_signal_emit (self, signals[REFUSED], 0, reason);
}

/* So that Copy and Export from its menu are about the figure that was clicked. */
static void
secondary_cb (GtkGestureClick *gesture)
{
  gtk_widget_grab_focus (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)));
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
      notify (self, PROP_NARROW);
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
  g_clear_object (&self->look);
  if (bench != NULL)
    {
      self->look = app_look_new (app_bench_get_draft (bench));
      g_signal_connect_object (self->look, "notify::exists", G_CALLBACK (exists_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->look, "notify::look", G_CALLBACK (update_hovered), self,
                               G_CONNECT_SWAPPED);
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
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
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
        update_hovered (self);
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
  gtk_widget_dispose_template (GTK_WIDGET (self), APP_TYPE_LOOK_PANE);
  g_clear_object (&self->look);
  g_clear_object (&self->bench);

  G_OBJECT_CLASS (app_look_pane_parent_class)->dispose (object);
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
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, shown);
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
  widget_class->measure = app_look_pane_measure;
  widget_class->size_allocate = app_look_pane_size_allocate;
  widget_class->map = app_look_pane_map;
  widget_class->unmap = app_look_pane_unmap;
  install_properties (object_class);

  signals[REFUSED] = g_signal_new ("refused", APP_TYPE_LOOK_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (APP_TYPE_FIGURE_VIEW);
  gtk_widget_class_set_css_name (widget_class, "look-pane");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tangentlab/TangentLab/ui/app-look-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, AppLookPane, box);
  gtk_widget_class_bind_template_child (widget_class, AppLookPane, paned);
  gtk_widget_class_bind_template_child (widget_class, AppLookPane, fit);
  gtk_widget_class_bind_template_child (widget_class, AppLookPane, spectrum);
  gtk_widget_class_bind_template_callback (widget_class, is_seen);
  gtk_widget_class_bind_template_callback (widget_class, sentence_opacity);
  gtk_widget_class_bind_template_callback (widget_class, app_is_text);
  gtk_widget_class_bind_template_callback (widget_class, refused_cb);
  gtk_widget_class_bind_template_callback (widget_class, secondary_cb);
  gtk_widget_class_bind_template_callback (widget_class, spectrum_hovered_cb);
}

static void
app_look_pane_init (AppLookPane *self)
{
  self->hovered = NAN;
  self->linked = NAN;

  gtk_widget_init_template (GTK_WIDGET (self));
  app_split_keep (self->paned, "look-columns", 0.5);
}

AppFigureView *
app_look_pane_get_focus (AppLookPane *self, const char **name)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  g_return_val_if_fail (APP_IS_LOOK_PANE (self), NULL);

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return NULL;
  if (focus == GTK_WIDGET (self->fit) || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->fit)))
    *name = "fit";
  else if (focus == GTK_WIDGET (self->spectrum)
           || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->spectrum)))
    *name = "spectrum";
  else
    return NULL;

  return g_str_equal (*name, "fit") ? self->fit : self->spectrum;
}
