#pragma once

#include <glib-object.h>

#include "lab-spec.h"

G_BEGIN_DECLS

/* The spec under the user's hands: one property per row of the parameter table ("noise", "depth",
 * ..., doubles, int64, uint, and text for points and paths), made from the table, and "spec", the
 * whole, which is notified once for each change. Setting a property to what is out of range leaves
 * the draft as it is. */
#define LAB_TYPE_DRAFT (lab_draft_get_type ())
G_DECLARE_FINAL_TYPE (LabDraft, lab_draft, LAB, DRAFT, GObject)

LabDraft *lab_draft_new (const LabSpec *spec);

const LabSpec *lab_draft_get_spec (LabDraft *self);
/* Replaces everything (another exhibit, a preset, a file). */
void lab_draft_set_spec (LabDraft *self, const LabSpec *spec);

/* Text typed by a person: refused with the reason, or applied and TRUE. */
gboolean lab_draft_parse (LabDraft *self, LabKey key, const char *text, GError **error);
gboolean lab_draft_set_value (LabDraft *self, LabKey key, LabValue value, GError **error);
/* Back to the default. */
void lab_draft_reset (LabDraft *self, LabKey key);

G_END_DECLS
