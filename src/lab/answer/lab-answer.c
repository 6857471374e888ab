/* Answers from stored pieces. That takes microseconds, so that a hand on noise or initialization is followed at
 * every frame. Here is what the exhibits share. */

#include "lab-answer-private.h"
#include "lab-experiment.h"
#include "lab-result-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void
series_free (gpointer data)
{
  LabSeries *self = data;

  g_free (self->x);
  g_free (self->y);
  g_free (self->low);
  g_free (self->high);
  g_free (self->count);
  g_free (self->within);
  g_free (self->everywhere);
  g_free (self);
}

LabSeries *
lab_series_new (LabAnswer *answer, const LabSpec *spec, const char *id, int n, const double *x,
                gboolean seeds)
{
  LabSeries *self = g_new0 (LabSeries, 1);

  self->type = lab_view_find_series (lab_spec_view (spec), id);
  self->n = n;
  self->x = g_memdup2 (x, n * sizeof *x);
  self->y = g_new (double, n);
  if (seeds)
    {
      self->low = g_new (double, n);
      self->high = g_new (double, n);
      self->count = g_new (int, n);
    }
  g_ptr_array_add (answer->series, self);
  return self;
}

static void
field_free (gpointer data)
{
  LabField *self = data;

  g_free (self->x);
  g_free (self->y);
  g_free (self->z);
  g_free (self->place);
  g_free (self);
}

LabField *
lab_field_new (LabAnswer *answer, const LabSpec *spec, const char *id, int nx, int ny)
{
  LabField *self = g_new0 (LabField, 1);

  self->type = lab_view_find_series (lab_spec_view (spec), id);
  self->nx = nx;
  self->ny = ny;
  self->x = g_new (double, nx);
  self->y = g_new (double, ny);
  self->z = g_new (double, (gsize) nx *ny);
  g_ptr_array_add (answer->fields, self);
  return self;
}

LabAnswer *
lab_answer_alloc (const LabResult *result, const LabSpec *spec)
{
  LabAnswer *self = g_new0 (LabAnswer, 1);
  LabValue dims = lab_spec_value (spec, LAB_DIM);

  self->series = g_ptr_array_new_with_free_func (series_free);
  self->fields = g_ptr_array_new_with_free_func (field_free);
  self->slopes = g_array_new (FALSE, FALSE, sizeof (LabSlope));
  self->n_panels = dims.integers.count;
  memcpy (self->dims, dims.integers.item, sizeof self->dims);
  self->seeds_done = result->seeds_done;
  self->seeds = result->plan->n_seeds;
  self->preview = result->plan->preview;
  return self;
}

void *
lab_answer_add_facts (LabAnswer *self, const LabFactsType *type)
{
  self->facts_type = type;
  self->facts = g_malloc0 (type->size);
  return self->facts;
}

void
lab_answer_free (LabAnswer *self)
{
  g_ptr_array_unref (self->series);
  g_ptr_array_unref (self->fields);
  g_array_unref (self->slopes);
  if (self->facts_type != NULL && self->facts_type->clear != NULL)
    self->facts_type->clear (self->facts);
  g_free (self->facts);
  g_free (self);
}

const LabSeries *
lab_answer_find (const LabAnswer *self, const char *id)
{
  return lab_answer_find_in (self, id, 0);
}

const LabSeries *
lab_answer_find_in (const LabAnswer *self, const char *id, guint panel)
{
  for (guint i = 0; i < self->series->len; i++)
    {
      const LabSeries *series = g_ptr_array_index (self->series, i);

      if (series->panel == panel && strcmp (series->type->id, id) == 0)
        return series;
    }
  return NULL;
}

const LabField *
lab_answer_find_field (const LabAnswer *self, const char *id)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const LabField *field = g_ptr_array_index (self->fields, i);

      if (strcmp (field->type->id, id) == 0)
        return field;
    }
  return NULL;
}

const LabSlope *
lab_answer_find_slope (const LabAnswer *self, const char *id, guint panel)
{
  for (guint i = 0; i < self->slopes->len; i++)
    {
      const LabSlope *slope = &g_array_index (self->slopes, LabSlope, i);

      if (slope->panel == panel && strcmp (slope->type->id, id) == 0)
        return slope;
    }
  return NULL;
}

int
lab_compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

double
lab_quantile (const double *sorted, int n, double p)
{
  double at = p * (n - 1);
  int i = MIN (at, n - 2);

  if (n == 1)
    return sorted[0];
  return sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]);
}

void
lab_series_judge_at (LabSeries *self, int i, LabDomain domain)
{
  static const double within[] = {
    [LAB_DOMAIN_CLOSE] = 0.05, [LAB_DOMAIN_NEAR] = 0.2, [LAB_DOMAIN_OUT] = NAN
  };

  if (self->within == NULL)
    {
      self->within = g_new0 (double, self->n);
      self->everywhere = g_new0 (double, self->n);
    }
  self->everywhere[i] = self->y[i];
  self->within[i] = isnan (self->y[i]) ? NAN : within[domain];
  if (isnan (self->within[i]))
    self->y[i] = NAN;
}

/* The mean is summed in the order of the seeds. */
double
lab_center (const LabSpec *spec, double *values, int n)
{
  double sum = 0;

  for (int i = 0; i < n; i++)
    sum += values[i];
  qsort (values, n, sizeof *values, lab_compare_doubles);
  return lab_spec_choice (spec, LAB_CENTER) == LAB_CENTER_MEAN ? sum / n
                                                               : lab_quantile (values, n, 0.5);
}

void
lab_series_fill (LabSeries *self, const LabSpec *spec, int i, double *values, int n)
{
  self->y[i] = lab_center (spec, values, n);
  self->low[i] = lab_quantile (values, n, 0.1);
  self->high[i] = lab_quantile (values, n, 0.9);
  self->count[i] = n;
}

LabAnswer *
lab_answer_new (const LabResult *result, const LabSpec *spec)
{
  g_return_val_if_fail (result != NULL && result->seeds_done > 0, NULL);
  return lab_spec_work (result->spec)->combine (result, spec);
}

gboolean
lab_answer_read (const LabAnswer *self, const LabSpec *spec, double x, LabReading *out)
{
  const LabExperiment *work = lab_spec_work (spec);

  *out = (LabReading){ .x = x, .seeds = self->seeds_done, .work = work };
  for (guint panel = 0; panel < LAB_MAX_PANELS; panel++)
    out->y[panel] = NAN;
  return work->read != NULL && work->read (self, spec, x, out);
}

void
lab_reading_complete (LabReading *self, const LabReading *around)
{
  if (self->work->complete != NULL && self->work == around->work)
    self->work->complete (self, around);
}

double
lab_interpolate (const double *x, const double *y, int n, double at)
{
  int i = 0;

  if (y == NULL || n == 0 || at < x[0] || at > x[n - 1])
    return NAN;
  while (i < n && x[i] < at)
    i++;
  if (x[i] == at)
    return y[i];
  if (y[i - 1] > 0 && y[i] > 0 && x[i - 1] > 0)
    return exp (log (y[i - 1])
                + log (at / x[i - 1]) / log (x[i] / x[i - 1]) * log (y[i] / y[i - 1]));
  return y[i - 1] + (at - x[i - 1]) / (x[i] - x[i - 1]) * (y[i] - y[i - 1]);
}
