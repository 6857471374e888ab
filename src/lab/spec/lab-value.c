/* What values of each type have in common: comparing, owning, and numbers for sliders. */

#include "lab-value.h"

#include <math.h>
#include <string.h>

static gboolean
equal_integers (LabValue a, LabValue b)
{
  return a.integer == b.integer;
}

static gboolean
equal_lists (LabValue a, LabValue b)
{
  return a.integers.count == b.integers.count
         && memcmp (a.integers.item, b.integers.item, a.integers.count * sizeof a.integers.item[0])
              == 0;
}

static gboolean
equal_reals (LabValue a, LabValue b)
{
  return a.real == b.real;
}

static gboolean
equal_choices (LabValue a, LabValue b)
{
  return a.choice == b.choice;
}

static gboolean
equal_sets (LabValue a, LabValue b)
{
  return a.set == b.set;
}

static gboolean
equal_pairs (LabValue a, LabValue b)
{
  guint n_a, n_b;
  const LabPair *p = lab_pairs_get (a.pairs, &n_a), *q = lab_pairs_get (b.pairs, &n_b);
  gboolean equal = n_a == n_b;

  for (guint i = 0; equal && i < n_a; i++)
    equal = p[i].x == q[i].x && p[i].y == q[i].y;
  return equal;
}

static gboolean
equal_paths (LabValue a, LabValue b)
{
  return strcmp (lab_path_get (a.path), lab_path_get (b.path)) == 0;
}

static double
number_of_integer (LabValue value)
{
  return value.integer == LAB_INFINITE ? INFINITY : value.integer;
}

static double
number_of_list (LabValue value)
{
  return value.integers.item[0];
}

static double
number_of_real (LabValue value)
{
  return value.real;
}

static double
number_of_choice (LabValue value)
{
  return value.choice;
}

static double
number_of_set (LabValue value)
{
  return value.set;
}

static LabValue
integer_of_number (double x)
{
  return (LabValue){ .integer = isinf (x) ? LAB_INFINITE : llround (x) };
}

static LabValue
list_of_number (double x)
{
  return (LabValue){ .integers = { 1, { lround (x) } } };
}

static LabValue
real_of_number (double x)
{
  return (LabValue){ .real = x };
}

static LabValue
choice_of_number (double x)
{
  return (LabValue){ .choice = x };
}

static LabValue
set_of_number (double x)
{
  return (LabValue){ .set = x };
}

static void
ref_pairs (LabValue value)
{
  lab_pairs_ref (value.pairs);
}

static void
unref_pairs (LabValue value)
{
  lab_pairs_unref (value.pairs);
}

static void
ref_path (LabValue value)
{
  lab_path_ref (value.path);
}

static void
unref_path (LabValue value)
{
  lab_path_unref (value.path);
}

static LabValue
pairs_of_text (const LabParameter *parameter)
{
  const char *text = parameter->fallback_text;

  return (LabValue){ .pairs = lab_pairs_parse (parameter, text != NULL ? text : "", NULL) };
}

static LabValue
path_of_text (const LabParameter *parameter)
{
  const char *text = parameter->fallback_text;

  return (LabValue){ .path = lab_path_new (parameter, text != NULL ? text : "", NULL) };
}

static const struct
{
  gboolean (*equal) (LabValue a, LabValue b);
  double (*to_number) (LabValue value); /* NULL: it is none */
  LabValue (*from_number) (double x);
  void (*ref) (LabValue value); /* NULL: nothing to count */
  void (*unref) (LabValue value);
  LabValue (*fallback) (const LabParameter *parameter); /* NULL: from the number */
} types[] = {
  [LAB_TYPE_INTEGER] = { equal_integers, number_of_integer, integer_of_number },
  [LAB_TYPE_INTEGERS] = { equal_lists, number_of_list, list_of_number },
  [LAB_TYPE_REAL] = { equal_reals, number_of_real, real_of_number },
  [LAB_TYPE_CHOICE] = { equal_choices, number_of_choice, choice_of_number },
  [LAB_TYPE_SET] = { equal_sets, number_of_set, set_of_number },
  [LAB_TYPE_VIEW] = { equal_choices, number_of_choice, choice_of_number },
  [LAB_TYPE_PAIRS] = { equal_pairs, .ref = ref_pairs, .unref = unref_pairs, .fallback = pairs_of_text },
  [LAB_TYPE_FILE] = { equal_paths, .ref = ref_path, .unref = unref_path, .fallback = path_of_text },
};

gboolean
lab_type_equal (LabType type, LabValue a, LabValue b)
{
  return types[type].equal (a, b);
}

LabValue
lab_type_ref (LabType type, LabValue value)
{
  if (types[type].ref != NULL)
    types[type].ref (value);
  return value;
}

void
lab_type_unref (LabType type, LabValue value)
{
  if (types[type].unref != NULL)
    types[type].unref (value);
}

gboolean
lab_type_is_number (LabType type)
{
  return type == LAB_TYPE_INTEGER || type == LAB_TYPE_INTEGERS || type == LAB_TYPE_REAL;
}

LabValue
lab_parameter_fallback (const LabParameter *parameter)
{
  if (types[parameter->type].fallback != NULL)
    return types[parameter->type].fallback (parameter);
  return types[parameter->type].from_number (parameter->fallback);
}

gboolean
lab_value_equal (LabKey key, LabValue a, LabValue b)
{
  return lab_type_equal (lab_parameter (key)->type, a, b);
}

double
lab_value_to_number (LabKey key, LabValue value)
{
  LabType type = lab_parameter (key)->type;

  g_return_val_if_fail (types[type].to_number != NULL, 0);
  return types[type].to_number (value);
}

LabValue
lab_value_from_number (LabKey key, double x)
{
  LabType type = lab_parameter (key)->type;

  g_return_val_if_fail (types[type].from_number != NULL, (LabValue){ 0 });
  return types[type].from_number (x);
}

char *
lab_format_real (double x)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (isinf (x))
    return g_strdup ("inf");

  for (int digits = 6; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (text, sizeof text, format, x);
      if (g_ascii_strtod (text, NULL) == x)
        break;
    }
  return g_strdup (text);
}
