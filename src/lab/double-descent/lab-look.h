#pragma once

#include <gio/gio.h>

#include "lab-answer.h"

G_BEGIN_DECLS

/* A training point seen from the circle: nearest angle on it, and how far off it is, in degrees. */
typedef struct
{
  double angle;    /* -180..180 */
  double distance; /* 0..90, from the circle's plane */
  gboolean on_circle;
  double target;   /* f* */
  double noise;    /* e, of unit variance: the label is f* + sigma e */
  double parts[3]; /* of the fit there, as LabLook.parts has them along the circle */
  int index;       /* in the order drawn */
} LabLookPoint;

/* f = A (f* + sigma e) + alpha (f_0 - A f_0), where A takes labels to predictions: what is fitted
 * at any noise sigma and scale alpha of the initial function is a sum of three parts
 * (docs/theory.md, section 3). */
enum
{
  LAB_LOOK_TARGET,  /* A f* */
  LAB_LOOK_NOISE,   /* A e */
  LAB_LOOK_INITIAL, /* f_0 - A f_0 */
  LAB_LOOK_N_PARTS
};

/* What the model of the first seed looks like at one place of the axis: its values along the great
 * circle through the first two training points (of a linear model, through the first one and a test
 * point), and the eigenvalues of its kernel matrix. Immutable and reference counted. */
typedef struct _LabLook
{
  LabSpec *spec; /* with the parameter along the axis at x */
  double x;
  int n; /* training points */

  /* The circle, whole degrees and the second training point: the first is at 0, the second between
   * 0 and 180. In one dimension it is the points at 0 and 180 alone. */
  int n_angles;
  double *angle;        /* degrees, ascending from -180 to 180 */
  double *target;       /* f* */
  double *initial;      /* f_0 */
  double *parts;        /* n_angles x LAB_LOOK_N_PARTS, column-major */
  double noise_rms;     /* root mean square of A e over the angles */
  double weak_rms;      /* of what the direction of the smallest eigenvalue kept adds to it */
  LabLookPoint *points; /* n, those on the circle first, then the nearest */
  gboolean one_training_point; /* of linear models: a test point is in place of the second one */
  gboolean sphere; /* inputs lie on one sphere, the circle on it; else it is the closed curve of
                         * ntk_great_circle() through the two points */

  /* The n x n kernel matrix K of the training points. */
  double *eigenvalues; /* n, descending; what rounding makes negative is 0 */
  double cutoff;       /* eigenvalues up to this one count as zero */
  int rank;            /* eigenvalues above */
  int dropped;         /* n - rank without ridge and at infinite time, else 0 */
  double condition;   /* largest by smallest of what is inverted, ridge included; NaN where K = 0 */
  double ridge_level; /* n lambda, 0 for none: what is below is damped */
  double time_level;  /* n/t, 0 for infinite t: what is below is not learnt yet */
  double gram[LAB_LOOK_N_PARTS][LAB_LOOK_N_PARTS]; /* c^T K c of the coefficients */
} LabLook;

extern const LabFactsType lab_look_facts_type; /* a LabLook * */
/* Of a view that follows the cursor, owned by the answer; NULL of any other answer. */
LabLook *lab_look_of (const LabAnswer *answer);

LabLook *lab_look_ref (LabLook *self);
void lab_look_unref (LabLook *self);

/* The fit at the angles (fit: n_angles numbers) and at a training point, and the label there, with
 * noise and scale of @spec. */
void lab_look_fit (const LabLook *self, const LabSpec *spec, double *fit);
double lab_look_fit_at (const LabLookPoint *point, const LabSpec *spec);
double lab_look_label (const LabLookPoint *point, const LabSpec *spec);

/* sqrt(c^T K c), the norm of f - alpha f_0 in the kernel's space: how far the parameters are from
 * where they started. */
double lab_look_norm (const LabLook *self, const LabSpec *spec);

/* From a place of the axis to an index in the spectrum and back, so that one can be pointed at in the
 * other: the rank that models have there (of @answer, interpolated), or, along ridge and time, how many
 * eigenvalues are above the level. NaN where there is none. */
double lab_look_index_at (const LabLook *self, const LabAnswer *answer, double x);
double lab_look_place_of (const LabLook *self, const LabAnswer *answer, double index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabLook, lab_look_unref)

G_END_DECLS
