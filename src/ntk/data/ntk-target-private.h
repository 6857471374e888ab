#pragma once

/* Private to the layer. */

#include "ntk-target.h"

G_BEGIN_DECLS

/* Whether the target has a kink, and with it power in even degrees that falls as nu^{-4},
 * nu = k + (D - 2)/2, with corrections in 1/nu^2. */
gboolean ntk_target_is_kinked (const char *name);

G_END_DECLS
