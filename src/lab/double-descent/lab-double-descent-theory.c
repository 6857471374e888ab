/* What theory says along the axis: random features, linear models and kernels of infinite width. */

#include "lab-double-descent.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lab-answer-private.h"
#include "lab-kernels.h"
#include "lab-spec-ntk.h"

#define THEORY_POINTS 200
#define THEORY_DEGREE 10 /* at least; the rest is one block of equal eigenvalues */
#define THEORY_MOST_DEGREES 400

static gboolean
is_on_sphere (const LabSpec *spec)
{
  return lab_spec_choice (spec, LAB_INPUTS) == LAB_INPUTS_SPHERE;
}

static gboolean
is_at_end (const LabSpec *spec)
{
  return lab_spec_axis (spec) != LAB_TIME && isinf (lab_spec_real (spec, LAB_TIME));
}

static gboolean
is_ridgeless (const LabSpec *spec)
{
  return lab_spec_axis (spec) != LAB_RIDGE && lab_spec_real (spec, LAB_RIDGE) == 0;
}

gboolean
lab_descent_is_minimum_norm (const LabSpec *spec)
{
  return is_at_end (spec) && is_ridgeless (spec);
}

static gboolean
is_linear_target (const LabSpec *spec)
{
  return strcmp (lab_spec_choice_name (spec, LAB_TARGET), "linear") == 0;
}

/* Inputs and weights that theory on the sphere knows. */
static gboolean
fills_sphere (const LabSpec *spec)
{
  return is_on_sphere (spec) && lab_spec_integer (spec, LAB_DIM) >= 3
         && lab_spec_real (spec, LAB_SIGMA_W2) > 0 && lab_spec_real (spec, LAB_SIGMA_V2) > 0;
}

/* The deterministic equivalent: one hidden layer without biases. */
static gboolean
has_equivalent (const LabSpec *spec)
{
  return fills_sphere (spec) && is_at_end (spec) && lab_spec_integer (spec, LAB_DEPTH) == 1
         && lab_spec_real (spec, LAB_SIGMA_B2) == 0;
}

/* Mean field: kernels of networks, stopped or with a ridge. */
static gboolean
has_mean_field (const LabSpec *spec)
{
  return fills_sphere (spec) && lab_kernels_have_start (spec)
         && (is_at_end (spec) || is_ridgeless (spec));
}

/* Where a theory stands. */
static gboolean (*const stands[]) (const LabSpec *spec) = {
  [LAB_THEORY_FEATURES] = has_equivalent,
  [LAB_THEORY_LINEAR] = is_linear_target,
  [LAB_THEORY_KERNEL] = has_mean_field,
};

LabTheoryKind
lab_descent_theory_kind (const LabSpec *spec)
{
  LabTheoryKind kind = lab_spec_model (spec)->theory;

  return kind != LAB_THEORY_NONE && stands[kind] (spec) ? kind : LAB_THEORY_NONE;
}

/* With both layers trained the limit does not tell the initial function, nor widths below n/2. */
static gboolean
has_linearised_limit (const LabSpec *spec)
{
  return lab_spec_model (spec)->many_parameters && is_on_sphere (spec)
         && is_at_end (spec) && !lab_spec_is_ensemble (spec) && lab_spec_integer (spec, LAB_DEPTH) == 1
         && lab_spec_real (spec, LAB_SIGMA_B2) == 0 && lab_spec_real (spec, LAB_SIGMA_W2) > 0
         && lab_spec_real (spec, LAB_SIGMA_V2) > 0;
}

gboolean
lab_descent_has_asymptotic (const LabSpec *spec)
{
  return is_linear_target (spec)
         && (lab_descent_theory_kind (spec) == LAB_THEORY_FEATURES
             || (has_linearised_limit (spec) && lab_spec_real (spec, LAB_INIT_SCALE) == 0));
}

/* The bound speaks of minimum norm, and of one model. */
gboolean
lab_descent_has_bound (const LabSpec *spec)
{
  return !lab_spec_is_infinite (spec) && lab_descent_is_minimum_norm (spec)
         && !lab_spec_is_ensemble (spec);
}

gboolean
lab_descent_has_tuned (const LabSpec *spec)
{
  LabKey axis = lab_spec_axis (spec);

  return lab_descent_theory_kind (spec) == LAB_THEORY_FEATURES
         && (axis == LAB_WIDTH || axis == LAB_N_TRAIN) && !lab_spec_is_ensemble (spec);
}

gboolean
lab_descent_has_series (const LabSpec *spec, const char *id)
{
  LabTheoryKind kind = lab_descent_theory_kind (spec);

  if (strcmp (id, "limit") == 0)
    return lab_descent_has_limit (spec);
  if (strcmp (id, "finite-d") == 0)
    return kind != LAB_THEORY_NONE;
  if (strcmp (id, "asymptotic") == 0)
    return lab_descent_has_asymptotic (spec);
  if (strcmp (id, "tuned-ridge") == 0)
    return lab_descent_has_tuned (spec);
  if (strcmp (id, "lower-bound") == 0)
    return lab_descent_has_bound (spec) && lab_spec_real (spec, LAB_NOISE) > 0;
  if (strcmp (id, "weights") == 0 || strcmp (id, "sampling") == 0 || strcmp (id, "bias") == 0
      || strcmp (id, "ensemble-limit") == 0)
    return kind == LAB_THEORY_FEATURES;
  if (strcmp (id, "initial-function") == 0)
    return lab_spec_real (spec, LAB_INIT_SCALE) > 0 && lab_spec_matters (spec, LAB_INIT_SCALE);
  if (strcmp (id, "noise") == 0)
    return lab_spec_real (spec, LAB_NOISE) > 0;
  return TRUE;
}

double
lab_descent_features (const LabSpec *spec, double x)
{
  NtkArchitecture arch;

  lab_spec_architecture (spec, &arch);
  return ntk_rank_bound (&arch, lab_descent_width (spec, x));
}

/* Places at which theory is drawn: log-spaced, and ever closer to the threshold. */
static void
theory_grid (LabDescentTheory *self, const LabSpec *spec, const LabPlan *plan)
{
  double from = plan->x[0], to = plan->x[plan->n_x - 1], threshold = lab_expected_threshold (spec);
  int count = plan->n_x == 1 ? 1 : THEORY_POINTS;
  double *x = g_new (double, 3 * THEORY_POINTS);

  for (int i = 0; i < count; i++)
    x[i] = count == 1 ? from : from * pow (to / from, i / (count - 1.0));
  if (count > 1 && isfinite (threshold))
    {
      for (double gap = 0.1; gap > 0.2 / threshold && count < 3 * THEORY_POINTS - 2; gap *= 0.8)
        for (int side = -1; side <= 1; side += 2)
          if (threshold * (1 + side * gap) > from && threshold * (1 + side * gap) < to)
            x[count++] = threshold * (1 + side * gap);
      if (threshold > from && threshold < to)
        x[count++] = threshold;
    }
  qsort (x, count, sizeof (double), lab_compare_doubles);
  self->x = x;
  self->n = count;
}

/* Degrees enough for several times n directions: an odd activation uses every second one only. */
static int
theory_degree (int dim, double n)
{
  double directions = 1;
  int degree = 0;

  /* multiplicity of degree k: (2k + D - 2)/k binom (k + D - 3, k - 1) */
  for (double binomial = 1; directions < 5 * n && degree < THEORY_MOST_DEGREES; degree++)
    {
      double k = degree + 1;

      binomial *= k > 1 ? (k + dim - 3) / (k - 1) : 1;
      directions += (2 * k + dim - 2) / k * binomial;
    }
  return MAX (degree, THEORY_DEGREE);
}

static void
theory_free (LabTheory *theory)
{
  LabDescentTheory *self = (LabDescentTheory *) theory;

  g_free (self->x);
  g_free (self->finite);
  g_free (self->asymptotic);
  g_clear_pointer (&self->spectrum, ntk_spectrum_free);
  g_free (self->power);
  g_clear_pointer (&self->peaks, lab_peaks_free);
  g_free (self);
}

/* Where theory is infinite the curve has a gap; other errors are errors. */
static gboolean
leave_gap (gboolean known, NtkErrorParts *parts, GError **cause, GError **error)
{
  if (known)
    return TRUE;
  *parts = (NtkErrorParts){ NAN, NAN, NAN, NAN, NAN, NAN, NAN };
  if (g_error_matches (*cause, NTK_ERROR, NTK_ERROR_DOMAIN))
    {
      g_clear_error (cause);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (cause));
  return FALSE;
}

static gboolean
fill_features (const LabDescentTheory *self, const LabSpec *spec, const NtkSpectrum *spectrum,
               const double *power, NtkErrorParts *at, GError **error)
{
  for (int i = 0; i < self->n; i++)
    {
      double x = self->x[i];
      g_autoptr (GError) cause = NULL;

      if (!leave_gap (ntk_finite_d (spectrum, power, lab_descent_samples_at (spec, x),
                                    lab_descent_width_at (spec, x), lab_descent_ridge_at (spec, x),
                                    &at[i], &cause),
                      &at[i], &cause, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
init_features (LabDescentTheory *self, const LabSpec *spec, GError **error)
{
  double n = lab_descent_samples_at (spec, self->x[self->n - 1]);
  const char *target = lab_spec_choice_name (spec, LAB_TARGET);
  NtkArchitecture arch;

  lab_spec_architecture (spec, &arch);
  self->spectrum = ntk_spectrum_new (&arch, theory_degree (arch.dim, n), error);
  if (self->spectrum == NULL)
    return FALSE;
  self->power = g_new0 (double, self->spectrum->n_degrees);
  self->finite = g_new (NtkErrorParts, self->n);
  return ntk_target_power (target, arch.dim, self->spectrum->n_degrees - 1, self->power, error)
         && fill_features (self, spec, self->spectrum, self->power, self->finite, error);
}

/* Only what is trained alone and may have its threshold in sight. */
static void
init_peaks (LabDescentTheory *self, const LabSpec *spec)
{
  double n = lab_spec_integer (spec, LAB_N_TRAIN), from = self->x[0], to = self->x[self->n - 1];

  if (lab_spec_axis (spec) == LAB_WIDTH && !lab_spec_is_ensemble (spec) && from < n && n < to)
    self->peaks = lab_peaks_new (self->spectrum, self->power, n, from, to);
}

static gboolean
init_asymptotic (LabDescentTheory *self, const LabSpec *spec, GError **error)
{
  g_autoptr (NtkSpectrum) spectrum = NULL;
  g_autofree double *power = NULL;
  NtkArchitecture arch;

  if (!lab_descent_has_asymptotic (spec))
    return TRUE;
  lab_spec_architecture (spec, &arch);
  spectrum = ntk_spectrum_new_asymptotic (&arch, error);
  if (spectrum == NULL)
    return FALSE;
  power = g_new0 (double, spectrum->n_degrees);
  power[1] = 1;
  self->asymptotic = g_new (NtkErrorParts, self->n);
  return fill_features (self, spec, spectrum, power, self->asymptotic, error);
}

static gboolean
init_linearised (LabDescentTheory *self, const LabSpec *spec, GError **error)
{
  NtkArchitecture arch;

  lab_spec_architecture (spec, &arch);
  self->asymptotic = g_new0 (NtkErrorParts, self->n);
  for (int i = 0; i < self->n; i++)
    {
      double x = self->x[i];
      NtkErrorParts *at = &self->asymptotic[i];
      g_autoptr (GError) cause = NULL;

      if (!leave_gap (ntk_asymptotic_linearised (&arch, lab_descent_samples_at (spec, x),
                                                 lab_descent_width_at (spec, x),
                                                 lab_descent_ridge_at (spec, x), &at->B, &at->V,
                                                 &cause),
                      at, &cause, error))
        return FALSE;
    }
  return TRUE;
}

/* What the whole has beyond its part, which only rounding makes the larger. */
static double
excess (double whole, double part)
{
  return whole < part ? 0 : whole - part;
}

static gboolean
init_linear (LabDescentTheory *self, const LabSpec *spec, GError **error)
{
  double time = lab_spec_real (spec, LAB_TIME);

  self->finite = g_new (NtkErrorParts, self->n);
  if (lab_spec_axis (spec) == LAB_TIME)
    return lab_descent_linear_flow (spec, self->x[0], self->x, self->n, self->finite, error);
  for (int i = 0; i < self->n; i++)
    {
      g_autoptr (GError) cause = NULL;
      gboolean known
        = isinf (time) ? lab_descent_linear_end (spec, self->x[i], &self->finite[i], &cause)
                       : lab_descent_linear_flow (spec, self->x[i], &time, 1, &self->finite[i], &cause);

      if (!leave_gap (known, &self->finite[i], &cause, error))
        return FALSE;
    }
  return TRUE;
}

static double
kernel_error (const NtkMeanField *field, const LabSpec *spec, double x, double sigma, double alpha)
{
  double n = lab_descent_samples_at (spec, x),
         time = lab_spec_axis (spec) == LAB_TIME ? x : lab_spec_real (spec, LAB_TIME);

  return isinf (time) ? ntk_mean_field_ridge_error (field, n, lab_descent_ridge_at (spec, x), sigma,
                                                    alpha)
                      : ntk_mean_field_time_error (field, n, time, sigma, alpha);
}

static gboolean
init_kernel (LabDescentTheory *self, const LabSpec *spec, GError **error)
{
  gboolean nngp = lab_spec_choice (spec, LAB_KERNEL) == LAB_KERNEL_NNGP;
  g_autoptr (NtkMeanField) field = NULL;
  g_autoptr (GError) cause = NULL;
  NtkArchitecture arch;

  lab_spec_architecture (spec, &arch);
  field = ntk_mean_field_new (&arch, nngp, lab_spec_choice_name (spec, LAB_TARGET),
                              !is_at_end (spec), &cause);
  if (field == NULL)
    return leave_gap (FALSE, &(NtkErrorParts){ 0 }, &cause, error);
  self->finite = g_new0 (NtkErrorParts, self->n);
  for (int i = 0; i < self->n; i++)
    {
      NtkErrorParts *at = &self->finite[i];
      double B = kernel_error (field, spec, self->x[i], 0, 0),
             noise = kernel_error (field, spec, self->x[i], 1, 0);

      /* All of them end where the spectrum's numbers do; B alone, where it is below rounding. */
      at->B = isnan (B) && !isnan (noise) ? 0 : B;
      at->V = excess (noise, at->B);
      at->init = excess (kernel_error (field, spec, self->x[i], 0, 1), at->B);
    }
  return TRUE;
}

LabTheory *
lab_descent_theory (const LabSpec *spec, const LabPlan *plan, GError **error)
{
  LabTheoryKind kind = lab_descent_theory_kind (spec);
  LabDescentTheory *self;
  gboolean good;

  if (kind == LAB_THEORY_NONE && !(is_linear_target (spec) && has_linearised_limit (spec)))
    return NULL;
  self = g_new0 (LabDescentTheory, 1);
  atomic_init (&self->base.references, 1);
  self->base.free = theory_free;
  theory_grid (self, spec, plan);
  if (kind == LAB_THEORY_FEATURES)
    {
      good = init_features (self, spec, error) && init_asymptotic (self, spec, error);
      if (good)
        init_peaks (self, spec);
    }
  else if (kind == LAB_THEORY_LINEAR)
    good = init_linear (self, spec, error);
  else if (kind == LAB_THEORY_KERNEL)
    good = init_kernel (self, spec, error);
  else
    good = init_linearised (self, spec, error);
  if (good)
    return &self->base;
  theory_free (&self->base);
  return NULL;
}
