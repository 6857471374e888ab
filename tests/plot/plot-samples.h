#pragma once

#include "plot.h"

/* Figures shaped like those of the exhibits, from formulas: for the gallery and the tests. */

typedef struct
{
  const char *name;
  PlotFigure *(*make) (void);
} PlotSample;

/* What the exhibits let a curve of this style claim of the range in y. */
PlotClaim plot_sample_claim (PlotStyle style);

const PlotSample *plot_samples (guint *n_samples);

PlotFigure *plot_sample_double_descent (void);
PlotFigure *plot_sample_busy (void);    /* nine series, bands, markers, notes, a second axis */
PlotFigure *plot_sample_pins (guint n); /* and n pinned curves with long labels */
PlotFigure *plot_sample_interpolation (void); /* training error down to 1e-28 */
PlotFigure *plot_sample_learning_curve (void);
PlotFigure *plot_sample_learning_panels (void); /* two panels */
PlotFigure *plot_sample_learning_four (void);
PlotFigure *plot_sample_learning_near (void);  /* n to 1024 alone */
PlotFigure *plot_sample_learning_dense (void); /* 1985 points in each curve */
PlotFigure *plot_sample_linear (void);         /* stacked areas on linear axes */
PlotFigure *plot_sample_function (void);       /* points, mean and band; negative values */
PlotFigure *plot_sample_angles (void);         /* the same in degrees, no title: a small pane */
PlotFigure *plot_sample_spectrum (void);       /* and another */
PlotFigure *plot_sample_long (void);           /* 4000 points */
PlotFigure *plot_sample_matrix (void);         /* square, row 1 at the top */
PlotFigure *plot_sample_large_matrix (void);   /* 5184 cells */
PlotFigure *plot_sample_fields (void);         /* two images, a log axis, below zero, no value in a corner */
PlotFigure *plot_sample_areas (void);          /* and a handle */
PlotFigure *plot_sample_empty (void);
