#include "ntk-infinite-private.h"

#include "ntk-vector.h"

/* The recursion for piecewise linear activations, whose Kdot has the angle between two points itself:
 * pq - r^2 would lose it from a hundredth of a radian on. So a pair carries, besides its covariance r,
 *   A = pq - r^2, the squared area between both, and
 *   G = p + q - 2|r|, the squared distance of one from the other or its opposite,
 * each to all its digits. With h = (a^2 + b^2)/2, F = (a - b)^2/(2 pi), S = sqrt (A) and the acute angle
 * theta = atan2 (S, |r|),
 *   K = c |r| + F (S - theta |r|),  c = h, and -ab where r < 0,
 * and from p', q', r' = w p h + v, w q h + v, w K + v, with w = sigma_w^2, v = sigma_b^2, H = w h, C = w c
 * and g = w F (S - theta |r|),
 *   A' = H^2 A + (H - C)(H + C) r^2 + v (H G + 2 (H - C)|r|) - g (2 (C |r| + v) + g),
 *   G' = H G + 2 (H - C)|r| - 2g,  or H G + 2 (H + C)|r| + 4v + 2g where r' < 0.
 * Between near points g is of third order: nothing cancels. */

/* Pairs of squared area below this times pq are near each other, or near opposite. */
#define NEAR 1e-2
/* Biases as a layer of its own, phi (u) = u. */
static const NtkKink identity = { .h = 1, .opposite = 1, .F = 0 };

NtkKink
ntk_kink (const NtkActivation *activation)
{
  const double a = activation->a, b = activation->b;

  return (NtkKink){ (a * a + b * b) / 2, a * b, (a - b) * (a - b) / (2 * G_PI) };
}

/* theta = atan2 (S, r) and S - r theta without cancellation, S and r not negative. */
static inline double
beyond_chord (double S, double r, double *theta)
{
  const double a = S < r ? S : r, b = S < r ? r : S;
  const gboolean steep = a > NTK_VECTOR_STEEP * b;
  const double z = (steep ? a - b : a) / (steep ? a + b : b > 0 ? b : 1);
  const double w = z * z, s = ntk_vector_atan_series (w);
  const double angle = (steep ? G_PI_4 : 0) + (z + z * w * s);

  *theta = S > r ? G_PI_2 - angle : angle;
  return steep || S > r ? S - r * *theta : -S * w * s;
}

/* K and Kdot of one layer for NTK_CHUNK pairs, and r, A and G of the next one in place. */
NTK_CLONES static void
advance_chunk (const NtkKink *kink, double weight, double bias, double *restrict r,
               double *restrict area, double *restrict gap, double *restrict k,
               double *restrict kdot)
{
  const double h = kink->h, opposite = kink->opposite, F = kink->F, H = weight * h;

  for (int i = 0; i < NTK_CHUNK; i++)
    {
      const double run = fabs (r[i]), c = r[i] < 0 ? -opposite : h, C = weight * c;
      double theta;
      const double rest = F * beyond_chord (sqrt (area[i]), run, &theta), g = weight * rest;
      const double apart = H * gap[i] + 2 * (H - C) * run;
      double next, squared;

      k[i] = c * run + rest;
      kdot[i] = r[i] < 0 ? opposite + F * theta : h - F * theta;
      next = weight * k[i] + bias;
      squared = H * H * area[i] + (H - C) * (H + C) * run * run + bias * apart
                - g * (2 * (C * run + bias) + g);
      area[i] = squared > 0 ? squared : 0;
      gap[i] = next < 0 ? H * gap[i] + 2 * (H + C) * run + 4 * bias + 2 * g : apart - 2 * g;
      r[i] = next;
    }
}

/* A and G between points that are not near: A = (m - |r|)(m + |r|) with m = sqrt (pq), in which the
 * ratio of p to q does not count. */
NTK_CLONES static void
measure_chunk (const double *restrict p, double q, const double *restrict r, double *restrict area,
               double *restrict gap)
{
  for (int i = 0; i < NTK_CHUNK; i++)
    {
      const double run = fabs (r[i]), mean = sqrt (p[i] * q);

      area[i] = (mean - run) * (mean + run);
      gap[i] = (p[i] - run) + (q - run);
    }
}

/* A and G of points whose angle is small, or near pi: from what of x' is across x, x' - t x with t = x.x'/x.x.
 * Each entry of that is rounded once, whatever the lengths of x and x'; what t's own rounding leaves of it
 * along x is taken off. */
NTK_CLONES static void
measure_near (const double *x, const double *y, int dim, double scale, double p, double r,
              double *area, double *gap)
{
  const double side = r < 0 ? 1 : -1, t = r / p;
  double along = 0, across = 0, distance = 0;

  for (int d = 0; d < dim; d++)
    {
      const double rest = fma (-t, x[d], y[d]), difference = y[d] + side * x[d];

      along += x[d] * rest;
      across += rest * rest;
      distance += difference * difference;
    }
  across -= along / p * scale * along;
  *area = MAX (p * (scale * across), 0);
  *gap = scale * distance;
}

void
ntk_kinked_add_biases (const NtkArchitecture *arch, int count, NtkKinkedPairs *pairs)
{
  double k[NTK_CHUNK], kdot[NTK_CHUNK];

  for (int i = count; i % NTK_CHUNK; i++)
    pairs->r[i] = pairs->area[i] = pairs->gap[i] = 1;
  for (int i = 0; i < count && arch->sigma_b2 > 0; i += NTK_CHUNK)
    advance_chunk (&identity, 1, arch->sigma_b2, pairs->r + i, pairs->area + i, pairs->gap + i, k,
                   kdot);
}

void
ntk_kinked_start (const NtkArchitecture *arch, const double *X, int row, int count, int column,
                  NtkKinkedPairs *pairs)
{
  const double scale = arch->sigma_w2 / arch->dim, *y = X + (gsize) column * arch->dim;

  for (int i = count; i % NTK_CHUNK; i++)
    pairs->p[i] = pairs->r[i] = 1;
  for (int i = 0; i < count; i += NTK_CHUNK)
    measure_chunk (pairs->p + i, pairs->q, pairs->r + i, pairs->area + i, pairs->gap + i);
  for (int i = 0; i < count; i++)
    if (pairs->area[i] < NEAR * pairs->p[i] * pairs->q)
      measure_near (X + (gsize) (row + i) * arch->dim, y, arch->dim, scale, pairs->p[i],
                    pairs->r[i], &pairs->area[i], &pairs->gap[i]);
  ntk_kinked_add_biases (arch, count, pairs);
}

void
ntk_kinked_advance (const NtkArchitecture *arch, const NtkKink *kink, int count,
                    NtkKinkedPairs *pairs, double *k, double *kdot)
{
  for (int i = 0; i < count; i += NTK_CHUNK)
    advance_chunk (kink, arch->sigma_w2, arch->sigma_b2, pairs->r + i, pairs->area + i,
                   pairs->gap + i, k + i, kdot + i);
}
