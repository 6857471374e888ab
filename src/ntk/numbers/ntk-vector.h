#pragma once

/* Elementary functions of blocks of numbers, written so that a compiler turns the loops around
 * them into vector code: no calls, no branches. Shared within the layer. */

#include <float.h>
#include <glib.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

/* Loops over this many numbers have no remainder in any vector unit, so that a number's result
 * does not depend on its place. */
#define NTK_CHUNK 64

/* Compiled for wider vector units as well, and chosen when the program starts, where the compiler
 * and the system can. Sanitizers cannot: the choice is made before they are ready. */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
#if __GNUC__ >= 12 && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define NTK_CLONES __attribute__ ((target_clones ("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#endif
#endif
#ifndef NTK_CLONES
#define NTK_CLONES
#endif

/* Before a loop: no iteration waits for another. */
#ifdef __clang__
#define NTK_INDEPENDENT _Pragma ("clang loop vectorize(assume_safety)")
#else
#define NTK_INDEPENDENT _Pragma ("GCC ivdep")
#endif

/* tan (pi/8) */
#define NTK_VECTOR_STEEP 0.41421356237309503

/* (atan z - z)/z^3 for |z| <= tan (pi/8), a polynomial in w = z^2 (Chebyshev interpolation, relative
 * error 6e-18). */
static inline double
ntk_vector_atan_series (double w)
{
  double s = -0x1.3a31b0297d745p-6;

  s = s * w + 0x1.4162bf84bf0bfp-5;
  s = s * w - 0x1.a0999c2994d42p-5;
  s = s * w + 0x1.dfe6497394f40p-5;
  s = s * w - 0x1.10fa77b104ae8p-4;
  s = s * w + 0x1.3b12630643e8ap-4;
  s = s * w - 0x1.745d0b28a7649p-4;
  s = s * w + 0x1.c71c71853d7c8p-4;
  s = s * w - 0x1.2492492436201p-3;
  s = s * w + 0x1.999999999934cp-3;
  return s * w - 0x1.5555555555555p-2;
}

/* atan2 (y, x) to an ulp or two: the smaller over the larger, then by tan (pi/8) to a quarter of
 * a right angle. 0 where both are 0. */
static inline double
ntk_vector_atan2 (double y, double x)
{
  const double rise = fabs (y), run = fabs (x);
  const double a = rise < run ? rise : run, b = rise < run ? run : rise;
  const gboolean steep = a > NTK_VECTOR_STEEP * b;
  const double large = b > 0 ? b : 1;
  const double z = (steep ? a - b : a) / (steep ? a + b : large);
  const double w = z * z;
  double angle = (steep ? G_PI_4 : 0) + (z + z * w * ntk_vector_atan_series (w));

  angle = rise > run ? G_PI_2 - angle : angle;
  angle = x < 0 ? G_PI - angle : angle;
  return y < 0 ? -angle : angle;
}

/* e^x and e^x - 1 for x below 700, each to an ulp or two; e^x vanishes below the smallest normal
 * number. x = k log 2 + f, and (e^f - 1 - f)/f^2 is a polynomial on |f| < log (2)/2 (Chebyshev
 * interpolation, relative error 1e-18). */
static inline double
ntk_vector_exp (double x, double *minus_one)
{
  const double shift = 0x1.8p52;
  const double large = x > -708 ? x : 0;
  const double shifted = large * M_LOG2E + shift;
  const double k = shifted - shift;
  const double f = (large - k * 0x1.62e42fefap-1) - k * 0x1.cf79abc9e3b3ap-40;
  double s = 0x1.1f7301a8efa5cp-29, scale, rest;
  uint64_t bits;

  memcpy (&bits, &shifted, sizeof bits);
  bits = (bits + 1023) << 52;
  memcpy (&scale, &bits, sizeof scale);
  s = s * f + 0x1.af4de6a36d4fcp-26;
  s = s * f + 0x1.27e4db653346ep-22;
  s = s * f + 0x1.71de0232f4775p-19;
  s = s * f + 0x1.a01a01a6d84aap-16;
  s = s * f + 0x1.a01a01abe78f9p-13;
  s = s * f + 0x1.6c16c16c162d5p-10;
  s = s * f + 0x1.11111111100dcp-7;
  s = s * f + 0x1.5555555555556p-5;
  s = s * f + 0x1.5555555555557p-3;
  s = s * f + 0.5;
  rest = scale * (f + f * f * s);
  *minus_one = x > -708 ? rest + (scale - 1) : -1;
  return x > -708 ? rest + scale : 0;
}
