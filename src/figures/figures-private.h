#pragma once

#include "figures.h"

G_BEGIN_DECLS

/* The key under which files made by the program carry their spec. */
#define FIGURES_SPEC_KEY "tangent-lab-spec"

/* How a view of an exhibit looks and what it says: a row for each of lab's. Functions may be NULL where a
 * comment says what that means. */
typedef struct
{
  const char *exhibit, *id;
  const char *x_key, *x_scale; /* for files: what lies along x; NULL: the parameter of the axis, log */
  const char *x_name;          /* what people call it, marked for translation; NULL likewise */
  void (*write_title) (GString *title, const LabAnswer *answer, const LabSpec *spec);
  /* Axes, series and what lies among them; y is the mean squared error already. */
  void (*fill) (PlotFigure *figure, const LabAnswer *answer, const LabSpec *spec);
  void (*verdict) (GString *out, const LabAnswer *answer, const LabSpec *spec); /* Pango markup */
  /* NULL: there is nothing to note. */
  void (*notes) (GStrvBuilder *notes, const LabAnswer *answer, const LabSpec *spec);
  /* Pango markup; NULL: there is no cursor. */
  void (*read) (GString *out, const LabReading *reading, const LabSpec *spec, guint panel);
  /* Rows for people. */
  void (*tabulate) (GString *out, const LabAnswer *answer, const LabSpec *spec);
  /* What a pin keeps: the ids of the series, and, if there are several, how they are told apart
   * (marked for translation). NULL-terminated; NULL: nothing. */
  const char *const *main, *const *main_names;
  /* JSON objects, separated by commas; NULL: nothing along x is marked. */
  void (*write_markers) (GString *out, const LabAnswer *answer, const LabSpec *spec);
  /* What a series is called for these values, Pango markup, not yet translated; NULL: as lab says. */
  const char *(*label) (const LabSeriesType *type, const LabSpec *spec);
  /* Which of `main` the pin keeps; NULL: all. */
  gboolean (*keeps) (const LabSpec *pinned, const char *id);
  /* Keys that say how much is drawn and change no curve, up to LAB_N_KEYS; NULL: none. */
  const LabKey *beside;
  const char *bound; /* the id of a theory that is a bound, and near to nothing; NULL: none */
} FiguresView;

/* The row of the spec's view. */
const FiguresView *figures_view (const LabSpec *spec);

/* Adds @drawn, which shows @series. A theory is drawn in its domain only: in full where it is
 * close to simulation, pale where it is less so, and not at all elsewhere. */
void figures_add_series (PlotFigure *figure, const LabSeries *series, const PlotSeries *drawn);
/* How near to simulation the theory that is shown was measured to be. */
void figures_note_theory (GStrvBuilder *notes, const LabAnswer *answer, const LabSpec *spec);

/* How many digits of an error a sentence and a read-out give. */
#define FIGURES_SAID 2
#define FIGURES_READ 3

/* Pango markup without its tags; free with g_free(). */
char *figures_strip_markup (const char *markup);
/* Pango markup with its symbols in italics, as in the figures: letters that stand alone, "at n = 20",
 * "O(1/n)". Words of one letter are none. Free with g_free(). */
char *figures_set_symbols (const char *markup);
/* "<b>33 times</b>", "<b>48 %</b> above", to be followed by what is smaller: a factor reads well from one
 * and a half on. "<b>far</b> above" an error that is zero but for rounding. */
#define FIGURES_LEAST_FACTOR 1.5
char *figures_factor (double high, double low);
/* figures_differ(): whether two errors differ by enough to be compared, 2 %. figures_digits():
 * with how many digits, `least` or a few more, two numbers have to be written so that they read
 * differently. */
gboolean figures_differ (double high, double low);
int figures_digits (double a, double b, int least);

void figures_append_network (GString *title, const LabSpec *spec);
/* "mirrored", "standard" or "α = 0.5" */
void figures_append_initialization (GString *out, const LabSpec *spec);
/* Adds what the pins keep. */
void figures_add_pins (PlotFigure *figure, const LabAnswer *answer, const LabSpec *spec,
                       const FiguresPin *pins, guint n_pins);
/* A right-aligned cell of a table. */
void figures_append_cell (GString *out, double x);

G_END_DECLS
