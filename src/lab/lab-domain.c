/* The rules of docs/validity.md, one function for each of its tables. tools/lib/validityrules.py has them
 * once more, and holds them against what was measured. */

#include "lab-domain.h"

#include <math.h>
#include <ntk.h>
#include <string.h>

#include "lab-experiment.h"

static LabDomain
best_of (gboolean close, gboolean near)
{
  return close ? LAB_DOMAIN_CLOSE : near ? LAB_DOMAIN_NEAR : LAB_DOMAIN_OUT;
}

/* Without a ridge, theory is off by about 1/distance, the distance to the threshold in features. */
static LabDomain
features_without_ridge (const LabSetting *p)
{
  double q = p->width / p->n;

  if (p->dim < (p->kinked ? 6 : 10) || fabs (p->width - p->n) < 10 || (p->n < 30 && q < 1)
      || (p->n < 100 && q > 2.0 / 3 && q < 1.5))
    return LAB_DOMAIN_OUT;
  return best_of (p->dim >= 15 && q >= (p->n >= 100 ? 1.5 : 2), TRUE);
}

static LabDomain
features (const LabSetting *p)
{
  gboolean many = p->dim >= 5 && p->n >= 30;

  if (p->ridge >= 1e-3)
    return best_of (many, TRUE);
  if (p->ridge >= 1e-4)
    return best_of (many && p->width >= 2 * p->n, TRUE);
  if (p->ridge >= 1e-6)
    return best_of (FALSE, p->dim >= (p->ridge >= 1e-5 ? 4 : 8));
  return features_without_ridge (p);
}

static LabDomain
linear (const LabSetting *p)
{
  double gap = fabs (p->n - MIN (p->width, p->dim));

  if (p->ridge >= 1e-3 || p->time <= 1000)
    return best_of (p->dim >= 5, TRUE);
  if (p->gaussian && p->ridge == 0 && isinf (p->time))
    return LAB_DOMAIN_CLOSE;
  return best_of (p->dim >= 5 && gap >= (p->two_scales ? 40 : 12), gap >= 5);
}

/* With a ridge, or stopped in time. */
static LabDomain
mean_field_filtered (const LabSetting *p)
{
  gboolean best_ridge = p->stop == LAB_STOP_RIDGE && !p->starts;

  if (!p->linear && p->dim < 5)
    return best_of (FALSE, p->n >= 200);
  if (p->n < (p->noise > 0 || p->starts ? 30 : 60))
    return best_of (FALSE, p->linear && p->noise > 0);
  return best_of (p->n >= (p->linear ? 60 : 200) && !best_ridge, TRUE);
}

/* Trained until the noise is fitted, too. */
static LabDomain
mean_field_noisy (const LabSetting *p, gboolean smooth)
{
  int least = smooth ? 8 : p->noise < 0.3 || !p->kinked || p->n < 60 ? 6 : 3;
  gboolean settled = p->n >= (p->noise >= 0.3 ? 3 * p->dim : 200);

  return best_of (p->dim >= least && settled && !p->nngp,
                  p->dim >= (smooth || p->nngp || p->n < 30 ? 6 : 3));
}

static LabDomain
mean_field (const LabSetting *p)
{
  gboolean smooth = !p->kinked && p->ridge < 1e-4;
  gboolean chosen = p->stop == LAB_STOP_BEST || p->stop == LAB_STOP_RIDGE;

  if (p->ridge >= 0.01 || p->time <= 100 || (chosen && p->noise >= 0.3))
    return mean_field_filtered (p);
  if (p->noise >= 0.1 || (p->noise >= 0.03 && p->n >= 200))
    return mean_field_noisy (p, smooth);
  if (p->dim >= 11)
    return best_of (p->starts && p->n >= 3 * p->dim, TRUE);
  return best_of (FALSE, p->starts && p->dim >= (p->kinked ? 5 : 6));
}

/* For kernels of the distance, theory was measured to be no better than for the NNGP. With the RBF
 * kernel and no ridge, the cut-off decides what a simulation gives. */
static LabDomain
distance_kernel (const LabSetting *p)
{
  LabSetting like = *p;

  like.nngp = TRUE;
  like.kinked = !p->rbf;
  return MAX (p->rbf && p->ridge == 0 ? LAB_DOMAIN_OUT : LAB_DOMAIN_NEAR, mean_field (&like));
}

static LabDomain
asymptotic_features (const LabSetting *p)
{
  double q = p->width / p->n;
  gboolean near_threshold = q > 2.0 / 3 && q < 1.5;

  if (p->dim < 20)
    return LAB_DOMAIN_OUT;
  if (p->ridge >= 0.01)
    return LAB_DOMAIN_CLOSE;
  if (p->ridge < 1e-4 && (near_threshold || (q >= 1.5 && p->dim < 40)))
    return LAB_DOMAIN_OUT;
  return best_of (p->dim >= 80 && q >= 4, TRUE);
}

static LabDomain
asymptotic_linearised (const LabSetting *p)
{
  double q = p->width / p->n;

  if (p->ridge >= 0.01)
    return best_of (p->dim >= 40 && (q >= 4 || p->ridge >= 0.1), p->dim >= 20);
  return best_of (!p->kinked && p->dim >= 60 && q >= 2, p->dim >= 30);
}

static LabDomain
ensemble_limit (const LabSetting *p)
{
  if (p->ridge >= 1e-3)
    return best_of (p->dim >= 5, TRUE);
  return best_of (p->dim >= (p->kinked ? 8 : 10), p->kinked && p->dim >= 6);
}

/* The error of a few models is made of that of one and that of infinitely many. */
static LabDomain
few_models (const LabSetting *p)
{
  return isinf (p->models) ? ensemble_limit (p) : MAX (features (p), ensemble_limit (p));
}

static LabDomain
lower_bound (const LabSetting *p)
{
  return best_of (p->kinked || p->dim >= 5, FALSE);
}

/* The rule of a series. A series that is not named here has the rule of its model. */
static void
choose_rule (LabSetting *self, const LabSpec *spec, const char *id)
{
  LabTheoryKind theory = lab_spec_model (spec)->theory;
  gboolean of_features = theory == LAB_THEORY_FEATURES;

  if (strcmp (id, "lower-bound") == 0)
    self->rule = lower_bound;
  else if (strcmp (id, "asymptotic") == 0)
    self->rule = of_features ? asymptotic_features : asymptotic_linearised;
  else if (strcmp (id, "ensemble-limit") == 0)
    self->rule = ensemble_limit;
  else if (of_features)
    self->rule = lab_spec_is_ensemble (spec) ? few_models : features;
  else if (lab_spec_matters (spec, LAB_LENGTH_SCALE))
    self->rule = distance_kernel;
  else
    self->rule = theory == LAB_THEORY_LINEAR ? linear : mean_field;
}

static double
number (const LabSpec *spec, LabKey key)
{
  return lab_value_to_number (key, lab_spec_value (spec, key));
}

void
lab_setting_init (LabSetting *self, const LabSpec *spec, const char *id)
{
  gboolean rule = lab_exhibit_uses (lab_spec_exhibit (spec), LAB_STOP);
  NtkActivation activation;

  lab_spec_activation (spec, &activation);
  *self = (LabSetting){
    .axis = lab_spec_axis (spec),
    .dim = lab_spec_integer (spec, LAB_DIM),
    .n = number (spec, LAB_N_TRAIN),
    .width = number (spec, LAB_WIDTH),
    .ridge = number (spec, LAB_RIDGE),
    .time = lab_spec_matters (spec, LAB_TIME) ? number (spec, LAB_TIME) : INFINITY,
    .noise = lab_spec_real (spec, LAB_NOISE),
    .models = number (spec, LAB_ENSEMBLE),
    .kinked = activation.type->homogeneous,
    .starts = g_str_has_suffix (id, "standard")
              || (strcmp (id, "finite-d") == 0 && lab_spec_real (spec, LAB_INIT_SCALE) > 0),
    .linear = strcmp (lab_spec_choice_name (spec, LAB_TARGET), "linear") == 0,
    .nngp = lab_spec_choice (spec, LAB_KERNEL) == LAB_KERNEL_NNGP,
    .rbf = strcmp (lab_spec_choice_name (spec, LAB_KERNEL), "rbf") == 0,
    .gaussian = lab_spec_choice (spec, LAB_INPUTS) == LAB_INPUTS_GAUSSIAN,
    .two_scales = lab_spec_choice (spec, LAB_INPUTS) == LAB_INPUTS_TWO_SCALE,
    .stop = rule ? lab_spec_choice (spec, LAB_STOP) : LAB_STOP_END,
  };
  choose_rule (self, spec, id);
}

LabDomain
lab_setting_domain (const LabSetting *self, double x)
{
  LabSetting there = *self;

  switch ((int) self->axis)
    {
    case LAB_N_TRAIN: there.n = x; break;
    case LAB_WIDTH: there.width = x; break;
    case LAB_RIDGE: there.ridge = x; break;
    case LAB_TIME: there.time = x; break;
    case LAB_ENSEMBLE: there.models = x; break;
    default: break;
    }
  return there.rule (&there);
}

LabDomain
lab_setting_domain_features (const LabSetting *self, double width, double n, double ridge)
{
  LabSetting there = *self;

  there.width = width;
  there.n = n;
  there.ridge = ridge;
  return features (&there);
}

LabDomain
lab_domain (const LabSpec *spec, const char *id, double x)
{
  LabSetting setting;

  lab_setting_init (&setting, spec, id);
  return lab_setting_domain (&setting, x);
}
