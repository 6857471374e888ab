#pragma once

#include <glib.h>

/* Under which files made by the program carry their spec. */
#define FIGURES_SPEC_KEY "tangent-lab-spec"

/* A number for a sentence, and Pango markup without its tags; free with g_free(). */
char *figures_number (double x, int digits);
char *figures_strip_markup (const char *markup);
