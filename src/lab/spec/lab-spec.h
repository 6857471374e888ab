#pragma once

#include <json-glib/json-glib.h>

#include "lab-exhibit.h"
#include "lab-model.h"

G_BEGIN_DECLS

/* A complete statement of what to compute: an exhibit and a value for each of its parameters.
 * A value type: copied, compared, written and read; always within ranges. */
#define LAB_TYPE_SPEC (lab_spec_get_type ())
GType lab_spec_get_type (void);

/* All defaults of an exhibit. */
LabSpec *lab_spec_new (const LabExhibit *exhibit);
/* From the id of an exhibit or of a preset; NULL with LAB_ERROR_UNKNOWN. */
LabSpec *lab_spec_new_named (const char *id, GError **error);
LabSpec *lab_spec_copy (const LabSpec *self);
void lab_spec_free (LabSpec *self);
gboolean lab_spec_equal (const LabSpec *a, const LabSpec *b);
/* Equal but for values whose change never starts a job. */
gboolean lab_spec_same_work (const LabSpec *a, const LabSpec *b);
/* Equal but for these, and for ridge and time: one eigendecomposition serves both. */
gboolean lab_spec_same_spectra (const LabSpec *a, const LabSpec *b);

const LabExhibit *lab_spec_exhibit (const LabSpec *self);
/* Which of the exhibit's figures it is about, by `view`. */
const LabView *lab_spec_view (const LabSpec *self);

/* The parameter along x; its value is where the cursor is. When the axis changes, by itself or with
 * the model, `from` and `to` return to their defaults, and so does the cursor where it cannot lie on
 * the new axis. LAB_N_KEYS where an exhibit sweeps no parameter: what lies along x are the places that its
 * result has. */
LabKey lab_spec_axis (const LabSpec *self);

/* Which values a numeric parameter can have, given the others. */
typedef struct
{
  double minimum, maximum;
  gboolean or_zero, or_infinity, whole;
  LabScale scale;
} LabRange;

LabRange lab_spec_range (const LabSpec *self, LabKey key);
/* "1..4096", "0, 1e-09..100" or "relu, leaky-relu, ..."; free with g_free(). */
char *lab_spec_range_text (const LabSpec *self, LabKey key);
/* Refuses a value outside the range with LAB_ERROR_RANGE; NaN is outside. */
gboolean lab_spec_accepts (const LabSpec *self, LabKey key, LabValue value, GError **error);
/* What has to be done after a change of the parameter. */
LabEffect lab_spec_effect (const LabSpec *self, LabKey key);

/* Values after defaults, owned by the spec. */
LabValue lab_spec_value (const LabSpec *self, LabKey key);
gint64 lab_spec_integer (const LabSpec *self, LabKey key); /* the first of several */
double lab_spec_real (const LabSpec *self, LabKey key);
guint lab_spec_choice (const LabSpec *self, LabKey key);
const char *lab_spec_choice_name (const LabSpec *self, LabKey key);
const LabPair *lab_spec_pairs (const LabSpec *self, LabKey key, guint *count);
const char *lab_spec_path (const LabSpec *self, LabKey key);
/* Whatever the exhibit calls it: by `model`, or by a width that may be infinite. */
const LabModelType *lab_spec_model (const LabSpec *self);
/* Whether the model is infinitely wide. */
gboolean lab_spec_is_infinite (const LabSpec *self);
gboolean lab_spec_shows (const LabSpec *self, const char *series_id);
/* Panels of the figure, one for each `dim`; the spec of one of them alone. */
guint lab_spec_n_panels (const LabSpec *self);
LabSpec *lab_spec_panel (const LabSpec *self, guint panel);

/* Whether the series exists for these values: some models have no theory. */
gboolean lab_spec_can_show (const LabSpec *self, const char *series_id);

/* Whether several models with weights of their own are trained on the data of each seed. */
gboolean lab_spec_is_ensemble (const LabSpec *self);

/* Whether the parameter means anything, given the others: a leak does for leaky ReLU only. */
gboolean lab_spec_matters (const LabSpec *self, LabKey key);
/* Whether it changes anything that the view shows: what lies along the axis does not but in a view that
 * follows the cursor. */
gboolean lab_spec_changes_view (const LabSpec *self, LabKey key);

/* Whether a value was set, rather than left to the default. */
gboolean lab_spec_is_set (const LabSpec *self, LabKey key);
/* Whether it equals the default that the other values give it, set or not. */
gboolean lab_spec_is_default (const LabSpec *self, LabKey key);

/* Set, with LAB_ERROR_RANGE, to a value that the caller goes on to own; unset, back to the default. */
gboolean lab_spec_set (LabSpec *self, LabKey key, LabValue value, GError **error);
void lab_spec_unset (LabSpec *self, LabKey key);

/* Text as on the command line, "relu", "0.25", "1e-3"; decimals are '.' in any locale. */
gboolean lab_spec_parse (LabSpec *self, LabKey key, const char *text, GError **error);
char *lab_spec_format (const LabSpec *self, LabKey key);

/* "KEY=VALUE"; understands the shorthands init=mirrored|standard and, where the width decides it,
 * model=linearised|infinite too. */
gboolean lab_spec_assign (LabSpec *self, const char *assignment, GError **error);
/* Several (NULL-terminated, NULL: none). Order does not matter; model and axis are applied first. */
gboolean lab_spec_assign_all (LabSpec *self, const char *const *assignments, GError **error);

/* {"key": value, ...} on one line, every key the exhibit uses, numbers in the shortest form that
 * reads back the same; `points` left to the default is null, since a given number means
 * something else. `view` is there where it is not the main one. */
char *lab_spec_parameters_to_text (const LabSpec *self);
/* {"exhibit": id, "parameters": {...}} on one line. */
char *lab_spec_to_text (const LabSpec *self);
/* Also reads what `run` writes. Keys that are missing keep their defaults. Every value comes back as
 * it was. One that equals its default counts as not set, whatever it was before; only `points` does
 * not. */
LabSpec *lab_spec_from_text (const char *text, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabSpec, lab_spec_free)

G_END_DECLS
