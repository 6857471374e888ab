#pragma once

/* Exhibits as pictures and sentences. Text is translated by gettext; English where no catalogue
 * is bound, as on the command line. */

#include <lab.h>
#include <plot.h>

G_BEGIN_DECLS

/* Handles of a figure: the range over which slopes are taken, and its edges. */
#define FIGURES_SLOPE_RANGE "slope-range"
#define FIGURES_SLOPE_RANGE_FROM "slope-range-from"
#define FIGURES_SLOPE_RANGE_TO "slope-range-to"

/* The figure of the curves: title, axes, series, threshold, notes, the verdict as description, and
 * the parameters and version as metadata. @spec is what @curves were made for. */
PlotFigure *figures_build (const LabAnswer *answer, const LabSpec *spec);

/* Curves kept from before, to compare with. Pointers are borrowed. */
typedef struct
{
  guint number; /* 1, 2, ...: decides id and colour, and stays while others come and go */
  const LabAnswer *answer;
  const LabSpec *spec; /* of the curves */
} FiguresPin;

/* The same figure with the main series of the pins, below those of the present: ids "pin-1", or, of
 * exhibits with several, "pin-1-mirrored"; labels by figures_difference(), with the number of seeds where not
 * all are there. Pins that cannot be compared are left out, and so are those that differ in nothing and
 * series that @spec does not show. The metadata hold the parameters of each that is drawn ("pin-1", as the
 * figure's own) and its label in plain text ("pin-1-differs"). Several panels: each series is
 * drawn where D is its own, or else, if there are as many panels, in the panel of its place. */
PlotFigure *figures_build_with (const LabAnswer *answer, const LabSpec *spec,
                                const FiguresPin *pins, guint n_pins);

/* Whether curves of both can stand in one figure: same exhibit, same x. */
gboolean figures_can_compare (const LabSpec *pinned, const LabSpec *present);

/* What sets @pinned apart from @present: the values of those parameters that decide the curves
 * and differ, "L = 3, standard"; Pango markup, translated; NULL if there are none. These do not
 * count: the place of the cursor, what is shown beside the main curves, parameters that mean
 * nothing beside the others, and defaults that follow others. The two must be comparable
 * (figures_can_compare()). */
char *figures_difference (const LabSpec *pinned, const LabSpec *present);

/* Whether a pin is drawn: the two can be compared, and something differs. */
gboolean figures_draws_pin (const LabSpec *pinned, const LabSpec *present);

/* The style of a pin. */
PlotStyle figures_pin_style (guint number);

/* One to three sentences computed from the numbers, plain text. While seeds are still to come
 * they begin with how many there are so far; of a preview nothing else is said. */
char *figures_verdict (const LabAnswer *answer, const LabSpec *spec);
/* The same with the numbers in bold (Pango markup). */
char *figures_verdict_markup (const LabAnswer *answer, const LabSpec *spec);

/* "5 of 20 seeds": how many there are while more are to come; NULL where all are there, and for
 * previews. Free with g_free(). */
char *figures_seeds_so_far (const LabAnswer *answer);
/* The same as a sentence, "5 of 20 seeds so far.", and that of a preview. */
char *figures_so_far (const LabAnswer *answer);

/* What must be said about the numbers: cut-offs used, points left out, domains of theory.
 * Array of strings, NULL-terminated; free with g_strfreev(). */
char **figures_notes (const LabAnswer *answer, const LabSpec *spec);

/* What stands before a number along x, "<i>n</i> =" or "Angle": Pango markup, translated; free with g_free(). */
char *figures_x_name (const LabSpec *spec);

/* The read-out at the cursor in a panel, Pango markup of a few short lines. */
char *figures_reading (const LabReading *reading, const LabSpec *spec, guint panel);

/* The JSON contract of `run`, pretty-printed; seconds < 0 leaves the time out. */
char *figures_to_json (const LabAnswer *answer, const LabSpec *spec, double seconds);
/* The CSV contract of `run`. */
char *figures_to_csv (const LabAnswer *answer, const LabSpec *spec);
/* A table for people: one row per x. */
char *figures_to_table (const LabAnswer *answer, const LabSpec *spec);

/* "tangent-lab 0.2.0" */
const char *figures_program (void);

/* The largest file whose spec is read; for JSON there are lower limits beside this one. */
#define FIGURES_MOST_BYTES ((gsize) 256 << 20)

/* The spec that made a file: JSON (a spec, or what `run` wrote), CSV, also as spreadsheets write it, or
 * the metadata of a PNG, SVG or PDF. Text in UTF-8 or UTF-16. LAB_ERROR_FILE, in one line that says what it
 * is instead, or what lab_spec_from_text() refuses; G_FILE_ERROR where a file cannot be read. */
LabSpec *figures_read_spec (const char *path, GError **error);
/* The same, and into @scales, PLOT_N_AXES of them, the scales that the axes of an exported figure were put on;
 * NULL where these were its own. */
LabSpec *figures_read_drawn (const char *path, const PlotScale **scales, GError **error);
/* The same of what was read; @scales may be NULL. */
LabSpec *figures_parse_drawn (GBytes *bytes, const PlotScale **scales, GError **error);
/* The spec alone of what was read. */
LabSpec *figures_parse_spec (GBytes *bytes, GError **error);

G_END_DECLS
