#pragma once

#include <lab.h>

/* Values of the types that count their owners, drawn within the ranges of a row. */

static inline double
random_within (GRand *rand, double low, double high)
{
  double x = low + (high - low) * g_rand_double (rand);

  switch (g_rand_int_range (rand, 0, 6))
    {
    case 0: return low;
    case 1: return high;
    case 2: return low <= 0 && high >= 0 ? 0 : low;
    default: return CLAMP (x, low, high);
    }
}

static inline LabPairs *
random_pairs (GRand *rand, const LabParameter *parameter)
{
  LabPair pairs[LAB_MAX_PAIRS];
  guint count = g_rand_int_range (rand, 0, 4) == 0 ? g_rand_int_range (rand, 0, LAB_MAX_PAIRS + 1)
                                                   : g_rand_int_range (rand, 0, 4);

  for (guint i = 0; i < count; i++)
    pairs[i] = (LabPair){ random_within (rand, parameter->minimum, parameter->maximum),
                          random_within (rand, parameter->y_minimum, parameter->y_maximum) };
  return lab_pairs_new (pairs, count);
}

/* Of characters that a file system allows and that have to be quoted in some file. */
static inline LabPath *
random_path (GRand *rand, const LabParameter *parameter)
{
  static const char *const parts[] = { "data", "/", "..", " ", "é", "ß", "\"", "\\", "\n", ",", ":", "=",
                                       "#", ".csv", "'", "&" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (int n = g_rand_int_range (rand, 0, 8); n > 0; n--)
    g_string_append (text, parts[g_rand_int_range (rand, 0, G_N_ELEMENTS (parts))]);
  return lab_path_new (parameter, text->str, NULL);
}
