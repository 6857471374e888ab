#pragma once

#include "lab-parameter.h"

G_BEGIN_DECLS

/* A point of a list. */
typedef struct
{
  double x, y;
} LabPair;

#define LAB_MAX_PAIRS 50

/* At most LAB_MAX_PAIRS points in the order given: immutable and reference counted, for any thread. */
typedef struct _LabPairs LabPairs;

LabPairs *lab_pairs_new (const LabPair *pairs, guint count);
LabPairs *lab_pairs_ref (LabPairs *self);
void lab_pairs_unref (LabPairs *self);
const LabPair *lab_pairs_get (const LabPairs *self, guint *count);

/* "17:0.8, 57:-0.5"; "" is the empty list. @parameter: a row of type PAIRS, to name it in errors. Finite
 * numbers pass; lab_pairs_check() knows the ranges. */
LabPairs *lab_pairs_parse (const LabParameter *parameter, const char *text, GError **error);
/* "17:0.8,57:-0.5", in the shortest form that reads back the same; free with g_free(). */
char *lab_pairs_format (const LabPairs *self);
/* Refuses points outside the ranges of the row with LAB_ERROR_RANGE. */
gboolean lab_pairs_check (const LabPairs *self, const LabParameter *parameter, GError **error);
/* "up to 50 points x:y, …"; free with g_free(). */
char *lab_pairs_range_text (const LabParameter *parameter);

/* A path as it was given, or "" for none: immutable and reference counted, for any thread. Files of
 * parameters are UTF-8, and so is what stands in them. */
typedef struct _LabPath LabPath;

/* LAB_ERROR_SYNTAX where the name is not UTF-8. @parameter: a row of type FILE, to name it in errors. */
LabPath *lab_path_new (const LabParameter *parameter, const char *text, GError **error);
LabPath *lab_path_ref (LabPath *self);
void lab_path_unref (LabPath *self);
const char *lab_path_get (const LabPath *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabPairs, lab_pairs_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabPath, lab_path_unref)

/* A value of any type; which member counts is said by the parameter's type. */
typedef union
{
  gint64 integer; /* LAB_INFINITE: infinity */
  struct
  {
    guint count;
    int item[LAB_MAX_PANELS];
  } integers;
  double real;
  guint choice; /* of views, too */
  guint set;    /* bit i: the exhibit's i-th series */
  LabPairs *pairs;
  LabPath *path;
} LabValue;

#define LAB_INFINITE G_MININT64

gboolean lab_value_equal (LabKey key, LabValue a, LabValue b);

/* The same by type. Values of PAIRS and FILE count their owners; of other types these do nothing. */
gboolean lab_type_equal (LabType type, LabValue a, LabValue b);
LabValue lab_type_ref (LabType type, LabValue value);
void lab_type_unref (LabType type, LabValue value);
/* Whether it holds a number, for scales and sliders. */
gboolean lab_type_is_number (LabType type);
/* A value of its own, for the caller to unref: the row's `fallback`, or its `fallback_text`. */
LabValue lab_parameter_fallback (const LabParameter *parameter);

/* A value as a number (the first of several) and back. Not of PAIRS and FILE. */
double lab_value_to_number (LabKey key, LabValue value);
LabValue lab_value_from_number (LabKey key, double x);

/* The shortest text that reads back as the same number; "inf"; free with g_free(). */
char *lab_format_real (double x);

G_END_DECLS
