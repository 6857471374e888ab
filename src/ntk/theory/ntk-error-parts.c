#include "ntk-error-parts.h"

double
ntk_error_parts_total (const NtkErrorParts *self, double sigma, double alpha)
{
  return self->B + sigma * sigma * self->V + alpha * alpha * self->init;
}

NtkErrorParts
ntk_error_parts_ensemble (const NtkErrorParts *self, double K)
{
  NtkErrorParts mean = *self;

  g_return_val_if_fail (K >= 1, mean);

  mean.B = self->B_inf + (self->B - self->B_inf) / K;
  mean.V = self->V_inf + (self->V - self->V_inf) / K;
  mean.R_P = self->bias + (self->R_P - self->bias) / K;
  /* Signs of v are independent, so members' initial functions do not correlate. */
  mean.init = self->init / K;
  return mean;
}

double
ntk_noise_lower_bound (double p, double n)
{
  g_return_val_if_fail (p > 0 && n > 0, 0);

  return p >= n ? n / (p + 1 - n) : p / (n + 1 - p);
}
