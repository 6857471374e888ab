/* The views of an exhibit beside its main one, by what computes them. */

#include "app-view-list.h"

#include <figures.h>

#include "app-shown.h"
#include "app-words.h"

static void
group_free (gpointer data)
{
  AppViewGroup *self = data;

  lab_runner_stop (self->runner);
  g_object_unref (self->runner);
  g_clear_pointer (&self->drawn, lab_result_unref);
  g_clear_pointer (&self->spec, lab_spec_free);
  g_free (self);
}

static void
slot_forget (AppViewSlot *self)
{
  g_clear_pointer (&self->answer, lab_answer_free);
  g_clear_pointer (&self->figure, plot_figure_unref);
}

static void
slot_free (gpointer data)
{
  slot_forget (data);
  g_free (data);
}

/* Before its runner is stopped, which notifies. */
static void
clear_views (AppViewList *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    g_signal_handlers_disconnect_by_data (((AppViewGroup *) self->groups->pdata[i])->runner, self->owner);
  g_ptr_array_set_size (self->slots, 0);
  g_ptr_array_set_size (self->groups, 0);
}

void
app_view_list_init (AppViewList *self, gpointer owner, GCallback news)
{
  *self = (AppViewList) { .owner = owner, .news = news };
  self->groups = g_ptr_array_new_with_free_func (group_free);
  self->slots = g_ptr_array_new_with_free_func (slot_free);
}

void
app_view_list_clear (AppViewList *self)
{
  clear_views (self);
  self->exhibit = NULL;
}

void
app_view_list_free (AppViewList *self)
{
  g_ptr_array_unref (self->slots);
  g_ptr_array_unref (self->groups);
}

static AppViewGroup *
find_group (AppViewList *self, const LabExperiment *work)
{
  AppViewGroup *group;

  for (guint i = 0; i < self->groups->len; i++)
    if (((AppViewGroup *) self->groups->pdata[i])->work == work)
      return self->groups->pdata[i];

  group = g_new0 (AppViewGroup, 1);
  group->work = work;
  group->runner = lab_runner_new ();
  g_signal_connect_object (group->runner, "notify::result", self->news, self->owner, G_CONNECT_SWAPPED);
  g_signal_connect_object (group->runner, "notify::error", self->news, self->owner, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->groups, group);
  return group;
}

/* All but the main one; those that follow a cursor need one. */
gboolean
app_view_list_follow (AppViewList *self, const LabSpec *spec)
{
  const LabExhibit *exhibit = lab_spec_exhibit (spec);
  LabKey key;

  if (self->exhibit == exhibit)
    return FALSE;

  clear_views (self);
  self->exhibit = exhibit;
  for (const LabView *view = exhibit->views + 1; view->id != NULL; view++)
    {
      AppViewSlot *slot;

      if (view->follows_cursor && !app_shown_find_cursor (spec, &key))
        continue;
      slot = g_new0 (AppViewSlot, 1);
      slot->view = view;
      slot->group = find_group (self, view->work);
      g_ptr_array_add (self->slots, slot);
    }
  return TRUE;
}

static LabSpec *
spec_of_view (const LabSpec *spec, const LabView *view)
{
  LabSpec *copy = lab_spec_copy (spec);

  lab_spec_parse (copy, LAB_VIEW, view->id, NULL);
  return copy;
}

static const AppViewSlot *
first_of (AppViewList *self, const AppViewGroup *group)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      const AppViewSlot *slot = self->slots->pdata[i];

      if (slot->group == group)
        return slot;
    }
  g_assert_not_reached ();
}

/* With what recombines taken from @draft; FALSE: the figures are these already. */
static gboolean
show (AppViewList *self, AppViewGroup *group, const LabSpec *draft)
{
  LabResult *result = lab_runner_get_result (group->runner);
  g_autoptr (LabSpec) spec = app_shown_spec (draft, result);

  if (group->drawn == result && lab_spec_equal (group->spec, spec))
    return FALSE;

  g_clear_pointer (&group->drawn, lab_result_unref);
  g_clear_pointer (&group->spec, lab_spec_free);
  group->drawn = lab_result_ref (result);
  for (guint i = 0; i < self->slots->len; i++)
    {
      AppViewSlot *slot = self->slots->pdata[i];
      g_autoptr (LabSpec) own = spec_of_view (spec, slot->view);

      if (slot->group != group)
        continue;
      slot_forget (slot);
      slot->answer = lab_answer_new (result, own);
      slot->figure = figures_build (slot->answer, own);
    }
  group->spec = g_steal_pointer (&spec);
  return TRUE;
}

static gboolean
update_group (AppViewList *self, AppViewGroup *group, const LabSpec *draft)
{
  g_autoptr (LabSpec) spec = spec_of_view (draft, first_of (self, group)->view);

  if (lab_spec_check (spec, NULL, NULL))
    lab_runner_submit (group->runner, spec);
  return lab_runner_get_result (group->runner) != NULL && show (self, group, spec);
}

gboolean
app_view_list_update (AppViewList *self, const LabSpec *draft)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < self->groups->len; i++)
    changed |= update_group (self, self->groups->pdata[i], draft);
  return changed;
}

void
app_view_list_stop (AppViewList *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    lab_runner_stop (((AppViewGroup *) self->groups->pdata[i])->runner);
}

guint
app_view_list_count_jobs (const AppViewList *self)
{
  guint jobs = 0;

  for (guint i = 0; i < self->groups->len; i++)
    jobs += lab_runner_get_jobs (((AppViewGroup *) self->groups->pdata[i])->runner);
  return jobs;
}

gboolean
app_view_list_is_behind (const AppViewList *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      const AppViewGroup *group = self->groups->pdata[i];

      if (group->drawn != NULL && !lab_runner_is_current (group->runner))
        return TRUE;
    }
  return FALSE;
}

/* What the figures of one work say, or why there are no newer ones; NULL: nothing yet. */
static char *
say (AppViewList *self, const AppViewGroup *group, const LabSpec *draft)
{
  const GError *error = lab_runner_get_error (group->runner);
  const AppViewSlot *slot = first_of (self, group);
  g_autofree char *words = NULL;

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      words = app_words_error (draft, LAB_N_KEYS, error);
      return g_markup_escape_text (words, -1);
    }
  return slot->answer != NULL ? figures_verdict_markup (slot->answer, group->spec) : NULL;
}

char *
app_view_list_say (AppViewList *self, const LabSpec *draft)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < self->groups->len; i++)
    {
      g_autofree char *said = say (self, self->groups->pdata[i], draft);

      if (said != NULL)
        g_string_append_printf (all, "%s%s", all->len > 0 ? " " : "", said);
    }
  return g_string_free (all, all->len == 0);
}

const AppViewSlot *
app_view_list_get (const AppViewList *self, guint i)
{
  return self->slots->pdata[i];
}
