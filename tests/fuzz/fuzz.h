#pragma once

#include <figures.h>

G_BEGIN_DECLS

/* What every target has: reads an input and takes it to a part of the program. Whatever goes wrong
 * ends the process: a failed assertion, a critical, a sanitizer's complaint. Returns 0. libFuzzer calls
 * it with inputs of its own; fuzz-main.c with those kept in the tree. */
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);
/* Before the first. Returns 0. */
int LLVMFuzzerInitialize (int *argc, char ***argv);

/* An input as a source of choices; behind its end all of them are 0. */
typedef struct
{
  const guint8 *data;
  gsize size;
} FuzzBytes;

guint8 fuzz_byte (FuzzBytes *self);
guint fuzz_below (FuzzBytes *self, guint n);
double fuzz_unit (FuzzBytes *self);   /* in [0, 1] */
double fuzz_double (FuzzBytes *self); /* any, from its 8 bytes */
double fuzz_finite (FuzzBytes *self, double largest);

/* The text of a value for a parameter, most often one that it can have; free with g_free(). */
char *fuzz_value (FuzzBytes *self, const LabSpec *spec, LabKey key);
/* JSON of a spec, most often a sound one; free with g_free(). */
char *fuzz_spec_text (FuzzBytes *self);

/* Either a result or an error, whose message is one line of UTF-8. */
void fuzz_check_outcome (gboolean result, const GError *error);
/* A spec that was read is one that can be written and read again. */
void fuzz_check_spec (const LabSpec *spec);

G_END_DECLS
