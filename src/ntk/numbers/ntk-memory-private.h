#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For tests of what happens without memory: of the calls of ntk_try_alloc() and
 * ntk_try_alloc_items() from now on, in all threads, `count` fail from the k-th on; 0, 0: none. Returns
 * how many there were since the last call of this function. */
guint ntk_memory_fail (guint k, guint count);

G_END_DECLS
