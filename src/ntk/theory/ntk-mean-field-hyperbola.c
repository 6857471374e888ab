#include "ntk-mean-field-hyperbola.h"

#include "ntk-numbers-private.h"

#include <math.h>

/* The angle at which the sum converges fastest, as exp (-pi (pi - 2 phi)/A NTK_HYPERBOLA_NODES). */
static double
spread (double phi, double ratio)
{
  return acosh (((G_PI - 2 * phi) * ratio + 4 * phi - G_PI) / ((4 * phi - G_PI) * sin (phi)));
}

static double
choose_angle (double ratio)
{
  double best = 1, rate = 0;

  for (double phi = G_PI / 4 + 0.01; phi < G_PI / 2; phi += 0.002)
    if ((G_PI - 2 * phi) / spread (phi, ratio) > rate)
      {
        rate = (G_PI - 2 * phi) / spread (phi, ratio);
        best = phi;
      }
  return best;
}

void
ntk_hyperbola_init (NtkHyperbola *self)
{
  const double ratio = pow (10, (NTK_FLOW_TIMES - 1.0) / NTK_FLOW_TIMES);
  const double phi = choose_angle (ratio), A = spread (phi, ratio), h = A / NTK_HYPERBOLA_NODES;
  const double mu = G_PI * (4 * phi - G_PI) / h / ratio;
  double complex step[NTK_HYPERBOLA_NODES];

  for (int i = 0; i < NTK_HYPERBOLA_NODES; i++)
    {
      const double u = (i + 0.5) * h;

      self->z[i] = mu * (1 - sin (phi) * cosh (u) + I * cos (phi) * sinh (u));
      step[i] = mu * (-sin (phi) * sinh (u) + I * cos (phi) * cosh (u)) * h / (2 * G_PI * I);
    }
  for (int column = 0; column < NTK_FLOW_TIMES; column++)
    {
      const double t = pow (10, (double) column / NTK_FLOW_TIMES);
      double *re = self->weights[column], *im = re + NTK_HYPERBOLA_PAIRS;
      double *re_mixed = re + 2 * NTK_HYPERBOLA_PAIRS, *im_mixed = re + 3 * NTK_HYPERBOLA_PAIRS;
      double complex c[NTK_HYPERBOLA_NODES];

      for (int i = 0; i < NTK_HYPERBOLA_NODES; i++)
        c[i] = cexp (t * self->z[i]) / self->z[i] * step[i];
      for (int i = 0, p = 0; i < NTK_HYPERBOLA_NODES; i++)
        for (int j = i; j < NTK_HYPERBOLA_NODES; j++, p++)
          {
            /* (i, j) and (j, i), and the complex conjugate of both. */
            const double times = i == j ? 2 : 4;
            const double complex plain = times * c[i] * c[j], mixed = times * c[i] * conj (c[j]);

            re[p] = creal (plain);
            im[p] = -cimag (plain);
            re_mixed[p] = creal (mixed);
            im_mixed[p] = -cimag (mixed);
          }
    }
}
