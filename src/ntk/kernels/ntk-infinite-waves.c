#include "ntk-infinite-private.h"

#include <math.h>

/* Beyond this covariance exp (-2|r|) is 0. */
#define FAR 375

static gboolean
any_far (int count, const double *r)
{
  for (int i = 0; i < count; i++)
    if (fabs (r[i]) > FAR)
      return TRUE;
  return FALSE;
}

void
ntk_waves_start (const NtkArchitecture *arch, const double *X, int row, int count, int column,
                 NtkKinkedPairs *pairs, double *p, double *q, double *r)
{
  if (!any_far (count, r))
    return;
  for (int i = 0; i < count; i++)
    {
      pairs->p[i] = p[i] - arch->sigma_b2;
      pairs->r[i] = r[i] - arch->sigma_b2;
    }
  pairs->q = q[0] - arch->sigma_b2;
  ntk_kinked_start (arch, X, row, count, column, pairs);
  for (int i = 0; i < count; i++)
    if (fabs (r[i]) > FAR)
      {
        r[i] = copysign (FAR, r[i]);
        p[i] = q[i] = FAR + pairs->gap[i] / 2;
      }
}
