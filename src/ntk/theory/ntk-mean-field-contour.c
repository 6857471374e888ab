#include "ntk-mean-field-contour.h"

#include "ntk-mean-field-hyperbola.h"
#include "ntk-numbers-private.h"
#include "ntk-vector.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

/* The residual of gradient flow at time t is a superposition of those of ridge regression,
 * r_t = (1/2 pi i) integral of exp (t z) r_{R = n z} dz/z around the negative real axis, so its error is
 * a double integral over the cross terms of two ridges. The integrals are sums over the nodes of a
 * hyperbola that serves a window of times (Weideman and Trefethen 2007). */

#define NODES NTK_HYPERBOLA_NODES
#define PAIRS NTK_HYPERBOLA_PAIRS

#define NEWTON_TOLERANCE 1e-11
#define MOST_NEWTON 100
/* What rounding and the nodes leave of a sum that cancels, as a fraction of its terms. */
#define NOISE 1e-14
/* Power of a target, of 1 or so in all, that counts as unlearnt: of the degrees far beyond what any
 * n here learns. */
#define NO_POWER 1e-20

/* ---- Sums over the spectrum ---- */

typedef struct
{
  double re[NODES], im[NODES];
} Nodes;

/* With u = 1/(lambda + kappa): sum N lambda u, sum N lambda u^2, sum N s u, sum N s lambda u^2. */
typedef struct
{
  Nodes T1, T1u, S, Su;
} Sums;

typedef struct
{
  const NtkZonalSeries *series;
  NtkZonalEntry *entries; /* merged */
  guint n_entries;
  double trace;
} Spectrum;

static int
compare_entries (const void *a, const void *b)
{
  const NtkZonalEntry *x = a, *y = b;

  return (x->lambda < y->lambda) - (x->lambda > y->lambda);
}

/* Sums of N, N lambda, N s and power are kept. */
static void
merge (NtkZonalEntry *into, const NtkZonalEntry *entry)
{
  const double count = into->count + entry->count;
  const double a = into->count / count, b = entry->count / count;

  into->lambda = a * into->lambda + b * entry->lambda;
  into->s = a * into->s + b * entry->s;
  into->count = count;
  into->power += entry->power;
}

static void
spectrum_init (Spectrum *self, const NtkZonalSeries *series, double merged)
{
  NtkZonalEntry *entries = g_memdup2 (series->entries, series->n_entries * sizeof *entries);
  double first = INFINITY;
  guint n = 0;

  qsort (entries, series->n_entries, sizeof *entries, compare_entries);
  self->trace = series->lambda_rest;
  for (guint e = 0; e < series->n_entries; e++)
    {
      const NtkZonalEntry *entry = &entries[e];

      self->trace += entry->count * entry->lambda;
      if (n > 0 && entry->lambda * merged > first)
        merge (&entries[n - 1], entry);
      else
        {
          first = entry->lambda;
          entries[n++] = *entry;
        }
    }
  self->series = series;
  self->entries = entries;
  self->n_entries = n;
}

NTK_CLONES static void
add_entries (const NtkZonalEntry *entries, guint n_entries, const Nodes *kappa, Sums *sums)
{
  for (guint e = 0; e < n_entries; e++)
    {
      const double lambda = entries[e].lambda;
      const double a = entries[e].count * lambda, s = entries[e].count * entries[e].s;
      const double b = s * lambda;

      for (int j = 0; j < NODES; j++)
        {
          const double x = lambda + kappa->re[j], y = kappa->im[j], inverse = 1 / (x * x + y * y);
          const double re = x * inverse, im = -y * inverse;
          const double re2 = re * re - im * im, im2 = 2 * re * im;

          sums->T1.re[j] += a * re;
          sums->T1.im[j] += a * im;
          sums->T1u.re[j] += a * re2;
          sums->T1u.im[j] += a * im2;
          sums->S.re[j] += s * re;
          sums->S.im[j] += s * im;
          sums->Su.re[j] += b * re2;
          sums->Su.im[j] += b * im2;
        }
    }
}

static inline double complex
at (const Nodes *nodes, int j)
{
  return CMPLX (nodes->re[j], nodes->im[j]);
}

static inline void
put (Nodes *nodes, int j, double complex value)
{
  nodes->re[j] = creal (value);
  nodes->im[j] = cimag (value);
}

/* kappa (n - T1) = R by Newton's method, from a start in the upper half plane where all R are: a
 * root there is the one that is meant, for Im R/Im kappa = n (1 - g) is positive. `sums` are those of
 * the kappa that come out. Where as many directions are learnt as there are points, 1 - g is small and
 * rounding moves the root by that much more. */
static gboolean
solve (const Spectrum *spectrum, double n, const double complex *R, Nodes *kappa, Sums *sums)
{
  const double rest = spectrum->series->lambda_rest;

  for (int step = 0; step < MOST_NEWTON; step++)
    {
      double change = 0;
      Nodes next;

      memset (sums, 0, sizeof *sums);
      add_entries (spectrum->entries, spectrum->n_entries, kappa, sums);
      for (int j = 0; j < NODES; j++)
        {
          const double complex k = at (kappa, j), T1 = at (&sums->T1, j);
          const double complex slope = n - T1 + k * at (&sums->T1u, j);
          double complex by = (k * (n - T1) - rest - R[j]) / slope;

          /* Of the whole step: one halved again and again is a start that led nowhere. */
          change = MAX (change, cabs (by) / cabs (k) / (NEWTON_TOLERANCE + NOISE * n / cabs (slope)));
          while (cimag (k) <= cimag (by))
            by /= 2;
          put (&next, j, k - by);
        }
      if (change < 1)
        return TRUE;
      if (!isfinite (change))
        return FALSE;
      *kappa = next;
    }
  return FALSE;
}

/* ---- Cross terms ---- */

typedef struct
{
  double complex kappa, T1, T2, S1, S2; /* kappa T1 and sum N s v, v = kappa/(lambda + kappa) */
} Point;

/* Divided differences: sum N w_1 w_2 = (kappa_1 T1_1 - kappa_2 T1_2)/(kappa_1 - kappa_2) with w = 1 - v,
 * sum N s v_1 v_2 = (kappa_1 S1_2 - kappa_2 S1_1)/(kappa_1 - kappa_2). `sum` is sum b v_1 v_2, which is
 * summed directly: where the target is smooth the differences would cancel. */
static inline void
cross (double n, const Point *a, const Point *b, gboolean same, double complex sum,
       double complex *out)
{
  const double complex inverse = same ? 0 : 1 / (a->kappa - b->kappa);
  const double complex T12 = same ? a->T2 : (a->T1 - b->T1) * inverse;
  const double complex S12 = same ? a->S2 : (a->kappa * b->S1 - b->kappa * a->S1) * inverse;
  const double complex g = T12 / n, left = 1 / (1 - g);

  out[NTK_FLOW_B] = sum * left;
  out[NTK_FLOW_V] = g * left;
  out[NTK_FLOW_INIT] = S12 * left;
}

static inline Point
mirror (const Point *point)
{
  return (Point){ conj (point->kappa), conj (point->T1), 0, conj (point->S1), 0 };
}

static void
fill_points (const Spectrum *spectrum, const Nodes *kappa, const Sums *sums, Point *points)
{
  for (int j = 0; j < NODES; j++)
    {
      const double complex k = at (kappa, j), T1 = at (&sums->T1, j), S = k * at (&sums->S, j);

      points[j] = (Point){ k, k * T1, T1 - k * at (&sums->T1u, j), S + spectrum->series->s_rest,
                           S + spectrum->series->s_rest - k * at (&sums->Su, j) };
    }
}

/* sum b v_i v_j and sum b v_i conj v_j, laid out as the weights. */
NTK_CLONES static void
add_power (double power, const Nodes *v, double *sums)
{
  for (int i = 0, p = 0; i < NODES; p += NODES - i, i++)
    {
      const double re = power * v->re[i], im = power * v->im[i];
      double *restrict out = sums + p;

      for (int j = i; j < NODES; j++)
        {
          out[j - i] += re * v->re[j] - im * v->im[j];
          out[PAIRS + j - i] += re * v->im[j] + im * v->re[j];
          out[2 * PAIRS + j - i] += re * v->re[j] + im * v->im[j];
          out[3 * PAIRS + j - i] += im * v->re[j] - re * v->im[j];
        }
    }
}

static void
fill_power (const Spectrum *spectrum, const Nodes *kappa, double *sums)
{
  double rest = spectrum->series->power_rest;
  Nodes v;

  memset (sums, 0, 4 * PAIRS * sizeof (double));
  for (guint e = 0; e < spectrum->n_entries; e++)
    if (spectrum->entries[e].power > NO_POWER)
      {
        for (int j = 0; j < NODES; j++)
          put (&v, j, at (kappa, j) / (spectrum->entries[e].lambda + at (kappa, j)));
        add_power (spectrum->entries[e].power, &v, sums);
      }
    else
      rest += spectrum->entries[e].power;
  for (int j = 0; j < NODES; j++)
    put (&v, j, 1);
  add_power (rest, &v, sums);
}

/* The cross terms of all pairs, NTK_FLOW_PIECES columns laid out as the weights. */
static void
fill_cross (const Spectrum *spectrum, double n, const Nodes *kappa, const Sums *sums, double *terms)
{
  double power[4 * PAIRS];
  Point points[NODES];

  fill_points (spectrum, kappa, sums, points);
  fill_power (spectrum, kappa, power);
  for (int i = 0, p = 0; i < NODES; i++)
    for (int j = i; j < NODES; j++, p++)
      {
        const Point mirrored = mirror (&points[j]);
        double complex plain[NTK_FLOW_PIECES], mixed[NTK_FLOW_PIECES];

        cross (n, &points[i], &points[j], i == j, CMPLX (power[p], power[PAIRS + p]), plain);
        cross (n, &points[i], &mirrored, FALSE, CMPLX (power[2 * PAIRS + p], power[3 * PAIRS + p]),
               mixed);
        for (int piece = 0; piece < NTK_FLOW_PIECES; piece++)
          {
            double *column = terms + piece * 4 * PAIRS;

            column[p] = creal (plain[piece]);
            column[PAIRS + p] = cimag (plain[piece]);
            column[2 * PAIRS + p] = creal (mixed[piece]);
            column[3 * PAIRS + p] = cimag (mixed[piece]);
          }
      }
}

/* ---- One window ---- */

/* The nodes of the two n before at one window. */
typedef struct
{
  int known;
  Nodes last, before;
} Trace;

static void
guess (const Spectrum *spectrum, const Trace *trace, double n, const double complex *R,
       Nodes *kappa)
{
  for (int j = 0; j < NODES; j++)
    {
      const double complex last = at (&trace->last, j), before = at (&trace->before, j);
      double complex k = trace->known == 0 ? (R[j] + spectrum->trace) / n : last;

      if (trace->known > 1 && cimag (last * last / before) > 0)
        k = last * last / before;
      put (kappa, j, k);
    }
}

/* Nodes at R, followed from n to n where that serves. */
static gboolean
find_nodes (const Spectrum *spectrum, double n, const double complex *R, Trace *trace, Sums *sums)
{
  Nodes kappa;

  guess (spectrum, trace, n, R, &kappa);
  if (!solve (spectrum, n, R, &kappa, sums))
    {
      trace->known = 0;
      guess (spectrum, trace, n, R, &kappa);
      if (!solve (spectrum, n, R, &kappa, sums))
        return FALSE;
    }
  trace->before = trace->last;
  trace->last = kappa;
  trace->known++;
  return TRUE;
}

struct _NtkFlowContour
{
  Spectrum spectrum;
  NtkHyperbola contour;
  Trace traces[NTK_FLOW_WINDOWS];
};

NtkFlowContour *
ntk_flow_contour_new (const NtkZonalSeries *series, double merged)
{
  NtkFlowContour *self = g_new0 (NtkFlowContour, 1);

  spectrum_init (&self->spectrum, series, merged);
  ntk_hyperbola_init (&self->contour);
  return self;
}

void
ntk_flow_contour_free (NtkFlowContour *self)
{
  g_free (self->spectrum.entries);
  g_free (self);
}

/* Whether 1 - g is above rounding at all nodes. */
static gboolean
is_known (const Nodes *kappa, const Sums *sums, double n)
{
  for (int j = 0; j < NODES; j++)
    {
      const double complex T2 = at (&sums->T1, j) - at (kappa, j) * at (&sums->T1u, j);

      if (cabs (1 - T2 / n) < NTK_MEAN_FIELD_LEAST)
        return FALSE;
    }
  return TRUE;
}

static void
fill_unknown (double *pieces, double *noise)
{
  for (int i = 0; i < NTK_FLOW_TIMES * NTK_FLOW_PIECES; i++)
    pieces[i] = NAN;
  for (int piece = 0; piece < NTK_FLOW_PIECES; piece++)
    noise[piece] = 0;
}

/* With weight decay the flow is that of the ridges n z + R, by the same weights. */
static gboolean
eval (const NtkFlowContour *self, double n, double ridge, double start, Trace *trace, double *pieces,
      double *noise)
{
  double terms[NTK_FLOW_PIECES * 4 * PAIRS];
  double complex R[NODES];
  Sums sums;

  for (int j = 0; j < NODES; j++)
    R[j] = ridge + n * self->contour.z[j] / start;
  if (!find_nodes (&self->spectrum, n, R, trace, &sums))
    return FALSE;
  if (!is_known (&trace->last, &sums, n))
    {
      fill_unknown (pieces, noise);
      return TRUE;
    }
  fill_cross (&self->spectrum, n, &trace->last, &sums, terms);
  cblas_dgemm (CblasColMajor, CblasTrans, CblasNoTrans, NTK_FLOW_PIECES, NTK_FLOW_TIMES, 4 * PAIRS,
               1, terms, 4 * PAIRS, self->contour.weights[0], 4 * PAIRS, 0, pieces,
               NTK_FLOW_PIECES);
  for (int piece = 0; piece < NTK_FLOW_PIECES; piece++)
    {
      const double *column = terms + piece * 4 * PAIRS;

      noise[piece] = NOISE * fabs (column[cblas_idamax (4 * PAIRS, column, 1)]);
      for (int i = 0; i < NTK_FLOW_TIMES; i++)
        pieces[i * NTK_FLOW_PIECES + piece] = MAX (pieces[i * NTK_FLOW_PIECES + piece],
                                                   noise[piece]);
    }
  return TRUE;
}

gboolean
ntk_flow_contour_eval (NtkFlowContour *self, double n, int window, double *pieces, double *noise)
{
  const double start = NTK_MEAN_FIELD_FIRST_TIME * pow (10, window);

  return eval (self, n, 0, start, &self->traces[window], pieces, noise);
}

gboolean
ntk_flow_contour_start (const NtkFlowContour *self, double n, double R, double start,
                        double *pieces, double *noise)
{
  Trace trace = { 0 };

  return eval (self, n, R, start, &trace, pieces, noise);
}
