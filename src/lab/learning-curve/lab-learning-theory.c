/* What is known of learning curves without simulation: mean field, and exponents of the limit. */

#include "lab-learning-curve.h"

#include <math.h>
#include <string.h>

#include "lab-spec-ntk.h"

/* Whether the rule is gradient flow before its end. */
static gboolean
is_flow (const LabSpec *spec)
{
  guint stop = lab_spec_choice (spec, LAB_STOP);

  return stop == LAB_STOP_BEST || stop == LAB_STOP_TIME;
}

/* Whether the kernel does not vanish. */
static gboolean
has_kernel (const LabSpec *spec)
{
  return !lab_learning_has_initial (spec)
         || (lab_spec_real (spec, LAB_SIGMA_W2) > 0 && lab_spec_real (spec, LAB_SIGMA_V2) > 0);
}

/* With a fixed ridge there is theory only for training to the end. */
static gboolean
has_mean_field (const LabSpec *spec)
{
  guint stop = lab_spec_choice (spec, LAB_STOP);
  gboolean some = FALSE;

  for (guint i = 0; i < lab_spec_n_panels (spec); i++)
    some = some || lab_spec_value (spec, LAB_DIM).integers.item[i] >= 3;
  return some && has_kernel (spec)
         && (stop == LAB_STOP_END || lab_spec_real (spec, LAB_RIDGE) == 0);
}

/* The eigenvalues of the kernels fall as a power of the degree for piecewise linear activations:
 * k^-(d+1) the NTK's, k^-(d+3) the NNGP's, at any depth (Bietti & Bach 2021). A random start is as
 * rough as the NNGP, its power below degree k falling as k^-3. */
static gboolean
has_power_law (const LabSpec *spec)
{
  NtkActivation activation;

  lab_spec_activation (spec, &activation);
  return lab_learning_has_initial (spec) && activation.type->homogeneous
         && activation.a != activation.b && has_kernel (spec);
}

/* Without biases |x| makes even functions only, and learns no others. */
static gboolean
is_learnable (const LabSpec *spec)
{
  const char *target = lab_spec_choice_name (spec, LAB_TARGET);
  NtkActivation activation;

  lab_spec_activation (spec, &activation);
  if (activation.a != -activation.b || lab_spec_real (spec, LAB_SIGMA_B2) > 0)
    return TRUE;
  return strcmp (target, "quadratic") == 0 || strcmp (target, "cosine") == 0
         || strcmp (target, "published") == 0;
}

/* Whether the error goes to zero by the rule of stopping: with noise and without a rule it stays
 * finite, and a fixed time or ridge leaves a bias. So does a finite width, whose kernel has a rank. */
static gboolean
is_consistent (const LabSpec *spec)
{
  guint stop = lab_spec_choice (spec, LAB_STOP);

  if (lab_spec_real (spec, LAB_RIDGE) > 0 || stop == LAB_STOP_TIME || !is_learnable (spec)
      || !lab_spec_is_infinite (spec))
    return FALSE;
  return stop != LAB_STOP_END || lab_spec_real (spec, LAB_NOISE) == 0;
}

double
lab_learning_limit_standard (const LabSpec *spec, int d)
{
  if (!has_power_law (spec) || !is_consistent (spec) || d < 1)
    return NAN;
  return lab_spec_real (spec, LAB_NOISE) > 0 ? -3.0 / (d + 3) : -3.0 / d;
}

/* A target that is a network itself is as rough as a random start. The others are smooth to any
 * order: with noise a well-stopped flow learns them at 1/n, and a ridge, which saturates at twice
 * the smoothness of the kernel's own space, at n^(-2 beta/(2 beta + 1)); without noise n^(-2 beta)
 * is left of the kernel's eigenvalue decay beta. */
double
lab_learning_limit_mirrored (const LabSpec *spec, int d)
{
  double beta = (lab_spec_choice (spec, LAB_KERNEL) == LAB_KERNEL_NNGP ? d + 3.0 : d + 1.0) / d;

  if (strcmp (lab_spec_choice_name (spec, LAB_TARGET), "teacher") == 0)
    return lab_learning_limit_standard (spec, d);
  if (!has_power_law (spec) || !is_consistent (spec) || d < 1)
    return NAN;
  if (lab_spec_real (spec, LAB_NOISE) == 0)
    return -2 * beta;
  return lab_spec_choice (spec, LAB_STOP) == LAB_STOP_RIDGE ? -2 * beta / (2 * beta + 1) : -1;
}

/* The kink of a kernel, |x - x'|^kink, an odd power; 0 for smooth kernels and -1 for those of finite
 * rank. */
static int
find_kink (const LabSpec *spec)
{
  static const struct
  {
    const char *kernel;
    int kink;
  } distances[] = {
    { "laplace", 1 }, { "matern-1/2", 1 }, { "matern-3/2", 3 }, { "matern-5/2", 5 }
  };
  const char *kernel = lab_spec_choice_name (spec, LAB_KERNEL);
  NtkActivation activation;

  for (gsize i = 0; i < G_N_ELEMENTS (distances); i++)
    if (strcmp (kernel, distances[i].kernel) == 0)
      return distances[i].kink;
  if (!lab_learning_has_initial (spec))
    return 0;
  lab_spec_activation (spec, &activation);
  if (has_power_law (spec))
    return lab_spec_choice (spec, LAB_KERNEL) == LAB_KERNEL_NNGP ? 3 : 1;
  return has_kernel (spec) && !activation.type->homogeneous ? 0 : -1;
}

LabOverfitting
lab_learning_overfitting (const LabSpec *spec, int dim, double *limit)
{
  int kink = find_kink (spec);

  *limit = NAN;
  if (lab_spec_choice (spec, LAB_STOP) != LAB_STOP_END || !lab_spec_is_infinite (spec)
      || dim < 2 || kink < 0)
    return LAB_OVERFITTING_UNKNOWN;
  if (lab_spec_real (spec, LAB_RIDGE) > 0)
    {
      *limit = 0;
      return LAB_OVERFITTING_BENIGN;
    }
  if (kink == 0)
    {
      *limit = INFINITY;
      return LAB_OVERFITTING_CATASTROPHIC;
    }
  *limit = ntk_noise_limit (dim, kink);
  return LAB_OVERFITTING_TEMPERED;
}

gboolean
lab_learning_has_series (const LabSpec *spec, const char *id)
{
  int d = lab_spec_integer (spec, LAB_DIM) - 1;

  if (g_str_has_suffix (id, "standard") && !lab_learning_has_initial (spec))
    return FALSE;
  if (g_str_has_prefix (id, "mean-field"))
    return has_mean_field (spec);
  if (strcmp (id, "guide-standard") == 0)
    return !isnan (lab_learning_limit_standard (spec, d));
  if (strcmp (id, "guide-mirrored") == 0)
    return !isnan (lab_learning_limit_mirrored (spec, d));
  return TRUE;
}

static void
mean_field_free (LabTheory *theory)
{
  LabMeanField *self = (LabMeanField *) theory;

  for (guint i = 0; i < LAB_MAX_PANELS; i++)
    g_clear_pointer (&self->panel[i], ntk_mean_field_unref);
  g_free (self);
}

/* The mean field of one panel. */
static NtkMeanField *
new_panel (const LabSpec *alone, GError **error)
{
  const char *target = lab_spec_choice_name (alone, LAB_TARGET);
  NtkArchitecture arch;

  lab_spec_architecture (alone, &arch);
  if (!lab_learning_has_initial (alone))
    return ntk_mean_field_new_radial (lab_spec_choice_name (alone, LAB_KERNEL),
                                      lab_spec_real (alone, LAB_LENGTH_SCALE), arch.dim, target,
                                      is_flow (alone), error);
  return ntk_mean_field_new (&arch, lab_spec_choice (alone, LAB_KERNEL) == LAB_KERNEL_NNGP, target,
                             is_flow (alone), error);
}

LabTheory *
lab_learning_theory (const LabSpec *spec, const LabPlan *plan, GError **error)
{
  LabMeanField *self;

  if (!has_mean_field (spec))
    return NULL;
  self = g_new0 (LabMeanField, 1);
  atomic_init (&self->base.references, 1);
  self->base.free = mean_field_free;
  for (guint i = 0; i < lab_spec_n_panels (spec); i++)
    {
      g_autoptr (LabSpec) alone = lab_spec_panel (spec, i);
      g_autoptr (GError) cause = NULL;

      self->panel[i] = new_panel (alone, &cause);
      if (cause == NULL || g_error_matches (cause, NTK_ERROR, NTK_ERROR_DOMAIN))
        continue;
      g_propagate_error (error, g_steal_pointer (&cause));
      mean_field_free (&self->base);
      return NULL;
    }
  return &self->base;
}
