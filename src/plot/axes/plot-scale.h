#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One tick of an axis. Labels are Pango markup ("10<sup>−3</sup>"); NULL for minor ticks. */
typedef struct
{
  double value;
  char *label;
} PlotTick;

typedef struct _PlotScale PlotScale;

/* A row of the table of scales: linear, log, index and degrees. forward() maps data to a coordinate that is
 * linear on paper, inverse() back; forward() of a value outside the domain is NaN. */
struct _PlotScale
{
  const char *name;
  const char *unit; /* behind each number, "°"; or "" */
  double (*forward) (double x);
  double (*inverse) (double u);

  /* Major and minor ticks in [lo, hi] (data units, lo < hi), for an axis of `length` pixels on
   * which a label takes `extent (label, data)` pixels; NULL: none. Labels never overlap and say
   * their value in full. There are at most 12 major ticks, and at least 3 where `length` is 6 times
   * the widest label that would be chosen if labels took no room; on shorter axes, those that fit.
   * Array of PlotTick, cleared with it. */
  GArray *(*locate) (double lo, double hi, double length,
                     double (*extent) (const char *label, gpointer data), gpointer data);
};

extern const PlotScale plot_scale_linear;
extern const PlotScale plot_scale_log;
extern const PlotScale plot_scale_index;   /* linear, of whole numbers: no ticks between them */
extern const PlotScale plot_scale_degrees; /* linear, in degrees: ticks at parts of a turn, "−90°" */

/* The scale that people can choose by its name, linear or log; NULL: there is none. */
const PlotScale *plot_scale_find (const char *name);

/* The narrowest range whose ticks and labels are sound, hi - lo, relative to the larger of |lo| and
 * |hi|; on a log axis hi / lo - 1. Below it lie the steps of a double. */
#define PLOT_NARROWEST 1e-9

G_END_DECLS
