#pragma once

#include <lab.h>
#include <math.h>

#include "../lab/random-value.h"

/* Specs drawn at random over the whole table of parameters: any exhibit or preset, any of its keys set,
 * in any order, to values within their ranges, often to the ends and to the default. */

/* What keeps a run at milliseconds. */
static const struct
{
  LabKey key;
  double most;
} small_sizes[] = {
  { LAB_WIDTH, 40 },   { LAB_DEPTH, 4 },   { LAB_DIM, 12 },
  { LAB_N_TRAIN, 24 }, { LAB_N_TEST, 12 }, { LAB_POINTS, 6 },
  { LAB_SEEDS, 3 },    { LAB_REACH, 1e4 }, { LAB_SLOW_DIMS, 12 },
};

static inline double
random_between (GRand *rand, double low, double high, LabScale scale)
{
  double at = g_rand_int_range (rand, 0, 8) == 0 ? g_rand_boolean (rand) : g_rand_double (rand);

  return scale == LAB_SCALE_LOG && low > 0 ? CLAMP (low * pow (high / low, at), low, high)
                                           : low + at * (high - low);
}

static inline double
random_number (GRand *rand, const LabSpec *spec, LabKey key, gboolean small)
{
  LabRange range = lab_spec_range (spec, key);
  LabKey measured = key == LAB_FROM || key == LAB_TO || key == LAB_SLOPE_FROM || key == LAB_SLOPE_TO
                      ? lab_spec_axis (spec)
                      : key;
  double x;

  if (range.or_infinity && g_rand_int_range (rand, 0, 6) == 0)
    return INFINITY;
  if (range.or_zero && g_rand_int_range (rand, 0, 6) == 0)
    return 0;
  for (gsize i = 0; small && i < G_N_ELEMENTS (small_sizes); i++)
    if (small_sizes[i].key == measured)
      range.maximum = MIN (range.maximum, small_sizes[i].most);
  x = random_between (rand, range.minimum, range.maximum, range.scale);
  if (range.whole)
    x = round (x);
  else if (g_rand_boolean (rand)) /* as people write them */
    {
      g_autofree char *text = g_strdup_printf ("%.2g", x);

      x = CLAMP (g_ascii_strtod (text, NULL), range.minimum, range.maximum);
    }
  return x;
}

static inline LabValue
random_value (GRand *rand, const LabSpec *spec, LabKey key, gboolean small)
{
  const LabParameter *p = lab_parameter (key);
  const LabExhibit *exhibit = lab_spec_exhibit (spec);
  LabValue value = { 0 };

  switch (p->type)
    {
    case LAB_TYPE_CHOICE:
    case LAB_TYPE_VIEW:
      value.choice = g_rand_int_range (rand, 0, lab_exhibit_n_choices (exhibit, key));
      return value;
    case LAB_TYPE_PAIRS: value.pairs = random_pairs (rand, p); return value;
    case LAB_TYPE_FILE: value.path = random_path (rand, p); return value;
    case LAB_TYPE_SET:
      for (guint i = 0; exhibit->views->series[i].id != NULL; i++)
        value.set |= g_rand_boolean (rand) ? 1u << i : 0;
      return value;
    case LAB_TYPE_INTEGERS:
      value.integers.count = g_rand_int_range (rand, 1, exhibit->max_panels + 1);
      for (guint i = 0; i < value.integers.count; i++)
        value.integers.item[i] = random_number (rand, spec, key, small);
      return value;
    default: break;
    }
  if (key != LAB_SEED)
    return lab_value_from_number (key, random_number (rand, spec, key, small));
  value.integer = (gint64) (((guint64) g_rand_int (rand) << 32 | g_rand_int (rand)) & G_MAXINT64);
  value.integer = g_rand_int_range (rand, 0, 4) == 0 ? G_MAXINT64 : value.integer;
  return value;
}

/* Most are set to a drawn value, some to what they are already, some are unset again. */
static inline void
random_change (GRand *rand, LabSpec *spec, LabKey key, gboolean small)
{
  int kind = g_rand_int_range (rand, 0, 8);

  if (kind == 0)
    {
      lab_spec_set (spec, key, lab_spec_value (spec, key), NULL);
    }
  else if (kind == 1)
    {
      lab_spec_unset (spec, key);
    }
  else
    {
      LabValue value = random_value (rand, spec, key, small);

      lab_spec_set (spec, key, value, NULL);
      lab_type_unref (lab_parameter (key)->type, value);
    }
}

/* Sizes that are larger by default are drawn. */
static inline void
random_shrink (GRand *rand, LabSpec *spec)
{
  LabKey axis = lab_spec_axis (spec);

  for (gsize i = 0; i < G_N_ELEMENTS (small_sizes); i++)
    {
      LabKey key = small_sizes[i].key;
      double most = small_sizes[i].most;
      LabValue value = lab_spec_value (spec, key);
      gboolean large = lab_value_to_number (key, value) > most && value.integer != LAB_INFINITE;

      for (guint k = 1; key == LAB_DIM && k < value.integers.count; k++)
        large |= value.integers.item[k] > most;
      if (lab_exhibit_uses (lab_spec_exhibit (spec), key) && large)
        lab_spec_set (spec, key, random_value (rand, spec, key, TRUE), NULL);
      if (key == axis && lab_spec_real (spec, LAB_TO) > most)
        lab_spec_set (spec, LAB_TO, (LabValue){ .real = most }, NULL);
      if (key == axis && lab_spec_real (spec, LAB_FROM) > most)
        lab_spec_set (spec, LAB_FROM, (LabValue){ .real = round (most / 4) }, NULL);
    }
  /* many points at least sometimes, but never by default: there may be hundreds */
  if (lab_spec_is_set (spec, LAB_POINTS) || g_rand_int_range (rand, 0, 4) == 0)
    return;
  lab_spec_set (spec, LAB_POINTS, random_value (rand, spec, LAB_POINTS, TRUE), NULL);
}

static inline LabSpec *
random_spec (GRand *rand, gboolean small)
{
  guint n_exhibits, n_presets, which;
  const LabExhibit *const *exhibits = lab_exhibits (&n_exhibits);
  const LabPreset *presets = lab_presets (&n_presets);
  LabSpec *spec;
  double often = g_rand_double (rand);

  which = g_rand_int_range (rand, 0, 5 * n_exhibits + n_presets);
  spec = lab_spec_new_named (which < 5 * n_exhibits ? exhibits[which % n_exhibits]->id
                                                    : presets[which - 5 * n_exhibits].id,
                             NULL);
  for (guint i = 0; i < LAB_N_KEYS; i++)
    {
      LabKey key = g_rand_int_range (rand, 0, LAB_N_KEYS);

      if (lab_exhibit_uses (lab_spec_exhibit (spec), key) && g_rand_double (rand) < often)
        random_change (rand, spec, key, small);
    }
  if (small)
    random_shrink (rand, spec);
  /* an axis that ends before it begins is refused: rarely is enough */
  if (lab_spec_real (spec, LAB_FROM) > lab_spec_real (spec, LAB_TO)
      && g_rand_int_range (rand, 0, 8) > 0)
    {
      LabValue from = lab_spec_value (spec, LAB_FROM);

      lab_spec_set (spec, LAB_FROM, lab_spec_value (spec, LAB_TO), NULL);
      lab_spec_set (spec, LAB_TO, from, NULL);
    }
  return spec;
}
