/* From the values that are set follow the defaults of the others, and which parameters mean anything. Both are
 * found once after each change and kept, so that reading a value costs nothing. */

#include "lab-spec-private.h"

#include <math.h>
#include <ntk.h>
#include <string.h>

#include "lab-spec-ntk.h"

/* ---- Defaults ---- */

static LabValue
fallback (LabKey key)
{
  return lab_parameter_fallback (lab_parameter (key));
}

/* Where an exhibit has no choice of the model, the width decides it. */
static LabValue
default_model (const LabSpec *self, LabKey key)
{
  if (lab_exhibit_uses (self->exhibit, LAB_MODEL))
    return fallback (key);
  return (LabValue){ .choice = lab_spec_integer (self, LAB_WIDTH) == LAB_INFINITE
                                 ? LAB_MODEL_INFINITE
                                 : LAB_MODEL_LINEARISED };
}

static LabValue
default_fast_power (const LabSpec *self, LabKey key)
{
  return (LabValue){ .real = MAX (0, 1 - lab_spec_real (self, LAB_SLOW_POWER)) };
}

static LabValue
default_weight_variance (const LabSpec *self, LabKey key)
{
  NtkActivation activation;

  lab_spec_activation (self, &activation);
  return (LabValue){ .real = ntk_activation_default_sigma_w2 (&activation) };
}

static LabValue
default_slope_range (const LabSpec *self, LabKey key)
{
  return lab_value_from_number (key,
                                lab_spec_real (self, key == LAB_SLOPE_FROM ? LAB_FROM : LAB_TO));
}

static LabValue
default_shown (const LabSpec *self, LabKey key)
{
  LabValue value = { 0 };

  for (guint i = 0; self->exhibit->views->series[i].id != NULL; i++)
    value.set |= self->exhibit->views->series[i].shown ? 1u << i : 0;
  return value;
}

/* Rules of any exhibit, which come after those of its own. */
static const LabRule rules[] = {
  { LAB_FAST_POWER, default_fast_power },
  { LAB_SIGMA_W2, default_weight_variance },
  { LAB_SLOPE_FROM, default_slope_range },
  { LAB_SLOPE_TO, default_slope_range },
  { LAB_SHOW, default_shown },
  { LAB_N_KEYS, NULL },
};

/* And the one that comes before all others, since most of them ask for the model. */
static const LabRule first_rules[] = { { LAB_MODEL, default_model }, { LAB_N_KEYS, NULL } };

/* A default of the exhibit's own comes before any rule. */
static gboolean
find_own (const LabSpec *self, LabKey key, LabValue *value)
{
  for (const LabDefault *d = self->exhibit->defaults; d != NULL && d->key != LAB_N_KEYS; d++)
    if (d->key == key)
      {
        *value = lab_value_from_number (key, d->value);
        return TRUE;
      }
  return FALSE;
}

static const LabRule *
find_rule (const LabRule *table, LabKey key)
{
  for (; table != NULL && table->key != LAB_N_KEYS; table++)
    if (table->key == key)
      return table;
  return NULL;
}

LabValue
lab_spec_default (const LabSpec *self, LabKey key)
{
  const LabRule *const tables[] = { first_rules, self->exhibit->rules, rules };
  LabValue value;

  if (find_own (self, key, &value))
    return value;
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      const LabRule *rule = find_rule (tables[i], key);

      if (rule != NULL)
        return rule->rule (self, key);
    }
  return fallback (key);
}

/* ---- What matters ---- */

static gboolean
has_kernel (const LabSpec *self)
{
  return lab_spec_is_infinite (self) || self->exhibit->shows_kernel;
}

/* The kernels to compare with know neither layers nor activations. */
static gboolean
has_start (const LabSpec *self)
{
  return !has_kernel (self) || lab_spec_choice (self, LAB_KERNEL) <= LAB_KERNEL_NNGP;
}

static gboolean
has_network (const LabSpec *self)
{
  return has_start (self) && lab_spec_model (self)->has_layers;
}

static gboolean
has_leak (const LabSpec *self)
{
  return has_network (self) && strcmp (lab_spec_choice_name (self, LAB_ACTIVATION), "leaky-relu") == 0;
}

/* Where the width decides the model, a kernel that only infinite width has is refused beside a finite width. It stays
 * in sight there, so that it can be set back. */
static gboolean
shows_kernel (const LabSpec *self)
{
  return has_kernel (self)
         || (!lab_exhibit_uses (self->exhibit, LAB_MODEL)
             && lab_spec_choice (self, LAB_KERNEL) != LAB_KERNEL_NTK);
}

static gboolean
has_length (const LabSpec *self)
{
  return !has_start (self);
}

/* Where the width decides the model, it can always be set. */
static gboolean
has_width (const LabSpec *self)
{
  if (self->exhibit->shows_kernel)
    return has_network (self);
  return !lab_spec_is_infinite (self) || !lab_exhibit_uses (self->exhibit, LAB_MODEL);
}

static gboolean
has_two_scales (const LabSpec *self)
{
  return lab_spec_choice (self, LAB_INPUTS) == LAB_INPUTS_TWO_SCALE;
}

static gboolean
has_random_weights (const LabSpec *self)
{
  return has_network (self) && !lab_spec_is_infinite (self);
}

/* Kernels of infinite width are not drawn at random. */
static gboolean
has_seeds (const LabSpec *self)
{
  return !self->exhibit->shows_kernel || has_random_weights (self);
}

static gboolean
has_time (const LabSpec *self)
{
  return !lab_exhibit_uses (self->exhibit, LAB_STOP)
         || lab_spec_choice (self, LAB_STOP) == LAB_STOP_TIME;
}

static gboolean
has_ridge (const LabSpec *self)
{
  return !lab_exhibit_uses (self->exhibit, LAB_STOP)
         || lab_spec_choice (self, LAB_STOP) != LAB_STOP_RIDGE;
}

/* Parameters that mean something only for some values of others. */
static const struct
{
  LabKey key;
  gboolean (*matters) (const LabSpec *self);
} conditions[] = {
  { LAB_WIDTH, has_width },           { LAB_DEPTH, has_network },
  { LAB_INIT_SCALE, has_start },      { LAB_KERNEL, shows_kernel },
  { LAB_LENGTH_SCALE, has_length },   { LAB_ACTIVATION, has_network },
  { LAB_LEAK, has_leak },             { LAB_SIGMA_W2, has_network },
  { LAB_SIGMA_B2, has_network },      { LAB_SIGMA_V2, has_network },
  { LAB_SLOW_DIMS, has_two_scales },  { LAB_SLOW_SCALE, has_two_scales },
  { LAB_SLOW_POWER, has_two_scales }, { LAB_FAST_POWER, has_two_scales },
  { LAB_TIME, has_time },             { LAB_RIDGE, has_ridge },
  { LAB_ENSEMBLE, has_random_weights }, { LAB_MAX_DEPTH, has_network },
  { LAB_SEEDS, has_seeds },
};

/* ---- Settling ---- */

static void
take (LabSpec *self, LabKey key, LabValue value)
{
  lab_type_unref (lab_parameter (key)->type, self->values[key]);
  self->values[key] = value;
}

static void
follow (LabSpec *self, const LabRule *table)
{
  for (; table != NULL && table->key != LAB_N_KEYS; table++)
    if (!self->set[table->key])
      take (self, table->key, lab_spec_default (self, table->key));
}

void
lab_spec_settle (LabSpec *self)
{
  for (LabKey key = 0; key < LAB_N_KEYS; key++)
    {
      LabValue own;

      if (!self->set[key])
        take (self, key, find_own (self, key, &own) ? own : fallback (key));
    }
  follow (self, first_rules);
  follow (self, self->exhibit->rules);
  follow (self, rules);

  for (LabKey key = 0; key < LAB_N_KEYS; key++)
    self->matters[key] = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (conditions); i++)
    self->matters[conditions[i].key] = conditions[i].matters (self);
}
