#pragma once

#include "ntk-finite-d.h"

G_BEGIN_DECLS

/* The ridge R = n lambda of least expected error at noise sigma and initial scale alpha, by
 * ntk_finite_d(), whose arguments and spectra these are (N may be INFINITY). The error there is
 * filled in `out`. R is 0 where no ridge is best, INFINITY where predicting 0 is. */
double ntk_tuned_ridge (const NtkSpectrum *spectrum, const double *power, double n, double N,
                        double sigma, double alpha, NtkErrorParts *out);

/* The smallest lambda from which on the error over the width, N in [from, to], has no peak: nowhere
 * more than NTK_PEAK_HEIGHT, as a fraction, above both the least error left of it and the least
 * right of it. Looked at on a log grid of NTK_PEAK_WIDTHS widths and at N = n. NTK_ERROR_DOMAIN with
 * a reason where there is no peak down to NTK_PEAK_LEAST, or still one at NTK_PEAK_MOST. */
#define NTK_PEAK_HEIGHT 0.02
#define NTK_PEAK_WIDTHS 48
#define NTK_PEAK_LEAST 1e-9
#define NTK_PEAK_MOST 1e2
gboolean ntk_peak_ridge (const NtkSpectrum *spectrum, const double *power, double n, double from,
                         double to, double sigma, double alpha, double *lambda, GError **error);

G_END_DECLS
