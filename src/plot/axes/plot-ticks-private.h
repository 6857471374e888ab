#pragma once

#include "plot-scale.h"

G_BEGIN_DECLS

GArray *plot_ticks_linear (double lo, double hi, double length,
                           double (*extent) (const char *label, gpointer data), gpointer data);
GArray *plot_ticks_log (double lo, double hi, double length,
                        double (*extent) (const char *label, gpointer data), gpointer data);
GArray *plot_ticks_index (double lo, double hi, double length,
                          double (*extent) (const char *label, gpointer data), gpointer data);
GArray *plot_ticks_degrees (double lo, double hi, double length,
                            double (*extent) (const char *label, gpointer data), gpointer data);

/* "−5 × 10<sup>−3</sup>" (mantissa × 10^exponent; a mantissa of 1 without decimals is left out): the
 * numbers of plot-number.h in markup, whose raised digits are set like other scripts of a figure. */
char *plot_print_power (double mantissa, int decimals, int exponent);

G_END_DECLS
