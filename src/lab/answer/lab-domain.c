/* The rules of docs/validity.md, one function for each of its tables. tools/lib/validityrules.py has them
 * once more, and holds them against what was measured. */

#include "lab-domain.h"

#include <math.h>
#include <ntk.h>
#include <string.h>

#include "lab-spec-ntk.h"

/* A kernel that exceeds the usual one by no more than this is as large: the rest is rounding. */
#define HARDLY_LARGER 1.01

/* A ridge or time counts against the size of the kernel, where that is larger than with the usual values. */
static double
ridge_of (const LabSetting *p)
{
  return p->ridge / p->large;
}

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
  gboolean loud = p->loudness >= 0.5;

  if (p->dim < (p->kinked && loud ? 6 : 10) || fabs (p->width - p->n) < 10 || (p->n < 30 && q < 1)
      || (p->n < 100 && q > 2.0 / 3 && q < 1.5))
    return LAB_DOMAIN_OUT;
  return best_of (p->kinked && p->dim >= 15 && q >= (p->n >= 100 ? 1.5 : 2), TRUE);
}

/* With a small ridge. */
static LabDomain
features_loosely (const LabSetting *p, gboolean plain)
{
  double ridge = ridge_of (p);

  if (plain)
    return best_of (FALSE, p->dim >= (ridge >= 1e-5 ? 4 : 8));
  return best_of (FALSE, ridge >= 1e-5 && p->dim >= 10);
}

static LabDomain
features (const LabSetting *p)
{
  gboolean many = p->dim >= 5 && p->n >= 30, plain = p->loudness >= 0.5 && p->linear;
  double ridge = ridge_of (p);

  if (p->n < 15)
    return LAB_DOMAIN_OUT;
  if (ridge >= 0.01)
    return best_of (many && p->linear && (plain || p->dim >= 10), plain || p->dim >= 5);
  if (ridge >= 1e-4)
    return best_of (many && plain && (ridge >= 1e-3 || p->width >= 2 * p->n), plain || p->dim >= 10);
  return ridge >= 1e-6 ? features_loosely (p, plain) : features_without_ridge (p);
}

static LabDomain
linear_by_rank (const LabSetting *p)
{
  double gap = fabs (p->n - MIN (p->width, p->dim));
  gboolean even = !p->gaussian && !p->two_scales;

  return best_of (p->dim >= 5 && gap >= (even ? 12 : 40), gap >= (p->gaussian ? 10 : 5));
}

/* A ridge or an early end filters, but not so strongly that the rank does not matter. */
static LabDomain
linear_filtered (const LabSetting *p, gboolean mild)
{
  if (p->gaussian)
    return best_of (linear_by_rank (p) == LAB_DOMAIN_CLOSE,
                    p->n >= 10 && fabs (p->n - MIN (p->width, p->dim)) >= 10);
  if (mild)
    return best_of (p->dim >= 5 && p->n >= 10, TRUE);
  return best_of (p->dim >= 5 && p->n >= 20 && p->noise >= 0.3, p->n >= 10);
}

/* Whether all of the error is what is not learned yet, or what a ridge holds back. */
static gboolean
is_vanishing (const LabSetting *p)
{
  return p->noise < 0.1 && p->width >= p->dim && p->n >= 0.8 * p->dim
         && (p->ridge > 0 || isfinite (p->time));
}

static LabDomain
linear (const LabSetting *p)
{
  double gap = fabs (p->n - MIN (p->width, p->dim));

  if (p->gaussian && p->ridge == 0 && isinf (p->time))
    return LAB_DOMAIN_CLOSE;
  if (p->ridge >= 0.1 || p->time <= 10)
    return best_of (p->dim >= 5, TRUE);
  if (is_vanishing (p))
    return best_of (FALSE, (p->ridge >= 0.01 || p->time * p->slow * p->slow <= 100)
                             && gap >= (p->gaussian ? 10 : 5));
  if (p->ridge < 1e-3 && p->time > 1000)
    return linear_by_rank (p);
  return linear_filtered (p, p->ridge >= 0.01 || p->time <= 100);
}

/* With a ridge, or stopped in time. */
static LabDomain
mean_field_filtered (const LabSetting *p)
{
  gboolean mirrored_ridge = p->stop == LAB_STOP_RIDGE && p->strength < 0.3;

  if (!p->linear && p->dim < 5)
    return best_of (FALSE, p->n >= 200);
  if (p->n < (p->noise > 0 || p->starts ? 30 : 60))
    return best_of (FALSE, p->linear && p->noise > 0);
  return best_of (p->n >= (p->linear ? 60 : 200) && !mirrored_ridge, TRUE);
}

/* Trained until the noise is fitted, too. */
static LabDomain
mean_field_noisy (const LabSetting *p)
{
  gboolean smooth = !p->kinked && ridge_of (p) < (p->loudness >= 0.3 ? 1e-4 : 1e-3);
  int least = smooth ? 8 : p->loudness < 0.3 || !p->kinked || p->n < 60 ? 6 : 3,
      deep = p->depth >= 4 ? 200 : p->depth > 1 || p->starts ? 60 : 0;
  gboolean settled = p->n >= (p->loudness >= 0.3 ? 3 * p->dim : 200) && p->n >= deep;

  return best_of (p->dim >= least && settled && !p->nngp,
                  p->dim >= (smooth || p->nngp || p->n < 30 ? 6 : 3));
}

/* Whether the times or ridges among which the best is taken reach far enough. */
static gboolean
search_ends (const LabSetting *p)
{
  return p->size < 0.1 || p->size * MAX (1, p->noise * p->noise) > 51;
}

static LabDomain
mean_field (const LabSetting *p)
{
  gboolean chosen = p->stop == LAB_STOP_BEST || p->stop == LAB_STOP_RIDGE;

  if (chosen && search_ends (p))
    return LAB_DOMAIN_OUT;
  if (ridge_of (p) >= 0.01 || p->time * p->large <= 100 || (chosen && p->loudness >= 0.3))
    return mean_field_filtered (p);
  if (p->loudness >= 0.1 || (p->loudness >= 0.03 && p->n >= 200))
    return mean_field_noisy (p);
  if (p->dim >= 11)
    return best_of (p->strength >= 0.5 && p->n >= 3 * p->dim, TRUE);
  return best_of (FALSE, p->strength >= 0.5 && p->dim >= (p->kinked ? 5 : 8));
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
  double q = p->width / p->n, ridge = ridge_of (p);
  gboolean near_threshold = q > 2.0 / 3 && q < 1.5;

  if (p->dim < 20)
    return LAB_DOMAIN_OUT;
  if (ridge >= 0.01)
    return best_of (p->loudness <= 1 && p->n <= 3 * p->dim, p->n <= 10 * p->dim);
  if (p->loudness > 1 || (ridge < 1e-4 && (near_threshold || (q >= 1.5 && p->dim < 40))))
    return LAB_DOMAIN_OUT;
  return best_of (p->dim >= 80 && q >= 4 && p->n <= 2 * p->dim, p->n <= 5 * p->dim);
}

/* Much of the noise's part grows with n/D, and is missing in a theory of infinite D. */
static LabDomain
asymptotic_ridge (const LabSetting *p)
{
  double q = p->width / p->n;
  gboolean few = p->n <= p->dim, quiet = p->noise <= 0.5;

  if (ridge_of (p) >= 0.1)
    return best_of (few && p->dim >= 40, p->dim >= 20 && quiet && p->n <= 2 * p->dim);
  return best_of (few && quiet && p->dim >= 40 && q >= 4,
                  p->dim >= 20 && (quiet ? p->n <= 2 * p->dim : few || (q >= 2 && p->n <= 1.5 * p->dim)));
}

static LabDomain
asymptotic_linearised (const LabSetting *p)
{
  double q = p->width / p->n;
  gboolean few = p->n <= p->dim;

  if (p->noise > 1 || q < 0.6)
    return LAB_DOMAIN_OUT;
  if (ridge_of (p) >= 0.01)
    return asymptotic_ridge (p);
  if (p->noise <= 0.5)
    return best_of (few && !p->kinked && p->dim >= 60 && q >= 2,
                    p->dim >= 30 && (few || (q >= 1 && p->n <= 1.5 * p->dim)));
  return best_of (FALSE, few && p->dim >= 30 && q >= (p->dim >= 60 ? 2 : 4));
}

static LabDomain
ensemble_limit (const LabSetting *p)
{
  gboolean loud = p->loudness >= 0.5;

  if (ridge_of (p) >= 1e-3)
    return best_of (loud && p->dim >= 5 && p->n >= 30 && (p->linear || p->dim >= 10),
                    loud || p->dim >= 5);
  if (!loud)
    return best_of (FALSE, p->dim >= 10);
  return best_of (p->dim >= (p->kinked ? 8 : 10), p->kinked && p->dim >= 6);
}

/* The error of a few models is a mean of that of one model and that of infinitely many. */
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

/* The mean of the squares of phi and of its derivative over a centred Gaussian number. */
static void
mean_squares (const NtkActivation *activation, double variance, double *phi, double *slope)
{
  const double step = 0.05;
  double h[401], y[401], dy[401];
  const int n = G_N_ELEMENTS (h);

  for (int i = 0; i < n; i++)
    h[i] = sqrt (variance) * step * (i - n / 2);
  activation->type->eval (activation, n, h, y, dy);
  *phi = *slope = 0;
  for (int i = 0; i < n; i++)
    {
      double z = step * (i - n / 2), weight = step * exp (-z * z / 2) / sqrt (2 * G_PI);

      *phi += weight * y[i] * y[i];
      *slope += weight * dy[i] * dy[i];
    }
}

/* The kernel of infinite width at equal points, without biases, over that of one layer of ReLU with the
 * usual variances: of the NNGP or of the NTK. */
static double
kernel_size (const LabSpec *spec)
{
  NtkArchitecture arch;
  double variance, tangent, phi = 1, slope = 0;

  if (!lab_spec_matters (spec, LAB_ACTIVATION))
    return 1;
  lab_spec_architecture (spec, &arch);
  variance = tangent = arch.sigma_w2;
  for (int layer = 0; layer < arch.depth; layer++)
    {
      if (layer > 0)
        {
          variance = arch.sigma_w2 * phi;
          tangent = variance + arch.sigma_w2 * slope * tangent;
        }
      mean_squares (&arch.activation, variance, &phi, &slope);
    }
  if (lab_spec_model (spec)->theory == LAB_THEORY_FEATURES
      || lab_spec_choice (spec, LAB_KERNEL) == LAB_KERNEL_NNGP)
    return arch.sigma_v2 * phi;
  return arch.sigma_v2 * (phi + slope * tangent) / 2;
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

  double alpha = lab_spec_real (spec, LAB_INIT_SCALE), size = kernel_size (spec);

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
    .depth = lab_spec_integer (spec, LAB_DEPTH),
    .size = size,
    .large = size > HARDLY_LARGER ? size : 1,
    .slow = 1,
    .starts = g_str_has_suffix (id, "standard") || (!rule && alpha > 0),
    .linear = strcmp (lab_spec_choice_name (spec, LAB_TARGET), "linear") == 0,
    .nngp = lab_spec_choice (spec, LAB_KERNEL) == LAB_KERNEL_NNGP,
    .rbf = strcmp (lab_spec_choice_name (spec, LAB_KERNEL), "rbf") == 0,
    .gaussian = lab_spec_choice (spec, LAB_INPUTS) == LAB_INPUTS_GAUSSIAN,
    .two_scales = lab_spec_choice (spec, LAB_INPUTS) == LAB_INPUTS_TWO_SCALE,
    .stop = rule ? lab_spec_choice (spec, LAB_STOP) : LAB_STOP_END,
  };
  if (self->two_scales)
    self->slow = lab_spec_real (spec, LAB_SLOW_SCALE);
  if (self->starts)
    self->strength = size * (alpha > 0 ? alpha * alpha : 1);
  self->loudness = self->noise / (self->strength > HARDLY_LARGER ? sqrt (self->strength) : 1);
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
