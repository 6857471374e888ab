#pragma once

#include "lab-spec.h"

G_BEGIN_DECLS

/* Whether the values go together: LAB_ERROR_CONTRADICTION. @key, if not NULL, gets the parameter to
 * blame. */
gboolean lab_spec_check_values (const LabSpec *self, LabKey *key, GError **error);
/* And whether there is enough memory now: LAB_ERROR_SIZE. To be called once before a job, which does
 * not ask again. */
gboolean lab_spec_check (const LabSpec *self, LabKey *key, GError **error);

G_END_DECLS
