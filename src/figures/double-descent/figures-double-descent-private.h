#pragma once

#include "figures-private.h"

G_BEGIN_DECLS

extern const FiguresView figures_look_fit, figures_look_spectrum;

void figures_double_descent_verdict (GString *out, const LabAnswer *answer, const LabSpec *spec);
void figures_double_descent_notes (GStrvBuilder *notes, const LabAnswer *answer,
                                   const LabSpec *spec);
void figures_double_descent_title (GString *title, const LabAnswer *answer, const LabSpec *spec);
const char *figures_double_descent_label (const LabSeriesType *type, const LabSpec *spec);
void figures_double_descent_read (GString *out, const LabReading *reading, const LabSpec *spec,
                                  guint panel);
/* "width 20", "n = 100", "t = 1500", "ridge 0.0032", "8 models": a place of the axis, with the number in
 * bold where `bold`; free with g_free(). */
char *figures_double_descent_place (const LabSpec *spec, double x, gboolean bold);
/* The smallest whole number along the axis at which the rank is n; NaN: there is none. */
double figures_double_descent_threshold (const LabDescentFacts *facts);
/* Over width and samples: the peak, or why there is none. */
void figures_double_descent_peak (GString *out, const LabAnswer *answer, const LabSpec *spec);
/* The same where no peak is sure: names a hump that the eye sees; FALSE where there is none. */
gboolean figures_double_descent_hump (GString *out, const LabAnswer *answer, const LabSpec *spec);
/* From its least at x and beyond the error climbs to the end; FALSE, and nothing said, where it does not. */
gboolean figures_double_descent_climb (GString *out, const LabAnswer *answer, const LabSpec *spec,
                                       double x);
/* How the error of a curve without a sure peak ends: after a climb, a fall or neither. */
void figures_double_descent_end (GString *out, const LabAnswer *answer, const LabSpec *spec);
/* What the error just named is made of. */
void figures_double_descent_parts (GString *out, const LabDescentFacts *facts, const LabSpec *spec);

/* Whether a series is a part of the error: noise, bias, ... */
gboolean figures_double_descent_is_part (const char *id);
/* Whether the parts are stacked on a linear axis: theory tells them, they add up, and none is negative.
 * Medians of measured parts do not add up. */
gboolean figures_double_descent_is_stacked (const LabAnswer *answer, const LabSpec *spec);
/* Says so where the stack is lower than the theory or cannot be. */
void figures_double_descent_note_stack (GStrvBuilder *notes, const LabAnswer *answer, const LabSpec *spec);

G_END_DECLS
