#pragma once

#include <gtk/gtk.h>

#include "app-figure.h"

G_BEGIN_DECLS

/* A figure on screen: a cached picture, and above it the cursor and what is under the pointer.
 *
 * - "figure" (boxed, or NULL).
 * - "dark", "high-contrast": which of the screen's themes.
 * - "dimmed": the figure is of older parameters.
 * - "held": while a slider is dragged, or a preview shown, the ranges only grow, so that what
 *   moves is the curve; they frame it again on release.
 * - "cursor" (NaN: none), "readout" (boxed, or NULL): a line at data x, and what is read there.
 * - "linked" (NaN: none): where the pointer is in another figure of the same x: a thin dashed line,
 *   without words.
 * - "axis-name": what x is called in the read-out under the pointer.
 * - "menu-model": its owner's part of the context menu.
 * - "log-x", "log-y": which scale an axis is seen on. Setting it is refused, with a signal, where
 *   the figure holds what a log axis cannot show.
 *
 * Wheel, pinch, drags, clicks and keys change what is seen, the axis' scales, and which curves are
 * hidden. All of that stays while newer figures of the same axes take the place of this one; until
 * somebody zooms, the ranges go with the data.
 *
 * Signals:
 * - "hovered" (double x): the pointer is over x, or over a point or another cell at x; NaN once it is over
 *   nothing.
 *   What other views take as "linked".
 * - "picked" (double x): a place along the axis was clicked, or stepped to.
 * - "moved" (const char *id, double x, double y): the handle of this id is on its way to there, as
 *   PlotHandle has it; "reset" (const char *id): it was double-clicked.
 * - "refused" (const char *reason): a scale was asked for in vain; a phrase for the user. */
#define APP_TYPE_FIGURE_VIEW (app_figure_view_get_type ())
G_DECLARE_FINAL_TYPE (AppFigureView, app_figure_view, APP, FIGURE_VIEW, GtkWidget)

PlotFigure *app_figure_view_get_figure (AppFigureView *self);

/* The figure as seen, without cursor, at twice the pixels; NULL where there is none. */
GdkTexture *app_figure_view_make_picture (AppFigureView *self);

/* The image whose cell is under the pointer, by its id, and the cell, as plot_image_get_cell() has it; NULL:
 * none is. */
const char *app_figure_view_get_cell (AppFigureView *self, guint *cell);

/* More words about that cell (Pango markup, or NULL) for its read-out, which stay until another is under the pointer:
 * "hovered" is the time to give them. */
void app_figure_view_set_cell_words (AppFigureView *self, const char *markup);

/* Marks the cells k of an image, by its id, that have a byte k other than 0, the others under a veil; NULL: none.
 * Another figure begins without. */
void app_figure_view_mark_cells (AppFigureView *self, const char *id, GBytes *marked);

/* What is seen of it: ranges, scales, hidden series (as bits for this figure). FALSE where there
 * is no figure. */
gboolean app_figure_view_get_view (AppFigureView *self, PlotLimits *view);

/* Scales for the axes of the first figure, where it has a place on them; PLOT_N_AXES of them, NULL: its own. */
void app_figure_view_choose_scales (AppFigureView *self, const PlotScale *const *scales);

G_END_DECLS
