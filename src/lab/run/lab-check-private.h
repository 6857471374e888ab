#pragma once

/* Private to lab: checks that more than one experiment makes. */

#include "lab-check.h"

G_BEGIN_DECLS

gboolean lab_check_range (const LabSpec *spec, LabKey *blamed, GError **error);
gboolean lab_check_target (const LabSpec *spec, LabKey *blamed, GError **error);
/* smaller: what would help if it were, "n-test or to". */
gboolean lab_check_memory (double need, const char *smaller, GError **error);

G_END_DECLS
