#include "ntk-minimum.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_min.h>

#define MOST_STEPS 100

typedef struct
{
  double (*f) (double x, gconstpointer data);
  gconstpointer data;
} Function;

static double
evaluate (double x, void *data)
{
  const Function *function = data;

  return function->f (x, function->data);
}

double
ntk_minimum (double (*f) (double x, gconstpointer data), gconstpointer data, double from,
             double middle, double to, double tolerance)
{
  Function function = { f, data };
  gsl_function F = { evaluate, &function };
  double at_from = f (from, data), at_middle = f (middle, data), at_to = f (to, data);
  gsl_min_fminimizer *search;

  /* Halve towards the lower end until the minimum is between two higher places. */
  while (!(at_middle < MIN (at_from, at_to)) && to - from > tolerance)
    {
      double *end = at_from <= at_to ? &to : &from;

      *(end == &to ? &at_to : &at_from) = at_middle;
      *end = middle;
      middle = (from + to) / 2;
      at_middle = f (middle, data);
    }
  if (to - from <= tolerance)
    return at_from <= at_to ? from : to;
  search = gsl_min_fminimizer_alloc (gsl_min_fminimizer_brent);
  gsl_min_fminimizer_set_with_values (search, &F, middle, at_middle, from, at_from, to, at_to);
  for (int i = 0; i < MOST_STEPS && gsl_min_fminimizer_iterate (search) == GSL_SUCCESS; i++)
    if (gsl_min_fminimizer_x_upper (search) - gsl_min_fminimizer_x_lower (search) < tolerance)
      break;
  middle = gsl_min_fminimizer_x_minimum (search);
  gsl_min_fminimizer_free (search);
  return middle;
}
