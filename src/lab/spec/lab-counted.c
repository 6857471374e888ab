/* Values that count their owners: lists of points, and paths. */

#include "lab-value.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>

struct _LabPairs
{
  atomic_int references;
  guint count;
  LabPair pairs[];
};

struct _LabPath
{
  atomic_int references;
  char text[];
};

LabPairs *
lab_pairs_new (const LabPair *pairs, guint count)
{
  LabPairs *self;

  g_return_val_if_fail (count <= LAB_MAX_PAIRS, NULL);
  self = g_malloc (sizeof *self + count * sizeof *pairs);
  atomic_init (&self->references, 1);
  self->count = count;
  for (guint i = 0; i < count; i++)
    self->pairs[i] = pairs[i];
  return self;
}

LabPairs *
lab_pairs_ref (LabPairs *self)
{
  atomic_fetch_add (&self->references, 1);
  return self;
}

void
lab_pairs_unref (LabPairs *self)
{
  if (atomic_fetch_sub (&self->references, 1) == 1)
    g_free (self);
}

const LabPair *
lab_pairs_get (const LabPairs *self, guint *count)
{
  *count = self->count;
  return self->pairs;
}

/* A finite number of which nothing is left over; no zero has a sign. */
static gboolean
parse_number (const char *text, double *x)
{
  char *end;

  errno = 0;
  *x = g_ascii_strtod (text, &end) + 0.0;
  return end != text && *end == '\0' && isfinite (*x) && strpbrk (text, "xX") == NULL
         && !(errno == ERANGE && fabs (*x) < 1);
}

static gboolean
parse_pair (const char *text, LabPair *pair)
{
  g_auto (GStrv) words = g_strsplit (text, ":", -1);

  return g_strv_length (words) == 2 && parse_number (g_strstrip (words[0]), &pair->x)
         && parse_number (g_strstrip (words[1]), &pair->y);
}

LabPairs *
lab_pairs_parse (const LabParameter *parameter, const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  guint count = g_strv_length (words);
  LabPair pairs[LAB_MAX_PAIRS];

  if (count == 1 && *g_strstrip (words[0]) == '\0')
    return lab_pairs_new (NULL, 0);
  if (count > LAB_MAX_PAIRS)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_RANGE, _("%s takes up to %d points, not %u"),
                   parameter->key, LAB_MAX_PAIRS, count);
      return NULL;
    }
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *quoted = NULL;

      if (parse_pair (words[i], &pairs[i]))
        continue;
      quoted = lab_quote (g_strstrip (words[i]));
      g_set_error (error, LAB_ERROR, LAB_ERROR_SYNTAX,
                   _("%s is a list of points x:y, as in 1:0.5, 2:-1; “%s” is not one"),
                   parameter->key, quoted);
      return NULL;
    }
  return lab_pairs_new (pairs, count);
}

char *
lab_pairs_format (const LabPairs *self)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < self->count; i++)
    {
      g_autofree char *x = lab_format_real (self->pairs[i].x), *y = lab_format_real (self->pairs[i].y);

      g_string_append_printf (out, "%s%s:%s", i > 0 ? "," : "", x, y);
    }
  return g_string_free (out, FALSE);
}

/* NaN is outside. */
static gboolean
check_number (double x, double minimum, double maximum, const char *name,
              const LabParameter *parameter, GError **error)
{
  if (x >= minimum && x <= maximum)
    return TRUE;
  /* Translators: the x or y of a point in the list of a parameter: “each y of data must be …” */
  g_set_error (error, LAB_ERROR, LAB_ERROR_RANGE, _("each %s of %s must be in %g..%g, not %g"), name,
               parameter->key, minimum, maximum, x);
  return FALSE;
}

gboolean
lab_pairs_check (const LabPairs *self, const LabParameter *parameter, GError **error)
{
  for (guint i = 0; i < self->count; i++)
    if (!check_number (self->pairs[i].x, parameter->minimum, parameter->maximum, "x", parameter, error)
        || !check_number (self->pairs[i].y, parameter->y_minimum, parameter->y_maximum, "y",
                          parameter, error))
      return FALSE;
  return TRUE;
}

char *
lab_pairs_range_text (const LabParameter *parameter)
{
  return g_strdup_printf ("up to %d points x:y, x in %g..%g and y in %g..%g", LAB_MAX_PAIRS,
                          parameter->minimum, parameter->maximum, parameter->y_minimum,
                          parameter->y_maximum);
}

LabPath *
lab_path_new (const LabParameter *parameter, const char *text, GError **error)
{
  gsize size = strlen (text) + 1;
  LabPath *self;

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_autofree char *quoted = lab_quote (text);

      g_set_error (error, LAB_ERROR, LAB_ERROR_SYNTAX,
                   _("%s: the name “%s” is not UTF-8; give the file another one"), parameter->key,
                   quoted);
      return NULL;
    }
  self = g_malloc (sizeof *self + size);
  atomic_init (&self->references, 1);
  memcpy (self->text, text, size);
  return self;
}

LabPath *
lab_path_ref (LabPath *self)
{
  atomic_fetch_add (&self->references, 1);
  return self;
}

void
lab_path_unref (LabPath *self)
{
  if (atomic_fetch_sub (&self->references, 1) == 1)
    g_free (self);
}

const char *
lab_path_get (const LabPath *self)
{
  return self->text;
}
