#pragma once

#include "lab-answer.h"
#include "lab-domain.h"

G_BEGIN_DECLS

/* The answer that a result gives, with nothing in it yet. */
LabAnswer *lab_answer_alloc (const LabResult *result, const LabSpec *spec);

/* Facts of @type, all 0, for the caller to fill in. */
void *lab_answer_add_facts (LabAnswer *self, const LabFactsType *type);

/* A series of @answer, its values still to be filled in; in panel 0. With @seeds it has a band and
 * counts. */
LabSeries *lab_series_new (LabAnswer *answer, const LabSpec *spec, const char *id, int n,
                           const double *x, gboolean seeds);

/* A field of @answer, its numbers still to be filled in; without places. */
LabField *lab_field_new (LabAnswer *answer, const LabSpec *spec, const char *id, int nx, int ny);

/* The i-th place of a series with a band: the center that the spec asks for and quantiles of one value of
 * each of n seeds. The values become sorted. */
void lab_series_fill (LabSeries *self, const LabSpec *spec, int i, double *values, int n);
/* The center alone, which sorts the values too. */
double lab_center (const LabSpec *spec, double *values, int n);

/* The i-th place of a theory: fills in `within`, and leaves the value out where it is outside of the theory's
 * domain. */
void lab_series_judge_at (LabSeries *self, int i, LabDomain domain);

int lab_compare_doubles (const void *a, const void *b);
/* Quantile of ascending values, linear between order statistics. */
double lab_quantile (const double *sorted, int n, double p);

/* y at a place between ascending x, straight on log-log paper where that can be; NaN outside. */
double lab_interpolate (const double *x, const double *y, int n, double at);

G_END_DECLS
