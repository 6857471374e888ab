#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a JSON text may be at most, but for long rows of numbers as a kernel matrix has, which are left empty in a
 * text that is larger: many times what the program writes. */
#define LAB_JSON_MOST_BYTES (4 << 20)
#define LAB_JSON_MOST_LEVELS 100

/* The root, never NULL without an error: LAB_ERROR_FILE, in one line that says where, for what is not
 * JSON, and for text beyond these bounds, before the parser sees it, since it calls itself for each level. */
JsonNode *lab_json_parse (const char *text, GError **error);

G_END_DECLS
