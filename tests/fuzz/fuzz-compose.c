#include "fuzz.h"

#include <math.h>
#include <string.h>

/* Specs made of an input's bytes: most of what raw bytes could spell is refused at the first letter. */

#define MOST_KEYS 16

static const char *const odd_values[] = {
  "0",
  "1",
  "-1",
  "inf",
  "-inf",
  "nan",
  "1e308",
  "-1e-300",
  "4.9e-324",
  "2.5",
  "1e15",
  "9007199254740993",
  "-9223372036854775808",
  "1e999",
  "0x10",
  "",
  " 3",
  "1,2,3,4,5",
  "true",
  "relu",
  "ntk",
  "é\n\"\\",
  "0,0",
};

static void
append_number (GString *out, double x)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_formatd (buffer, sizeof buffer, "%.9g", x));
}

static double
number_within (FuzzBytes *self, const LabRange *range)
{
  const double u = fuzz_unit (self);
  double x;

  if (range->scale == LAB_SCALE_LOG && range->minimum > 0)
    x = range->minimum * pow (range->maximum / range->minimum, u);
  else
    x = range->minimum + u * (range->maximum - range->minimum);
  return range->whole ? rint (x) : x;
}

static void
append_series (FuzzBytes *self, const LabExhibit *exhibit, GString *out)
{
  guint bits = fuzz_byte (self) | fuzz_byte (self) << 8;

  for (const LabSeriesType *series = exhibit->views->series; series->id != NULL; series++, bits >>= 1)
    if (bits & 1)
      g_string_append_printf (out, "%s%s", out->len > 0 ? "," : "", series->id);
}

char *
fuzz_value (FuzzBytes *self, const LabSpec *spec, LabKey key)
{
  const LabParameter *parameter = lab_parameter (key);
  const LabExhibit *exhibit = lab_spec_exhibit (spec);
  GString *out = g_string_new (NULL);
  LabRange range;

  if (fuzz_below (self, 8) == 7)
    g_string_append (out, odd_values[fuzz_below (self, G_N_ELEMENTS (odd_values))]);
  else if (parameter->type == LAB_TYPE_CHOICE || parameter->type == LAB_TYPE_VIEW)
    g_string_append (out, lab_exhibit_choice (exhibit, key,
                                              fuzz_below (self, lab_exhibit_n_choices (exhibit, key))));
  else if (parameter->type == LAB_TYPE_SET)
    append_series (self, exhibit, out);
  else
    {
      const guint count = parameter->type == LAB_TYPE_INTEGERS ? 1 + fuzz_below (self, 4) : 1;

      range = lab_spec_range (spec, key);
      for (guint i = 0; i < count; i++)
        {
          g_string_append (out, i > 0 ? "," : "");
          append_number (out, number_within (self, &range));
        }
    }
  return g_string_free (out, FALSE);
}

/* A number, a string, a list, or what no parameter can be. */
static void
append_json (FuzzBytes *self, const char *text, GString *out)
{
  g_autofree char *escaped = g_strescape (text, "é");
  const guint form = fuzz_below (self, 16);
  char *end;

  g_ascii_strtod (text, &end);
  if (form == 15)
    g_string_append (out, "null");
  else if (form == 14)
    g_string_append_printf (out, "{\"value\": [\"%s\", false]}", escaped);
  else if (form < 12 && *text != '\0' && *end == '\0' && g_ascii_isdigit (*text))
    g_string_append (out, text);
  else if (form < 12 && strchr (text, ',') != NULL && g_ascii_isdigit (*text))
    g_string_append_printf (out, "[%s]", text);
  else
    g_string_append_printf (out, "\"%s\"", escaped);
}

static const char *
pick_name (FuzzBytes *self)
{
  guint n_exhibits, n_presets, i;
  const LabExhibit *const *exhibits = lab_exhibits (&n_exhibits);
  const LabPreset *presets = lab_presets (&n_presets);

  i = fuzz_below (self, n_exhibits + n_presets);
  return i < n_exhibits ? exhibits[i]->id : presets[i - n_exhibits].id;
}

char *
fuzz_spec_text (FuzzBytes *self)
{
  const char *name = pick_name (self);
  g_autoptr (LabSpec) spec = lab_spec_new_named (name, NULL);
  const LabExhibit *exhibit = lab_spec_exhibit (spec);
  GString *out = g_string_new (NULL);
  int n_keys = 0;

  g_string_append_printf (out, "{\"exhibit\": \"%s\", \"parameters\": {",
                          fuzz_below (self, 2) ? name : exhibit->id);
  /* The view, which is the last, is drawn apart. */
  while (exhibit->keys[n_keys] != LAB_VIEW)
    n_keys++;
  for (int i = 0; i < MOST_KEYS && self->size > 0; i++)
    {
      const LabKey key = exhibit->keys[fuzz_below (self, n_keys)];
      g_autofree char *value = fuzz_value (self, spec, key);

      /* The ranges of later ones follow what was set. */
      lab_spec_parse (spec, key, value, NULL);
      g_string_append_printf (out, "%s\"%s\": ", i > 0 ? ", " : "", lab_parameter (key)->key);
      append_json (self, value, out);
    }
  if (self->size > 0 && fuzz_below (self, 4) == 3)
    {
      g_autofree char *view = fuzz_value (self, spec, LAB_VIEW);

      g_string_append (out, out->str[out->len - 1] == '{' ? "\"view\": " : ", \"view\": ");
      append_json (self, view, out);
    }
  g_string_append (out, "}}");
  return g_string_free (out, FALSE);
}
