#include "app-words.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app-text.h"

static const char *
label_of (LabKey key)
{
  return gettext (lab_parameter (key)->label);
}

static char *
format_number (double x)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.15g", x);
  return app_text_from_number (text);
}

static char *
format_value (const LabSpec *spec, LabKey key)
{
  g_autofree char *text = lab_spec_format (spec, key);

  return app_text_from_number (text);
}

/* --- what is typed --- */

static const char *
range_format (const LabRange *range)
{
  /* Translators: all six: the label of a row, and the least and the largest number that it takes */
  if (range->whole)
    return range->or_infinity ? _("“%s” must be a whole number from %s to %s, or ∞")
                              : _("“%s” must be a whole number from %s to %s");
  if (range->or_zero)
    return range->or_infinity ? _("“%s” must be 0, a number from %s to %s, or ∞")
                              : _("“%s” must be 0 or a number from %s to %s");
  return range->or_infinity ? _("“%s” must be a number from %s to %s, or ∞")
                            : _("“%s” must be a number from %s to %s");
}

static guint
count_numbers (const char *typed)
{
  g_auto (GStrv) words = g_strsplit (typed, ",", -1);

  return g_strv_length (words);
}

char *
app_words_refusal (const LabSpec *spec, LabKey key, const char *typed)
{
  const LabRange range = lab_spec_range (spec, key);
  guint most = lab_spec_exhibit (spec)->max_panels;
  g_autofree char *minimum = format_number (range.minimum);
  g_autofree char *maximum = key == LAB_SEED ? g_strdup_printf ("%" G_GINT64_FORMAT, G_MAXINT64)
                                             : format_number (range.maximum);

  if (lab_parameter (key)->type == LAB_TYPE_INTEGERS && count_numbers (typed) > most)
    /* Translators: the label of a row */
    return g_strdup_printf (ngettext ("“%s” takes %u number", "“%s” takes up to %u numbers", most),
                            label_of (key), most);

  return g_strdup_printf (range_format (&range), label_of (key), minimum, maximum);
}

/* --- what does not go together --- */

static const struct
{
  LabKey low, high;
} spans[] = {
  { LAB_FROM, LAB_TO },
  { LAB_SLOPE_FROM, LAB_SLOPE_TO },
};

char *
app_words_order (const LabSpec *spec, LabKey key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      LabKey low = spans[i].low, high = spans[i].high, other = key == low ? high : low;
      g_autofree char *value = NULL;

      if ((key != low && key != high)
          || !(lab_value_to_number (low, lab_spec_value (spec, low))
               > lab_value_to_number (high, lab_spec_value (spec, high))))
        continue;

      value = format_value (spec, other);
      /* Translators: the labels of two rows, and the value of the second one */
      return g_strdup_printf (key == low ? _("“%s” must not be above “%s”, which is %s")
                                         : _("“%s” must not be below “%s”, which is %s"),
                              label_of (key), label_of (other), value);
    }

  return NULL;
}

static char *
say_axis (const LabSpec *spec)
{
  if (lab_spec_axis (spec) == LAB_WIDTH)
    /* Translators: the labels of two rows */
    return g_strdup_printf (_("What is infinitely wide has no width to sweep: choose another “%s” or “%s”"),
                            label_of (LAB_AXIS), label_of (LAB_MODEL));

  /* Translators: the labels of two rows */
  return g_strdup_printf (_("An ensemble averages over random weights, and this model has none: choose "
                            "another “%s” or “%s”"),
                          label_of (LAB_AXIS), label_of (LAB_MODEL));
}

/* Inputs off the sphere have fewer targets; a quadratic one needs two dimensions there as well. */
static gboolean
has_inputs (const LabSpec *spec)
{
  const char *inputs = lab_spec_choice_name (spec, LAB_INPUTS);

  return !lab_spec_matters (spec, LAB_INPUTS) || strcmp (inputs, "sphere") == 0
         || (strcmp (inputs, "gaussian") == 0
             && strcmp (lab_spec_choice_name (spec, LAB_TARGET), "published") != 0);
}

static char *
say_target (const LabSpec *spec)
{
  const LabParameter *target = lab_parameter (LAB_TARGET), *inputs = lab_parameter (LAB_INPUTS);

  if (!has_inputs (spec))
    /* Translators: a target, kinds of inputs, and the labels of two rows */
    return g_strdup_printf (_("There is no target “%s” with the inputs “%s”: choose another “%s” or “%s”"),
                            gettext (target->choice_labels[lab_spec_choice (spec, LAB_TARGET)]),
                            gettext (inputs->choice_labels[lab_spec_choice (spec, LAB_INPUTS)]),
                            label_of (LAB_TARGET), label_of (LAB_INPUTS));

  /* Translators: a target, and the labels of two rows */
  return g_strdup_printf (_("The target “%s” is constant in so few dimensions: choose another “%s” or a "
                            "larger “%s”"),
                          gettext (target->choice_labels[lab_spec_choice (spec, LAB_TARGET)]),
                          label_of (LAB_TARGET), label_of (LAB_DIM));
}

static char *
say_slow_dims (const LabSpec *spec)
{
  g_autofree char *value = format_value (spec, LAB_DIM);

  return g_strdup_printf (_("“%s” must not be above “%s”, which is %s"), label_of (LAB_SLOW_DIMS),
                          label_of (LAB_DIM), value);
}

static char *
say_power (LabKey power)
{
  /* Translators: the label of a row */
  return g_strdup_printf (_("“%s” must be 0: there are no coordinates that could bring it"),
                          label_of (power));
}

static char *
say_slow_power (const LabSpec *spec)
{
  return say_power (LAB_SLOW_POWER);
}

static char *
say_fast_power (const LabSpec *spec)
{
  return say_power (LAB_FAST_POWER);
}

static char *
say_kernel (const LabSpec *spec)
{
  const LabParameter *kernel = lab_parameter (LAB_KERNEL);

  /* Translators: a kernel, as "NNGP", the label of a row, that of another one, and another kernel */
  return g_strdup_printf (_("“%s” is a kernel of infinite width: set “%s” to ∞ or “%s” to “%s”"),
                          gettext (kernel->choice_labels[lab_spec_choice (spec, LAB_KERNEL)]),
                          label_of (LAB_WIDTH), label_of (LAB_KERNEL),
                          gettext (kernel->choice_labels[LAB_KERNEL_NTK]));
}

/* By the parameter to blame. */
static const struct
{
  LabKey blamed;
  char *(*say) (const LabSpec *spec);
} sayings[] = {
  { LAB_AXIS, say_axis },
  { LAB_TARGET, say_target },
  { LAB_SLOW_DIMS, say_slow_dims },
  { LAB_SLOW_POWER, say_slow_power },
  { LAB_FAST_POWER, say_fast_power },
  { LAB_WIDTH, say_kernel },
};

/* Which rows are meant where lab names parameters by their keys, to be made smaller because memory is short. */
static const struct
{
  const char *keys;
  LabKey rows[3]; /* LAB_N_KEYS: none */
} smaller[] = {
  { "n-train, n-test or to", { LAB_N_TRAIN, LAB_N_TEST, LAB_TO } },
  { "seeds, points or to", { LAB_SEEDS, LAB_POINTS, LAB_TO } },
  { "to or n-test", { LAB_TO, LAB_N_TEST, LAB_N_KEYS } },
  { "n-train or width", { LAB_N_TRAIN, LAB_WIDTH, LAB_N_KEYS } },
  { "width or depth", { LAB_WIDTH, LAB_DEPTH, LAB_N_KEYS } },
};

static char *
name_rows (const LabKey *rows)
{
  if (rows[2] == LAB_N_KEYS)
    /* Translators: the labels of two rows */
    return g_strdup_printf (_("“%s” or “%s”"), label_of (rows[0]), label_of (rows[1]));

  /* Translators: the labels of three rows */
  return g_strdup_printf (_("“%s”, “%s” or “%s”"), label_of (rows[0]), label_of (rows[1]),
                          label_of (rows[2]));
}

static char *
say_size (const char *message)
{
  for (gsize i = 0; i < G_N_ELEMENTS (smaller); i++)
    {
      const char *found = strstr (message, smaller[i].keys);
      g_autofree char *before = NULL;
      g_autofree char *rows = NULL;

      if (found == NULL)
        continue;

      before = g_strndup (message, found - message);
      rows = name_rows (smaller[i].rows);
      return g_strconcat (before, rows, found + strlen (smaller[i].keys), NULL);
    }

  return g_strdup (message);
}

static char *
say_contradiction (const LabSpec *spec, LabKey blamed)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sayings); i++)
    if (sayings[i].blamed == blamed)
      return sayings[i].say (spec);

  return app_words_order (spec, blamed);
}

char *
app_words_error (const LabSpec *spec, LabKey blamed, const GError *error)
{
  g_autofree char *words = NULL;

  if (g_error_matches (error, LAB_ERROR, LAB_ERROR_CONTRADICTION))
    words = say_contradiction (spec, blamed);
  else if (g_error_matches (error, LAB_ERROR, LAB_ERROR_SIZE))
    words = say_size (error->message);

  return app_text_to_sentence (words != NULL ? words : error->message);
}

gboolean
app_words_can_choose (const LabSpec *spec, LabKey key, guint choice, char **reason)
{
  g_autoptr (LabSpec) chosen = lab_spec_copy (spec);
  g_autoptr (GError) error = NULL;
  LabKey blamed;

  if (!lab_spec_set (chosen, key, (LabValue) { .choice = choice }, NULL)
      || lab_spec_check_values (chosen, &blamed, &error) || !lab_spec_check_values (spec, NULL, NULL))
    return TRUE;

  *reason = app_words_error (chosen, blamed, error);
  return FALSE;
}
