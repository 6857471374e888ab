#pragma once

#include "figures-double-descent-private.h"

G_BEGIN_DECLS

/* "at m = 20", with markup: where the model is that the views show; of an ensemble it is one model that is
 * looked at. Free with g_free(). */
char *figures_look_place (const LabLook *look);

/* The same sentence and table for both views. */
void figures_look_verdict (GString *out, const LabAnswer *answer, const LabSpec *spec);
void figures_look_tabulate (GString *out, const LabAnswer *answer, const LabSpec *spec);

G_END_DECLS
