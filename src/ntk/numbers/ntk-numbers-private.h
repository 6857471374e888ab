#pragma once

#include <complex.h>
#include <float.h>
#include <math.h>

#include <glib.h>

G_BEGIN_DECLS

/* Numbers that compilers and C libraries spell in different ways.
 *
 * Quad is binary128: long double where that is it, __float128 of clang on x86-64, else _Float128.
 * QUAD (0.1) is a constant to all its digits. The C library has the functions, though some
 * releases of its header hide them from clang. The build checks that all of it is there. */
#if LDBL_MANT_DIG == 113
typedef long double Quad;
#define QUAD(digits) digits##L
#define quad_sqrt sqrtl
#define quad_exp expl
#define quad_sin sinl
#define quad_cos cosl
#define quad_atan2 atan2l
#else
#ifdef __clang__
typedef __float128 Quad;
#define QUAD(digits) digits##Q
Quad sqrtf128 (Quad x);
Quad expf128 (Quad x);
Quad sinf128 (Quad x);
Quad cosf128 (Quad x);
Quad atan2f128 (Quad y, Quad x);
#else
typedef _Float128 Quad;
#define QUAD(digits) digits##f128
#endif
#define quad_sqrt sqrtf128
#define quad_exp expf128
#define quad_sin sinf128
#define quad_cos cosf128
#define quad_atan2 atan2f128
#endif

/* Of C11, but hidden from clang by the same headers. */
#ifndef CMPLX
#define CMPLX(re, im) __builtin_complex ((double) (re), (double) (im))
#endif

G_END_DECLS
