#pragma once

#include "plot-scale.h"

G_BEGIN_DECLS

/* What a series means picks its colour, dash and marker from the theme, so that test error is
 * the same blue in every figure. */
typedef enum
{
  PLOT_STYLE_PRIMARY,   /* test error: heavy line, round markers, band */
  PLOT_STYLE_SECONDARY, /* training error: line, square markers, band */
  PLOT_STYLE_THEORY,    /* dashed, foreground colour */
  PLOT_STYLE_LIMIT,     /* dash-dotted, no markers */
  PLOT_STYLE_ACCENT_1,  /* thin lines of the decomposition: vermilion, purple, orange, green, sky, ... */
  PLOT_STYLE_ACCENT_2,
  PLOT_STYLE_ACCENT_3,
  PLOT_STYLE_ACCENT_4,
  PLOT_STYLE_ACCENT_5,
  PLOT_STYLE_CONTRAST,        /* a second simulated curve as strong as the first: vermilion */
  PLOT_STYLE_PRIMARY_THEORY,  /* what belongs to one of them: its colour, dashed, no markers */
  PLOT_STYLE_CONTRAST_THEORY,
  PLOT_STYLE_ACCENT_6, /* further thin lines: teal, violet */
  PLOT_STYLE_ACCENT_7,
  PLOT_STYLE_PIN_1, /* the test error of other settings: thin, no markers, below everything else; five
                     * colours and four dashes, so that no two are alike */
  PLOT_STYLE_PIN_20 = PLOT_STYLE_PIN_1 + 19,
  PLOT_N_STYLES,
} PlotStyle;

#define PLOT_N_PINS 20

/* The style of pin i, 0 for the first. */
static inline PlotStyle
plot_style_pin (guint i)
{
  return (PlotStyle) (PLOT_STYLE_PIN_1 + i % PLOT_N_PINS);
}

/* What an item claims of the range in y; in x all of them decide. */
typedef enum
{
  PLOT_CLAIM_LEADS, /* it is seen whole, and how far others are is measured by those that lead */
  PLOT_CLAIM_WHOLE, /* seen whole, but for narrow spikes through the top */
  PLOT_CLAIM_NEAR,  /* seen as far as a decade below those that lead (on a linear axis: their span) */
  PLOT_CLAIM_NONE,  /* decides nothing, in x neither */
} PlotClaim;

typedef struct
{
  const char *id;    /* "test"; what is named after it is hidden with it */
  const char *label; /* Pango markup, for the legend */
  int indent;        /* level in the legend, 0 or 1 */
  PlotStyle style;
  guint n;
  const double *x;
  const double *y;    /* NaN leaves a gap */
  const double *low;  /* band, or NULL; both or none */
  const double *high;
  const int *count;   /* how many seeds stand behind each point, or NULL */
  gboolean points;    /* marks alone, no line through them */
  gboolean faded;     /* drawn lighter */
  guint panel;        /* which of the figure's panels it is drawn in */
  gboolean muted;     /* not the one spoken of: thinner and a little lighter, still to be read */
  PlotClaim claim;
  guint order, n_orders; /* one of a family that has an order, 1 to n_orders: its colour is that of its place
                          * from one end of the colours for values to the other, solid and without marks;
                          * 0: not of one */
  gboolean stacked; /* a part of a whole: on a linear y axis all such series of a panel, which have the same
                     * x, are areas that lie on each other, the last one on zero. y is how high it is. Where
                     * one is hidden, those above it come down, and where y is NaN in one, there is a gap
                     * in all. Series of one id are one part, whose y is that of the first that has one. Areas
                     * lead, and narrow spikes of other series may leave the frame beside them. */
} PlotSeries;

/* What has an entry in the legend, by which it is hidden: a series. */
typedef struct
{
  const char *id;
  const char *label; /* Pango markup; "": no entry */
  int indent;
  PlotStyle style;
  gboolean faded;
  guint panel;
} PlotCurve;

typedef struct
{
  const char *id;    /* that of a series with which it is hidden, or another */
  double x;
  const char *label; /* Pango markup, or NULL */
  guint panel;
} PlotMarker;

/* A power law through (at_x, at_y), drawn from x = `from` to `to`: straight on log-log paper. */
typedef struct
{
  const char *id;    /* of the series it belongs to, with which it is hidden */
  guint panel;
  double from, to;
  double slope, at_x, at_y;
  const char *label; /* Pango markup, set beside its middle, or left out where there is no room near
                      * it: "slope −0.52 ± 0.02"; or NULL */
  PlotStyle style;   /* its colour */
} PlotLine;

/* A right triangle that shows a slope on log-log paper: its hypotenuse runs from (x0, y) to
 * (x1, y (x1/x0)^slope), its right angle is on the side where less is drawn. */
typedef struct
{
  const char *id;    /* as of a line */
  guint panel;
  double slope;
  double x0, x1;
  double y;
  const char *label; /* Pango markup, beside the upright leg: "−3/8" */
  PlotStyle style;   /* its colour */
} PlotTriangle;

/* A grid of values as cells of colour. All images of a figure have one range of colours and one bar that
 * says it, beside the last panel: from the least value to the largest, or as far on both sides of zero
 * where an image diverges. What is not finite is hatched: it has no value. */
typedef struct
{
  const char *id;
  const char *label; /* Pango markup: what the values are, beside the bar */
  guint panel;
  guint nx, ny;
  const double *x, *y; /* edges of the cells, nx + 1 and ny + 1, ascending */
  const double *z;     /* nx × ny, row after row: that at (x[i], y[j]) is z[j * nx + i] */
  gboolean centres;    /* x and y are nx and ny middles of cells instead, and edges lie half way between
                        * them on the scale that the axis has when the image is added */
  gboolean diverging;
  double lo, hi; /* lo < hi: the range of colours is no smaller */
  PlotClaim claim;
} PlotImage;

/* A shaded range of x. */
typedef struct
{
  const char *id;
  int panel; /* -1: in every one */
  double lo, hi;
} PlotRange;

typedef enum
{
  PLOT_HANDLE_POINT,
  PLOT_HANDLE_EDGE, /* upright, over the whole height of the frame, by its grip above the axis */
  PLOT_HANDLE_SPAN, /* of x, by a strip along the top */
} PlotHandleShape;

/* What can be dragged. Files do not show it, and screens no more of it than its grip: what it belongs to
 * is drawn by other items. */
typedef struct
{
  const char *id;
  int panel; /* -1: in every one */
  PlotHandleShape shape;
  double x, y; /* of an edge y does not count; a span is from x to y, along x */
  gboolean free_x, free_y;
  const char *label; /* what it is called, plain text, or NULL */
} PlotHandle;

typedef enum { PLOT_X, PLOT_Y, PLOT_N_AXES } PlotAxis;

/* A picture as a value: filled by its maker, then shared and never written again. */
typedef struct _PlotFigure PlotFigure;

PlotFigure *plot_figure_new (const char *title_markup);
PlotFigure *plot_figure_ref (PlotFigure *self);
void plot_figure_unref (PlotFigure *self);

/* label_markup: "width <i>m</i>". */
void plot_figure_set_axis (PlotFigure *self, PlotAxis axis, const char *label_markup,
                           const PlotScale *scale);
/* A second scale along the top edge: its value at x is `value`, straight on log-log paper between
 * the n points given (both ascending and positive). The label stands left of its numbers. */
void plot_figure_set_top_axis (PlotFigure *self, const char *label_markup, guint n, const double *x,
                               const double *value);
#define PLOT_MAX_PANELS 4
/* Frames side by side on the same ranges, one until this is called; before anything is added to one.
 * titles_markup: one for each ("<i>D</i> = 6"), or NULL for none. Series of the same id and label
 * share one entry of the legend, there and where one of them is faded. */
void plot_figure_set_panels (PlotFigure *self, guint n_panels, const char *const *titles_markup);
/* Copies everything. Series are drawn in the order added, bands below all lines and pins below all
 * others. */
void plot_figure_add_series (PlotFigure *self, const PlotSeries *series);
/* A vertical dotted line with a label beside its top. */
void plot_figure_add_marker (PlotFigure *self, const PlotMarker *marker);
void plot_figure_add_line (PlotFigure *self, const PlotLine *line);
void plot_figure_add_triangle (PlotFigure *self, const PlotTriangle *triangle);
/* The axes are set before. Never a legend's entry: PlotLimits.hidden does not hide it. */
void plot_figure_add_image (PlotFigure *self, const PlotImage *image);
/* The middle of a cell, j * nx + i, and its value, of an image that a figure has (PlotHit). */
void plot_image_get_cell (const PlotImage *image, guint cell, double *x, double *y, double *z);
void plot_figure_add_range (PlotFigure *self, const PlotRange *range);
void plot_figure_add_handle (PlotFigure *self, const PlotHandle *handle);
/* A range (lo < hi) in every panel with handles for its edges, "ID-from" and "ID-to", and one for all of
 * it, "ID". */
void plot_figure_add_movable_range (PlotFigure *self, const char *id, double lo, double hi);
/* The range of an axis that is to be seen (lo < hi) in place of what the data say; air is added to
 * it. Only what is drawn within the reach in x decides about y. */
void plot_figure_set_reach (PlotFigure *self, PlotAxis axis, double lo, double hi);
/* FALSE where none was set. */
gboolean plot_figure_get_reach (const PlotFigure *self, PlotAxis axis, double *lo, double *hi);
/* Frames as high as they are wide: for what has the same axis twice, such as a matrix. */
void plot_figure_set_square (PlotFigure *self, gboolean square);
/* Frames in which a unit of x is as long as one of y (on the scales they are seen on). */
void plot_figure_set_equal (PlotFigure *self, gboolean equal);
/* y grows downwards: row 1 of a matrix is at the top. */
void plot_figure_set_downwards (PlotFigure *self, gboolean downwards);
/* A line of small print under the figure (Pango markup; wraps). */
void plot_figure_add_note (PlotFigure *self, const char *note_markup);
/* Plain-text description for assistive technology and as metadata: the verdict. */
void plot_figure_set_description (PlotFigure *self, const char *description);
/* key/value pairs kept as metadata in exported files (UTF-8; control characters other than tab
 * and newline become U+FFFD). A key set twice keeps its last value. */
void plot_figure_set_metadata (PlotFigure *self, const char *key, const char *value);

const char *plot_figure_get_title (const PlotFigure *self);
const char *plot_figure_get_description (const PlotFigure *self);
const char *plot_figure_get_label (const PlotFigure *self, PlotAxis axis);
const PlotScale *plot_figure_get_scale (const PlotFigure *self, PlotAxis axis);
guint plot_figure_get_n_panels (const PlotFigure *self);
guint plot_figure_get_n_series (const PlotFigure *self);
const PlotSeries *plot_figure_get_series (const PlotFigure *self, guint i);

/* Handle i in the order added, NULL: there are fewer. */
const PlotHandle *plot_figure_get_handle (const PlotFigure *self, guint i);
/* In the order added; PlotLimits.hidden has a bit for each of the first 64. */
guint plot_figure_get_n_curves (const PlotFigure *self);
const PlotCurve *plot_figure_get_curve (const PlotFigure *self, guint i);

/* Range that shows the figure, rounded outwards a little. On y it is decided by what the items claim,
 * so that a training error of rounding size falls out of the picture instead of squashing it. Bands
 * are seen whole up to a decade and a half above (on a linear axis: one and a half spans). A log axis
 * ends above rounding: values under 1e-12 of the largest are drawn at the floor, and the layout says so
 * in a note where the floor is in sight. An image ends with the frame. */
void plot_figure_frame (const PlotFigure *self, PlotAxis axis, double *lo, double *hi);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlotFigure, plot_figure_unref)

G_END_DECLS
