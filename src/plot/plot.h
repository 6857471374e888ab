#pragma once

/* Figures as values, one renderer for screen and files. Knows nothing of what it draws. */

#include "plot-colormap.h"
#include "plot-export.h"
#include "plot-figure.h"
#include "plot-number.h"
#include "plot-render.h"
#include "plot-scale.h"
#include "plot-theme.h"
#include "plot-limits.h"
