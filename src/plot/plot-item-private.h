#pragma once

#include "plot-layout-private.h"

G_BEGIN_DECLS

/* From the ground up. What is drawn in a layer lies above all that the layers before it hold. */
typedef enum
{
  PLOT_LAYER_GROUND, /* shades, images and areas */
  PLOT_LAYER_RULES,  /* dotted lines */
  PLOT_LAYER_BANDS,
  PLOT_LAYER_PINS,
  PLOT_LAYER_CURVES,
  PLOT_LAYER_GUIDES,
  PLOT_N_PANEL_LAYERS, /* those before are cut off at the frame, those behind it are not */
  PLOT_LAYER_LABELS = PLOT_N_PANEL_LAYERS,
  PLOT_LAYER_GRIPS, /* on screens only */
  PLOT_N_LAYERS,
} PlotLayer;

/* A range of coordinates (after PlotScale.forward), empty while lo > hi. */
typedef struct
{
  double lo, hi;
} PlotBounds;

/* What an item says of the range of an axis. */
typedef struct
{
  PlotClaim claim;
  gboolean leads_alone; /* beside it narrow spikes of others that lead may leave through the top */
  PlotBounds whole;     /* of what it draws */
  PlotBounds low, high; /* of the edges of its band; empty: it has none */
  const double *x, *y;  /* n points of a line, whose narrow spikes may be left out; NULL: none may */
  guint n;
  gboolean tight_lo, tight_hi; /* no air beyond this end of `whole` */
  gpointer made; /* what x and y point into and was made for the answer: freed with it, or NULL */
} PlotExtent;

/* What is asked of it. */
typedef struct
{
  const PlotFigure *figure;
  PlotAxis axis;
  const PlotScale *scale;
  guint64 hidden;
} PlotQuestion;

/* Which columns the table of values has behind those for series, x and y. */
typedef enum
{
  PLOT_COLUMNS_BAND = 1 << 0, /* low, high, count */
  PLOT_COLUMNS_Z = 1 << 1,
} PlotColumns;

/* Rows of that table, as they are written. */
typedef struct
{
  GString *out;
  const PlotFigure *figure;
  PlotColumns columns; /* of all items */
  guint64 hidden;
} PlotTable;

typedef struct
{
  double x, y, low, high, z; /* NaN: empty */
  int count;                 /* -1: empty */
} PlotTableRow;

/* A row of the table of item types: what a figure asks of what is drawn in it. Functions that do not
 * apply are NULL. Items of a type are treated in the order added, types in that of their table. */
struct _PlotItemType
{
  const char *name;

  /* --- of the figure */
  void (*measure) (const PlotItem *item, const PlotQuestion *question, PlotExtent *extent);
  /* Whether a log axis has a place for all of it; sets *any where something positive is there. */
  gboolean (*takes_log) (const PlotItem *item, PlotAxis axis, gboolean *any);
  /* Whether values of it are drawn at the floor of a log axis. */
  gboolean (*is_below) (const PlotItem *item, double floor);
  PlotColumns columns;
  void (*write) (const PlotItem *item, const PlotTable *table);

  /* --- of a layout: what is drawn where, made by `trace` and kept in PlotScene.traces; first of all
   * items that is marked in the occupancy which is no label, then the labels */
  gpointer (*trace) (PlotScene *scene, const PlotItem *item);
  void (*free_trace) (gpointer trace);
  void (*place) (PlotScene *scene, const PlotItem *item); /* may make the trace too */
  gboolean (*covers) (const PlotScene *scene, const PlotItem *item, PlotRect rect);
  /* Of its entry in the legend: whether anything of it is drawn, and its sample around (x, y), from
   * x to x + PlotScene.legend_sample. */
  gboolean (*has_curve) (const PlotItem *item, guint part);
  void (*draw_sample) (const PlotScene *scene, const PlotItem *item, guint part, double x, double y,
                       cairo_t *cr);

  /* --- of a picture */
  void (*draw[PLOT_N_LAYERS]) (const PlotScene *scene, const PlotItem *item, guint panel, cairo_t *cr);
  /* With the series of the same id: above its line and below its marks. */
  void (*draw_attached) (const PlotScene *scene, const PlotItem *item, cairo_t *cr);

  /* --- of the pointer: *hit becomes what is nearer than it, or in no other item's reach */
  void (*hit) (const PlotScene *scene, const PlotItem *item, double px, double py, double *nearest,
               PlotHit *hit);
};

/* The table. */
extern const PlotItemType *const plot_item_types[];
extern const guint plot_n_item_types;

extern const PlotItemType plot_image_type, plot_series_type, plot_marker_type,
  plot_range_type, plot_triangle_type, plot_line_type, plot_handle_type;

/* --- plot-item.c */

void plot_item_free (gpointer item);

/* Takes the data, one block that is freed with g_free(). */
PlotItem *plot_figure_add_item (PlotFigure *self, const PlotItemType *type, int panel,
                                PlotClaim claim, const char *id, gpointer data);
/* An entry of the legend for the item added last. */
void plot_figure_add_curve (PlotFigure *self, const PlotCurve *curve);

gboolean plot_item_is_hidden (const PlotFigure *figure, guint64 hidden, const PlotItem *item);

/* The item that a curve is of. */
const PlotItem *plot_figure_item_of (const PlotFigure *self, guint curve);

/* The first item of a type, NULL: none. */
const PlotItem *plot_figure_find_item (const PlotFigure *self, const PlotItemType *type);

/* One block: a value, and behind it copies of its id and its label, whose addresses become those of
 * the copies (in the value that is handed in). */
gpointer plot_copy_with_texts (gconstpointer value, gsize size, const char **id, const char **label);
/* Copies `size` bytes to the growing end of a block. */
gpointer plot_put (char **end, gconstpointer bytes, gsize size);

gpointer plot_scene_trace_of (const PlotScene *self, const PlotItem *item);
gconstpointer plot_scene_last_trace_of (const PlotScene *self, const PlotItem *item);

/* Everything that depends on the frames: paths, then labels. */
void plot_items_arrange (PlotScene *self);
gboolean plot_items_cover (const PlotScene *self, guint panel, PlotRect rect);
/* panel -1: in all of them. */
void plot_items_draw (const PlotScene *self, int panel, PlotLayer layer, cairo_t *cr);
void plot_items_draw_attached (const PlotScene *self, const PlotItem *item, cairo_t *cr);

/* --- plot-range.c */

/* Where a range of x is in a panel: the frame's top and bottom, and its own left and right, which may be
 * beyond the frame. FALSE: nothing of it is in sight. */
gboolean plot_locate_span (const PlotScene *self, guint panel, double from, double to, PlotRect *span);
gboolean plot_edge_in_sight (const PlotScene *self, guint panel, double edge);
void plot_trace_edge (const PlotScene *self, guint panel, double edge, cairo_t *cr);

/* --- plot-series.c */

/* The path of the nth series, GArray of PlotPoint; NULL while it is hidden. */
const GArray *plot_series_line (const PlotScene *self, guint nth);

/* --- plot-frame-range.c */
void plot_bounds_add (PlotBounds *self, double u);
void plot_bounds_unite (PlotBounds *self, PlotBounds other);
gboolean plot_bounds_is_empty (PlotBounds self);
/* A point beyond the reach in x is not seen and decides nothing. */
gboolean plot_question_reaches (const PlotQuestion *self, double x);

/* --- plot-csv.c */
void plot_table_add (const PlotTable *self, const PlotItem *item, const char *id,
                     const PlotTableRow *row);

G_END_DECLS
