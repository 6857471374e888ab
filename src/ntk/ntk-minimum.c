#include "ntk-private.h"

#include <math.h>

double
ntk_minimum (double (*f) (double x, gconstpointer data), gconstpointer data, double from, double to,
             double tolerance)
{
  const double golden = (sqrt (5) - 1) / 2;
  double a = to - golden * (to - from), b = from + golden * (to - from);
  double at_a = f (a, data), at_b = f (b, data);

  while (to - from > tolerance)
    if (at_a < at_b)
      {
        to = b;
        b = a;
        at_b = at_a;
        a = to - golden * (to - from);
        at_a = f (a, data);
      }
    else
      {
        from = a;
        a = b;
        at_a = at_b;
        b = from + golden * (to - from);
        at_b = f (b, data);
      }
  return (from + to) / 2;
}
