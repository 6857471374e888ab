#include "lab-exhibit.h"

#include <string.h>

/* All exhibits, in the order in which they are offered. Each has its row in a folder of its own. */
#define EXHIBITS(ROW)               \
  ROW (lab_exhibit_double_descent)  \
  ROW (lab_exhibit_learning_curve)  \
  ROW (lab_exhibit_kernel)

#define DECLARE(row) extern const LabExhibit row;
#define POINT_AT(row) &row,

EXHIBITS (DECLARE)

static const LabExhibit *const exhibits[] = { EXHIBITS (POINT_AT) };

const LabExhibit *const *
lab_exhibits (guint *n_exhibits)
{
  *n_exhibits = G_N_ELEMENTS (exhibits);
  return exhibits;
}

const LabExhibit *
lab_exhibit_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (exhibits); i++)
    if (strcmp (exhibits[i]->id, id) == 0)
      return exhibits[i];
  return NULL;
}

/* Those of all exhibits one after the other, each with the id of its exhibit. */
static gpointer
collect_presets (gpointer unused)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (LabPreset));

  for (gsize i = 0; i < G_N_ELEMENTS (exhibits); i++)
    for (const LabPreset *p = exhibits[i]->presets; p != NULL && p->id != NULL; p++)
      {
        LabPreset preset = *p;

        preset.exhibit = exhibits[i]->id;
        g_array_append_val (all, preset);
      }
  return all;
}

const LabPreset *
lab_presets (guint *n_presets)
{
  static GOnce once = G_ONCE_INIT;
  GArray *all = g_once (&once, collect_presets, NULL);

  *n_presets = all->len;
  return (const LabPreset *) all->data;
}

const LabPreset *
lab_preset_find (const char *id)
{
  guint n;
  const LabPreset *presets = lab_presets (&n);

  for (guint i = 0; i < n; i++)
    if (strcmp (presets[i].id, id) == 0)
      return &presets[i];
  return NULL;
}

static gboolean
has_key (const LabKey *keys, LabKey key)
{
  for (; keys != NULL && *keys != LAB_N_KEYS; keys++)
    if (*keys == key)
      return TRUE;
  return FALSE;
}

gboolean
lab_exhibit_uses (const LabExhibit *self, LabKey key)
{
  return has_key (self->keys, key);
}

gboolean
lab_exhibit_is_chief (const LabExhibit *self, LabKey key)
{
  return has_key (self->chief, key);
}

const LabSeriesType *
lab_view_find_series (const LabView *self, const char *id)
{
  for (const LabSeriesType *type = self->series; type->id != NULL; type++)
    if (strcmp (type->id, id) == 0)
      return type;
  return NULL;
}

int
lab_exhibit_series (const LabExhibit *self, const char *id)
{
  const LabSeriesType *type = lab_view_find_series (self->views, id);

  return type != NULL ? (int) (type - self->views->series) : -1;
}

guint
lab_exhibit_n_choices (const LabExhibit *self, LabKey key)
{
  const LabParameter *p = lab_parameter (key);
  guint n = 0;

  if (p->type == LAB_TYPE_CHOICE)
    return g_strv_length ((char **) p->choices);
  g_return_val_if_fail (p->type == LAB_TYPE_VIEW, 0);
  while (self->views[n].id != NULL)
    n++;
  return n;
}

const char *
lab_exhibit_choice (const LabExhibit *self, LabKey key, guint i)
{
  if (i >= lab_exhibit_n_choices (self, key))
    return NULL;
  return lab_parameter (key)->type == LAB_TYPE_VIEW ? self->views[i].id : lab_parameter (key)->choices[i];
}

char *
lab_exhibit_list_choices (const LabExhibit *self, LabKey key)
{
  GString *out = g_string_new (NULL);
  const char *name;

  for (guint i = 0; (name = lab_exhibit_choice (self, key, i)) != NULL; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", name);
  return g_string_free (out, FALSE);
}
