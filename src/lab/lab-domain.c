/* The rules of docs/validity.md, one function for each of its tables. tools/lib/validityrules.py has them
 * once more, and holds them against what was measured. */

#include "lab-domain.h"

#include <math.h>
#include <ntk.h>
#include <string.h>

#include "lab-double-descent.h"
#include "lab-experiment.h"

/* A setting at one place. */
typedef struct
{
  const LabSpec *spec;
  double dim, n, width, ridge, time, noise, models;
  gboolean kinked; /* an activation with a kink: eigenvalues fall as a power */
  gboolean starts; /* from a random function */
  gboolean linear; /* the target */
  guint stop;      /* the rule of learning curves; elsewhere LAB_STOP_END */
  gboolean nngp;
  gboolean distance; /* a kernel of the distance, as no network has it */
} Place;

static double
at (const LabSpec *spec, LabKey key, double x)
{
  if (lab_spec_axis (spec) == key)
    return x;
  return lab_value_to_number (key, lab_spec_value (spec, key));
}

static Place
place_at (const LabSpec *spec, const char *id, double x)
{
  gboolean rule = lab_exhibit_uses (lab_spec_exhibit (spec), LAB_STOP);
  NtkActivation activation;

  lab_spec_activation (spec, &activation);
  return (Place){
    .spec = spec,
    .dim = lab_spec_integer (spec, LAB_DIM),
    .n = at (spec, LAB_N_TRAIN, x),
    .width = at (spec, LAB_WIDTH, x),
    .ridge = at (spec, LAB_RIDGE, x),
    .time = lab_spec_matters (spec, LAB_TIME) ? at (spec, LAB_TIME, x) : INFINITY,
    .stop = rule ? lab_spec_choice (spec, LAB_STOP) : LAB_STOP_END,
    .noise = lab_spec_real (spec, LAB_NOISE),
    .models = at (spec, LAB_ENSEMBLE, x),
    .kinked = activation.type->homogeneous,
    .starts = g_str_has_suffix (id, "standard")
              || (strcmp (id, "finite-d") == 0 && lab_spec_real (spec, LAB_INIT_SCALE) > 0),
    .linear = strcmp (lab_spec_choice_name (spec, LAB_TARGET), "linear") == 0,
    .nngp = lab_spec_choice (spec, LAB_KERNEL) == LAB_KERNEL_NNGP,
    .distance = lab_spec_matters (spec, LAB_LENGTH_SCALE),
  };
}

static LabDomain
best_of (gboolean close, gboolean near)
{
  return close ? LAB_DOMAIN_CLOSE : near ? LAB_DOMAIN_NEAR : LAB_DOMAIN_OUT;
}

/* Without ridge theory is off by about one over the distance to the threshold, in features. */
static LabDomain
features_without_ridge (const Place *p)
{
  double q = p->width / p->n;

  if (p->dim < (p->kinked ? 6 : 10) || fabs (p->width - p->n) < 10 || (p->n < 30 && q < 1)
      || (p->n < 100 && q > 2.0 / 3 && q < 1.5))
    return LAB_DOMAIN_OUT;
  return best_of (p->dim >= 15 && q >= (p->n >= 100 ? 1.5 : 2), TRUE);
}

static LabDomain
features (const Place *p)
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
linear (const Place *p)
{
  gboolean two_scales = lab_spec_choice (p->spec, LAB_INPUTS) == LAB_INPUTS_TWO_SCALE;
  double gap = fabs (p->n - MIN (p->width, p->dim));

  if (p->ridge >= 1e-3 || p->time <= 1000)
    return best_of (p->dim >= 5, TRUE);
  if (lab_spec_choice (p->spec, LAB_INPUTS) == LAB_INPUTS_GAUSSIAN && p->ridge == 0
      && isinf (p->time))
    return LAB_DOMAIN_CLOSE;
  return best_of (p->dim >= 5 && gap >= (two_scales ? 40 : 12), gap >= 5);
}

/* With a ridge, or stopped in time. */
static LabDomain
mean_field_filtered (const Place *p)
{
  gboolean best_ridge = p->stop == LAB_STOP_RIDGE && !p->starts;

  if (!p->linear && p->dim < 5)
    return best_of (FALSE, p->n >= 200);
  if (p->n < (p->noise > 0 || p->starts ? 30 : 60))
    return best_of (FALSE, p->linear && p->noise > 0);
  return best_of (p->n >= (p->linear ? 60 : 200) && !best_ridge, TRUE);
}

/* With noise that is fitted. */
static LabDomain
mean_field_noisy (const Place *p, gboolean smooth)
{
  int least = smooth ? 8 : p->noise < 0.3 || !p->kinked || p->n < 60 ? 6 : 3;
  gboolean settled = p->n >= (p->noise >= 0.3 ? 3 * p->dim : 200);

  return best_of (p->dim >= least && settled && !p->nngp,
                  p->dim >= (smooth || p->nngp || p->n < 30 ? 6 : 3));
}

static LabDomain
mean_field (const Place *p)
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

/* Kernels of the distance were measured to be no better than the NNGP; of the RBF kernel without ridge the
 * cut-off makes what is simulated. */
static LabDomain
distance_kernel (const Place *p)
{
  gboolean rbf = strcmp (lab_spec_choice_name (p->spec, LAB_KERNEL), "rbf") == 0;
  Place like = *p;

  like.nngp = TRUE;
  like.kinked = !rbf;
  return MAX (rbf && p->ridge == 0 ? LAB_DOMAIN_OUT : LAB_DOMAIN_NEAR, mean_field (&like));
}

static LabDomain
asymptotic_features (const Place *p)
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
asymptotic_linearised (const Place *p)
{
  double q = p->width / p->n;

  if (p->ridge >= 0.01)
    return best_of (p->dim >= 40 && (q >= 4 || p->ridge >= 0.1), p->dim >= 20);
  return best_of (!p->kinked && p->dim >= 60 && q >= 2, p->dim >= 30);
}

static LabDomain
ensemble_limit (const Place *p)
{
  if (p->ridge >= 1e-3)
    return best_of (p->dim >= 5, TRUE);
  return best_of (p->dim >= (p->kinked ? 8 : 10), p->kinked && p->dim >= 6);
}

/* The error of a few models is made of that of one and that of infinitely many. */
static LabDomain
of_models (const Place *p)
{
  if (!lab_spec_is_ensemble (p->spec))
    return features (p);
  return isinf (p->models) ? ensemble_limit (p) : MAX (features (p), ensemble_limit (p));
}

static LabDomain
lower_bound (const Place *p)
{
  return best_of (p->kinked || p->dim >= 5, FALSE);
}

/* By the id of the series and the model; what is not here is by the model alone. */
static LabDomain
find_domain (const Place *p, const char *id, guint model)
{
  gboolean of_features = model == LAB_MODEL_RANDOM_FEATURES;

  if (strcmp (id, "lower-bound") == 0)
    return lower_bound (p);
  if (strcmp (id, "asymptotic") == 0)
    return of_features ? asymptotic_features (p) : asymptotic_linearised (p);
  if (strcmp (id, "ensemble-limit") == 0)
    return ensemble_limit (p);
  if (of_features)
    return of_models (p);
  if (p->distance)
    return distance_kernel (p);
  return model == LAB_MODEL_LINEAR ? linear (p) : mean_field (p);
}

LabDomain
lab_domain (const LabSpec *spec, const char *id, double x)
{
  gboolean chosen = lab_exhibit_uses (lab_spec_exhibit (spec), LAB_MODEL);
  Place place = place_at (spec, id, x);

  return find_domain (&place, id, chosen ? lab_spec_choice (spec, LAB_MODEL) : LAB_MODEL_INFINITE);
}

LabDomain
lab_domain_features (const LabSpec *spec, double width, double n, double ridge)
{
  Place place = place_at (spec, "finite-d", n);

  place.width = width;
  place.n = n;
  place.ridge = ridge;
  return features (&place);
}
