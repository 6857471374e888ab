#pragma once

/* Private to the layer. */

#include <glib.h>

G_BEGIN_DECLS

/* Where f, which has one minimum, is least in [from, to], to within `tolerance`. Brent's method, which begins at
 * `middle` if f is lower there than at both ends, else after halving towards the lower end. */
double ntk_minimum (double (*f) (double x, gconstpointer data), gconstpointer data, double from,
                    double middle, double to, double tolerance);

G_END_DECLS
