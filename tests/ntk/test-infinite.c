#include "fixture.h"

#include "ntk-numbers-private.h"

#include <lapacke.h>

/* ReLU with the defaults on the sphere: NNGP (x, x) = 1, NTK (x, x) = L + 1, to rounding. */
static void
test_diagonal (void)
{
  enum
  {
    DIM = 7,
    TRAIN = 5,
    POINTS = 9
  };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", DIM);
  g_autoptr (NtkStreams) streams = ntk_streams_new (6, 0);
  g_autofree double *X = fixture_inputs (streams, DIM, TRAIN, POINTS);
  double kernel[TRAIN * POINTS], nngp[TRAIN * POINTS], diag[POINTS];
  g_autoptr (GError) error = NULL;

  for (arch.depth = 1; arch.depth <= 10; arch.depth++)
    {
      g_assert_true (ntk_infinite_kernel (&arch, X, TRAIN, POINTS, kernel, nngp, diag, &error));
      for (int j = 0; j < TRAIN; j++)
        {
          assert_rel (nngp[j * POINTS + j], 1, 1e-13, "NNGP diagonal, depth %d", arch.depth);
          assert_rel (kernel[j * POINTS + j], arch.depth + 1, 1e-13, "NTK diagonal, depth %d",
                      arch.depth);
        }
      for (int i = 0; i < POINTS; i++)
        assert_rel (diag[i], 1, 1e-13, "variance of f_0, depth %d", arch.depth);
    }
}

/* Equation by equation for one pair of points off the sphere. */
static void
recursion_by_hand (const NtkArchitecture *arch, const double *x, const double *y, double *nngp,
                   double *ntk)
{
  double p = 0, q = 0, r = 0, t, k = 0, kdot = 0;

  for (int d = 0; d < arch->dim; d++)
    {
      p += arch->sigma_w2 * x[d] * x[d] / arch->dim;
      q += arch->sigma_w2 * y[d] * y[d] / arch->dim;
      r += arch->sigma_w2 * x[d] * y[d] / arch->dim;
    }
  p += arch->sigma_b2;
  q += arch->sigma_b2;
  t = r += arch->sigma_b2;
  for (int layer = 1;; layer++)
    {
      double kp, kq;

      arch->activation.type->dual (&arch->activation, 1, &p, &q, &r, &k, &kdot);
      arch->activation.type->dual (&arch->activation, 1, &p, &p, &p, &kp, NULL);
      arch->activation.type->dual (&arch->activation, 1, &q, &q, &q, &kq, NULL);
      if (layer == arch->depth)
        break;
      p = arch->sigma_w2 * kp + arch->sigma_b2;
      q = arch->sigma_w2 * kq + arch->sigma_b2;
      r = arch->sigma_w2 * k + arch->sigma_b2;
      t = r + arch->sigma_w2 * kdot * t;
    }
  *nngp = arch->sigma_v2 * k;
  *ntk = arch->sigma_v2 * (k + kdot * t);
}

static void
test_recursion (void)
{
  enum
  {
    DIM = 4,
    TRAIN = 3,
    POINTS = 8
  };
  const char *const names[] = { "relu", "leaky-relu", "abs", "erf" };
  g_autoptr (NtkStreams) streams = ntk_streams_new (6, 1);
  g_autofree double *X = fixture_inputs (streams, DIM, TRAIN, POINTS);
  double kernel[TRAIN * POINTS], nngp[TRAIN * POINTS], alone[TRAIN * POINTS], diag[POINTS];
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < DIM * POINTS; i++)
    X[i] *= 1 + 0.05 * (i / DIM);
  for (guint a = 0; a < G_N_ELEMENTS (names); a++)
    for (int depth = 1; depth <= 3; depth++)
      {
        NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, names[a], DIM);

        arch.depth = depth;
        arch.sigma_b2 = 0.3;
        arch.sigma_v2 = 1.4;
        g_assert_true (ntk_infinite_kernel (&arch, X, TRAIN, POINTS, kernel, nngp, diag, &error));
        g_assert_true (ntk_infinite_kernel (&arch, X, TRAIN, POINTS, alone, NULL, NULL, &error));
        g_assert_cmpmem (alone, sizeof alone, kernel, sizeof kernel);
        for (int j = 0; j < TRAIN; j++)
          for (int i = 0; i < POINTS; i++)
            {
              double want_nngp, want_ntk;

              recursion_by_hand (&arch, X + i * DIM, X + j * DIM, &want_nngp, &want_ntk);
              assert_abs (nngp[j * POINTS + i], want_nngp, 1e-13, "NNGP of %s, depth %d", names[a],
                          depth);
              assert_abs (kernel[j * POINTS + i], want_ntk, 1e-7 * (i == j) + 1e-12,
                          "NTK of %s, depth %d", names[a], depth);
              if (i == j)
                g_assert_cmpfloat (diag[i], ==, nngp[j * POINTS + i]);
            }
      }
}

/* The recursion once more, written down from its formulas in long double: of the library it uses
 * nothing but the names. */
typedef long double Real;

#define PI acosl (-1.0L)

typedef struct
{
  Real k, kdot;
} Dual;

static Dual
reference_kinked (Real a, Real b, Real p, Real q, Real r)
{
  const Real sine = sqrtl (MAX (p * q - r * r, 0)), angle = atan2l (sine, r);
  const Real F = (a - b) * (a - b) / (2 * PI);
  const Real kdot = (a * a + b * b) / 2 - F * angle;

  return (Dual){ F * sine + kdot * r, kdot };
}

static Dual
reference_erf (Real p, Real q, Real r)
{
  const Real E = (1 + 2 * p) * (1 + 2 * q);

  return (Dual){ 2 / PI * asinl (2 * r / sqrtl (E)), 4 / PI / sqrtl (E - 4 * r * r) };
}

static Dual
reference_gelu (Real p, Real q, Real r)
{
  const Real E = (1 + p) * (1 + q), Q = sqrtl (E - r * r), A = asinl (r / sqrtl (E));

  return (Dual){ ((r * r + p * q * Q * Q) / (E * Q) + r * A) / (2 * PI) + r / 4,
                 (1 / (Q * Q) + (1 - p * q) / E + 1) * r / (2 * PI * Q) + 0.25L + A / (2 * PI) };
}

static Dual
reference_waves (Real p, Real q, Real r)
{
  const Real scale = expl (-(p + q) / 2);

  return (Dual){ scale * sinhl (r), scale * coshl (r) };
}

/* tanh or x/(1 + e^-x), by the trapezoidal rule in the plane. */
static Dual
reference_plane (gboolean swish, Real p, Real q, Real r)
{
  const int half = 9 * 13;
  const double h = 1.0 / 13, along = r / sqrtl (p), across = sqrtl (MAX (q - r * r / p, 0));
  double weight[2 * 9 * 13 + 1];
  Dual dual = { 0, 0 };

  for (int j = -half; j <= half; j++)
    weight[j + half] = exp (-j * h * j * h / 2);
  for (int i = -half; i <= half; i++)
    {
      const double x = i * h;
      double sums[2] = { 0, 0 }, u = sqrt ((double) p) * x, phi = 0, dphi = 0;

      for (int j = -half; j <= half + 1; j++)
        {
          /* The last turn is for u itself. */
          const double v = j <= half ? along * x + across * j * h : u;
          const double e = exp (swish ? -v : -2 * v), s = 1 / (1 + e);

          /* tanh v = 2/(1 + e^-2v) - 1. */
          phi = swish ? v * s : 2 * s - 1;
          dphi = swish ? s + v * s * (1 - s) : 4 * e * s * s;
          sums[0] += j <= half ? phi * weight[j + half] : 0;
          sums[1] += j <= half ? dphi * weight[j + half] : 0;
        }
      dual.k += phi * sums[0] * weight[i + half] * h * h / (2 * PI);
      dual.kdot += dphi * sums[1] * weight[i + half] * h * h / (2 * PI);
    }
  return dual;
}

static Dual
reference_dual (const char *name, Real p, Real q, Real r)
{
  Dual waves = reference_waves (p, q, r);

  if (strcmp (name, "relu") == 0)
    return reference_kinked (0, 1, p, q, r);
  if (strcmp (name, "leaky-relu") == 0)
    return reference_kinked (0.1, 1, p, q, r);
  if (strcmp (name, "abs") == 0)
    return reference_kinked (-1, 1, p, q, r);
  if (strcmp (name, "erf") == 0)
    return reference_erf (p, q, r);
  if (strcmp (name, "gelu") == 0)
    return reference_gelu (p, q, r);
  if (strcmp (name, "sin") == 0)
    return waves;
  if (strcmp (name, "cos") == 0)
    return (Dual){ waves.kdot, waves.k };
  if (strcmp (name, "rbf") == 0)
    return (Dual){ waves.k + waves.kdot, waves.k + waves.kdot };
  return reference_plane (strcmp (name, "swish") == 0, p, q, r);
}

static Real
inner (const double *x, const double *y, int dim)
{
  Real sum = 0;

  for (int d = 0; d < dim; d++)
    sum += (Real) x[d] * y[d];
  return sum;
}

/* NNGP and NTK of one pair at depths 1..n_depths. */
static void
reference (const NtkArchitecture *arch, int n_depths, const double *x, const double *y, Real *nngp,
           Real *ntk)
{
  const char *name = arch->activation.type->name;
  const Real w = arch->sigma_w2, b = arch->sigma_b2;
  Real p = w / arch->dim * inner (x, x, arch->dim) + b,
       q = w / arch->dim * inner (y, y, arch->dim) + b;
  Real r = w / arch->dim * inner (x, y, arch->dim) + b, t = r;

  for (int l = 0; l < n_depths; l++)
    {
      const Dual dual = reference_dual (name, p, q, r);

      nngp[l] = arch->sigma_v2 * dual.k;
      ntk[l] = arch->sigma_v2 * (dual.k + dual.kdot * t);
      if (l + 1 == n_depths)
        break;
      p = w * reference_dual (name, p, p, p).k + b;
      q = w * reference_dual (name, q, q, q).k + b;
      r = w * dual.k + b;
      t = r + w * dual.kdot * t;
    }
}

static const char *const all_names[] = { "relu", "leaky-relu", "abs", "erf",  "gelu",
                                         "sin",  "cos",        "rbf", "tanh", "swish" };

enum
{
  ANGLES = 11,
  ANGLE_DIM = 6
};

static const double angles[ANGLES] = { 0,         1e-9, 1e-3, 0.01,        0.3, 1,
                                       1.5707963, 2,    3,    G_PI - 1e-3, G_PI };

/* Point 0, and others at these angles from it, longer and shorter. */
static void
fill_angles (gboolean sphere, double *X)
{
  for (int i = 0; i < ANGLES; i++)
    {
      const double norm = sphere ? sqrt (ANGLE_DIM) : sqrt (ANGLE_DIM) * (0.5 + 0.1 * (i * 7 % 11));

      for (int d = 0; d < ANGLE_DIM; d++)
        X[i * ANGLE_DIM + d] = norm
                               * (cos (angles[i])
                                    * (d == 0   ? 0.6
                                       : d == 1 ? 0.8
                                                : 0)
                                  + sin (angles[i])
                                      * (d == 2   ? 0.96
                                         : d == 3 ? 0.28
                                                  : 0));
    }
}

static void
assert_reference (const NtkArchitecture *first, int depth, const double *X)
{
  NtkArchitecture arch = *first;
  double ntk[8][ANGLES * ANGLES], nngp[8][ANGLES * ANGLES];
  const char *name = arch.activation.type->name;
  g_autoptr (GError) error = NULL;

  for (arch.depth = 1; arch.depth <= depth; arch.depth++)
    {
      ntk_infinite_kernel (&arch, X, ANGLES, ANGLES, ntk[arch.depth], nngp[arch.depth], NULL,
                           &error);
      g_assert_no_error (error);
    }
  for (int j = 0; j < ANGLES; j += 3)
    for (int i = 0; i < ANGLES; i++)
      {
        const double between = fabs (angles[i] - angles[j]);
        /* An angle below that is lost in a difference of long doubles. */
        const gboolean lost = arch.activation.type->homogeneous
                              && (between < 0.999e-3 || between > G_PI - 0.999e-3);
        const double tolerance = lost ? 1e-7 : 1e-12;
        Real want_nngp[8], want_ntk[8];

        reference (&arch, depth, X + i * ANGLE_DIM, X + j * ANGLE_DIM, want_nngp, want_ntk);
        for (int l = 1; l <= depth; l++)
          {
            const double scale = sqrt (nngp[l][i * ANGLES + i] * nngp[l][j * ANGLES + j]);
            const double ntk_scale = sqrt (ntk[l][i * ANGLES + i] * ntk[l][j * ANGLES + j]);

            assert_abs (nngp[l][j * ANGLES + i], want_nngp[l - 1], tolerance * scale,
                        "NNGP of %s, depth %d, bias %g, angle %g", name, l, arch.sigma_b2, between);
            assert_abs (ntk[l][j * ANGLES + i], want_ntk[l - 1],
                        (i == j ? 1e-14 * l : tolerance) * ntk_scale,
                        "NTK of %s, depth %d, bias %g, angle %g", name, l, arch.sigma_b2, between);
          }
      }
}

static void
test_reference (void)
{
  double X[ANGLES * ANGLE_DIM];

  for (guint a = 0; a < G_N_ELEMENTS (all_names); a++)
    for (int bias = 0; bias < 2; bias++)
      for (int sphere = 0; sphere < 2; sphere++)
        {
          NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, all_names[a],
                                                       ANGLE_DIM);

          /* Of the four settings each activation has one or two, with -m thorough all. */
          if (!g_test_thorough () && (a + bias + 2 * sphere) % 3 != 0)
            continue;
          arch.sigma_w2 *= 1.1;
          arch.sigma_b2 = 0.4 * bias;
          arch.sigma_v2 = 1.3;
          fill_angles (sphere, X);
          /* The sums in the plane take their time: tanh stands for both. */
          assert_reference (&arch, a < 9 ? 7 : 3 + 4 * (bias && sphere), X);
        }
}

/* The recursion of a piecewise linear activation in binary128, where p q - r^2 keeps 14 digits at an
 * angle of 1e-10. */
static void
quad_reference (const NtkArchitecture *arch, int n_depths, const double *x, const double *y,
                double *nngp, double *ntk)
{
  const Quad a = arch->activation.a, b = arch->activation.b, w = arch->sigma_w2, v = arch->sigma_b2;
  const Quad pi = quad_atan2 (0, -1), F = (a - b) * (a - b) / (2 * pi), h = (a * a + b * b) / 2;
  Quad p = 0, q = 0, r = 0, t;

  for (int d = 0; d < arch->dim; d++)
    {
      p += w / arch->dim * x[d] * x[d];
      q += w / arch->dim * y[d] * y[d];
      r += w / arch->dim * x[d] * y[d];
    }
  p += v;
  q += v;
  t = r += v;
  for (int l = 0; l < n_depths; l++)
    {
      const Quad area = p * q - r * r, S = area > 0 ? quad_sqrt (area) : 0;
      const Quad kdot = h - F * quad_atan2 (S, r), k = F * S + kdot * r;

      nngp[l] = arch->sigma_v2 * k;
      ntk[l] = arch->sigma_v2 * (k + kdot * t);
      p = w * h * p + v;
      q = w * h * q + v;
      r = w * k + v;
      t = r + w * kdot * t;
    }
}

/* Near points and near opposite ones, on and off the sphere, keep twelve digits at every depth: the
 * angle is known from the difference of the points. */
static void
test_near (void)
{
  enum
  {
    DIM = 3,
    POINTS = 72,
    DEPTHS = 10
  };
  const char *const names[] = { "relu", "leaky-relu", "abs" };
  const double biases[] = { 0, 0.4, 1e6 };
  double X[DIM * POINTS], ntk[POINTS], nngp[POINTS], worst = 0;
  double want_ntk[POINTS][DEPTHS], want_nngp[POINTS][DEPTHS];

  /* Angles of 1, .3, .1 ... 1e-11 from point 0 on one side and the other, longer in every third. */
  for (int i = 0; i < POINTS; i++)
    {
      const double angle = i / 3 == 0 ? 0 : pow (10, -(i / 3 - 1) / 2.0);
      const double norm = (i % 2 ? -1 : 1) * (i % 3 ? 1.5 + 1e-4 * i : sqrt (3));

      for (int d = 0; d < DIM; d++)
        X[i * DIM + d] = norm
                         * (cos (angle) * (double[]){ 0.6, 0.8, 0 }[d]
                            + sin (angle) * (double[]){ 0, 0, 1 }[d]);
    }
  for (guint a = 0; a < 3 * G_N_ELEMENTS (names); a++)
    {
      NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, names[a / 3], DIM);

      arch.sigma_b2 = biases[a % 3];
      for (int i = 0; i < POINTS; i++)
        quad_reference (&arch, DEPTHS, X, X + i * DIM, want_nngp[i], want_ntk[i]);
      for (arch.depth = 1; arch.depth <= DEPTHS; arch.depth++)
        {
          g_assert_true (ntk_infinite_kernel (&arch, X, 1, POINTS, ntk, nngp, NULL, NULL));
          for (int i = 0; i < POINTS; i++)
            {
              const double K = want_ntk[i][arch.depth - 1], S = want_nngp[i][arch.depth - 1];
              /* Where a value crosses 0 it has the rounding of what it is the difference of. */
              const double scale = MAX (fabs (K), 1e-3), nngp_scale = MAX (fabs (S), 1e-3);

              worst = MAX (worst, fabs (ntk[i] - K) / scale);
              worst = MAX (worst, fabs (nngp[i] - S) / nngp_scale);
              assert_abs (nngp[i], S, 1e-13 * nngp_scale, "NNGP of %s, depth %d, bias %g, point %d",
                          names[a / 3], arch.depth, arch.sigma_b2, i);
              assert_abs (ntk[i], K, 1e-13 * scale, "NTK of %s, depth %d, bias %g, point %d",
                          names[a / 3], arch.depth, arch.sigma_b2, i);
            }
        }
    }
  g_test_message ("worst relative error %.1e", worst);
}

/* Waves know of near points, and of near opposite ones, their distance alone, however long they are. */
static void
test_long_waves (void)
{
  enum
  {
    DIM = 2,
    POINTS = 40
  };
  static const struct
  {
    const char *name;
    double share;   /* of K in exp (-h) */
    gboolean k_odd, kdot_odd; /* in r */
  } waves[] = { { "sin", 0.5, TRUE, FALSE }, { "cos", 0.5, FALSE, TRUE }, { "rbf", 1, FALSE, FALSE } };
  double X[DIM * POINTS], ntk[POINTS], nngp[POINTS];

  /* Of length 8e5, as far from the first or from its opposite as 1 ... 1e-9. */
  for (int i = 0; i < POINTS; i++)
    {
      const double side = i % 2 ? -1 : 1;

      X[i * DIM] = side * (801664 + (i < 2 ? 0 : pow (10, -(i - 2) / 4.0)));
      X[i * DIM + 1] = side * -3;
    }
  for (guint a = 0; a < 2 * G_N_ELEMENTS (waves); a++)
    {
      NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, waves[a / 2].name, DIM);

      arch.sigma_w2 = 3.2;
      arch.sigma_b2 = 0.3 * (a % 2);
      g_assert_true (ntk_infinite_kernel (&arch, X, 1, POINTS, ntk, nngp, NULL, NULL));
      for (int i = 0; i < POINTS; i++)
        {
          const double *x = X + i * DIM, side = i % 2 ? -1 : 1;
          const double h = arch.sigma_w2 / (2 * DIM) * pow (x[0] - side * X[0], 2) + (i % 2 ? 2 * arch.sigma_b2 : 0);
          const double r = arch.sigma_w2 / DIM * (x[0] * X[0] + x[1] * X[1]) + arch.sigma_b2;
          /* sin + cos has no second term: far apart on the other side nothing is left. */
          const double wave = waves[a / 2].share < 1 ? 0.5 * exp (-h) : i % 2 ? 0 : exp (-h);
          const double k = (waves[a / 2].k_odd ? side : 1) * wave;
          const double kdot = (waves[a / 2].kdot_odd ? side : 1) * wave;

          assert_abs (nngp[i], k, 1e-13 * fabs (k), "NNGP of %s, point %d", waves[a / 2].name, i);
          assert_abs (ntk[i], k + kdot * r, 1e-13 * fabs (k + kdot * r), "NTK of %s, point %d",
                      waves[a / 2].name, i);
        }
    }
}

/* Symmetric to the bit, the same in any order of the tiles, each kernel alone, and the rows of
 * the others alone. */
static void
test_tiles (void)
{
  enum
  {
    DIM = 9,
    TRAIN = 530,
    POINTS = 800
  };
  const char *const names[] = { "relu", "gelu", "tanh" };
  g_autoptr (NtkStreams) streams = ntk_streams_new (6, 5);
  g_autofree double *X = fixture_inputs (streams, DIM, TRAIN, POINTS);
  g_autofree double *ntk = g_new (double, TRAIN *POINTS), *nngp = g_new (double, TRAIN *POINTS);
  g_autofree double *again = g_new (double, TRAIN *POINTS), *rows = g_new (double, TRAIN *POINTS);
  const gsize size = TRAIN * POINTS * sizeof (double);

  for (guint a = 0; a < 2 * G_N_ELEMENTS (names); a++)
    {
      NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, names[a / 2], DIM);
      g_autoptr (GError) error = NULL;
      g_autoptr (NtkInfinite) all = NULL, others = NULL;

      for (int i = 0; i < DIM * POINTS && a % 2; i++)
        X[i] *= 1 + 1e-4 * (i / DIM);
      arch.depth = 2;
      g_assert_true (ntk_infinite_kernel (&arch, X, TRAIN, POINTS, ntk, nngp, NULL, &error));
      for (int j = 0; j < TRAIN; j++)
        for (int i = 0; i < j; i++)
          {
            g_assert_cmpfloat (ntk[i * POINTS + j], ==, ntk[j * POINTS + i]);
            g_assert_cmpfloat (nngp[i * POINTS + j], ==, nngp[j * POINTS + i]);
          }
      all = ntk_infinite_new (&arch, X, TRAIN, POINTS, 0, &error);
      for (int tile = ntk_infinite_n_tiles (all) - 1; tile >= 0; tile--)
        g_assert_true (ntk_infinite_fill (all, tile, again, NULL, &error));
      g_assert_cmpmem (again, size, ntk, size);
      for (int tile = 0; tile < ntk_infinite_n_tiles (all); tile++)
        g_assert_true (ntk_infinite_fill (all, tile, NULL, again, &error));
      g_assert_cmpmem (again, size, nngp, size);
      g_assert_cmpfloat (ntk_infinite_error (all), <, 1e-12);
      others = ntk_infinite_new (&arch, X, TRAIN, POINTS, TRAIN, &error);
      for (int tile = 0; tile < ntk_infinite_n_tiles (others); tile++)
        g_assert_true (ntk_infinite_fill (others, tile, rows, NULL, &error));
      for (int j = 0; j < TRAIN; j++)
        g_assert_cmpmem (rows + j * (POINTS - TRAIN), (POINTS - TRAIN) * sizeof (double),
                         ntk + j * POINTS + TRAIN, (POINTS - TRAIN) * sizeof (double));
    }
}

/* Positive semidefinite up to rounding, whatever the points. */
static void
test_semidefinite (void)
{
  enum
  {
    DIM = 6,
    POINTS = 200
  };
  g_autoptr (NtkStreams) streams = ntk_streams_new (6, 6);
  g_autofree double *X = fixture_inputs (streams, DIM, POINTS, POINTS);
  g_autofree double *ntk = g_new (double, POINTS *POINTS), *nngp = g_new (double, POINTS *POINTS);
  double values[POINTS];

  for (int i = 0; i < 40 * DIM; i++)
    {
      X[(POINTS - 40) * DIM + i] = i / DIM % 2 ? X[i] : -X[i];
      X[50 * DIM + i] *= 1.5;
    }
  for (guint a = 0; a < 2 * G_N_ELEMENTS (all_names); a++)
    {
      NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, all_names[a / 2], DIM);

      arch.depth = a % 2 ? 4 : 1;
      arch.sigma_b2 = a % 2 ? 0.3 : 0;
      g_assert_true (ntk_infinite_kernel (&arch, X, POINTS, POINTS, ntk, nngp, NULL, NULL));
      for (int which = 0; which < 2; which++)
        {
          LAPACKE_dsyev (LAPACK_COL_MAJOR, 'N', 'L', POINTS, which ? nngp : ntk, POINTS, values);
          g_test_message ("%s, depth %d: least eigenvalue %g of the largest", all_names[a / 2],
                          arch.depth, values[0] / values[POINTS - 1]);
          g_assert_cmpfloat (values[0], >, -POINTS * 2e-16 * values[POINTS - 1]);
        }
    }
}

/* A repeated and an opposite point; the kernel stays positive semidefinite. */
static void
test_repeated (void)
{
  enum
  {
    DIM = 5,
    POINTS = 12
  };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", DIM);
  g_autoptr (NtkStreams) streams = ntk_streams_new (6, 2);
  g_autofree double *X = fixture_inputs (streams, DIM, POINTS, POINTS);
  double kernel[POINTS * POINTS], values[POINTS];
  g_autoptr (GError) error = NULL;

  arch.depth = 3;
  memcpy (X + 4 * DIM, X, DIM * sizeof (double));
  for (int d = 0; d < DIM; d++)
    X[5 * DIM + d] = -X[d];
  g_assert_true (ntk_infinite_kernel (&arch, X, POINTS, POINTS, kernel, NULL, NULL, &error));
  assert_rel (kernel[4], arch.depth + 1, 1e-13, "repeated point");
  for (int i = 0; i < POINTS; i++)
    assert_rel (kernel[4 * POINTS + i], kernel[i], 1e-13, "row of the repeated point");
  g_assert_cmpint (LAPACKE_dsyev (LAPACK_COL_MAJOR, 'N', 'L', POINTS, kernel, POINTS, values), ==,
                   0);
  g_assert_cmpfloat (values[0], >, -1e-12);
}

/* Equal points have equal kernels to the last bit, which a long sum of products would miss. */
static void
test_twins (void)
{
  enum
  {
    DIM = 301,
    POINTS = 60
  };
  g_autoptr (NtkStreams) streams = ntk_streams_new (6, 7);
  g_autofree double *X = fixture_inputs (streams, DIM, POINTS, POINTS);
  double kernel[POINTS * POINTS];

  memcpy (X + 30 * DIM, X, 30 * DIM * sizeof (double));
  for (guint a = 0; a < G_N_ELEMENTS (all_names); a++)
    {
      NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, all_names[a], DIM);

      arch.depth = 3;
      g_assert_true (ntk_infinite_kernel (&arch, X, POINTS, POINTS, kernel, NULL, NULL, NULL));
      for (int i = 0; i < 30; i++)
        g_assert_cmpfloat (kernel[i * POINTS + i + 30], ==, kernel[i * POINTS + i]);
    }
}

/* Random features with a homogeneous activation and no bias do not feel where the rows lie. */
static void
test_features_homogeneous (void)
{
  enum
  {
    DIM = 5,
    TRAIN = 4,
    POINTS = 7
  };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", DIM);
  g_autoptr (NtkStreams) streams = ntk_streams_new (6, 3);
  g_autofree double *X = fixture_inputs (streams, DIM, TRAIN, POINTS);
  double kernel[TRAIN * POINTS], nngp[TRAIN * POINTS], features[TRAIN * POINTS],
    copy[TRAIN * POINTS];
  g_autoptr (GError) error = NULL;

  arch.depth = 2;
  g_assert_true (ntk_infinite_kernel (&arch, X, TRAIN, POINTS, kernel, nngp, NULL, &error));
  arch.model = NTK_MODEL_RANDOM_FEATURES;
  g_assert_true (ntk_infinite_kernel (&arch, X, TRAIN, POINTS, features, copy, NULL, &error));
  g_assert_cmpmem (features, sizeof features, nngp, sizeof nngp);
  g_assert_cmpmem (copy, sizeof copy, nngp, sizeof nngp);
}

/* In high dimension the sphere's rows become Gaussian ones. */
static void
test_features_high_dimension (void)
{
  enum
  {
    TRAIN = 3,
    POINTS = 5
  };
  double last = 1;

  for (int dim = 10; dim <= 4000; dim *= 20)
    {
      NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "erf", dim);
      g_autoptr (NtkStreams) streams = ntk_streams_new (6, 4);
      g_autofree double *X = fixture_inputs (streams, dim, TRAIN, POINTS);
      double kernel[TRAIN * POINTS], nngp[TRAIN * POINTS], features[TRAIN * POINTS], diag[POINTS];
      g_autoptr (GError) error = NULL;
      double distance;

      arch.sigma_b2 = 0.5;
      g_assert_true (ntk_infinite_kernel (&arch, X, TRAIN, POINTS, kernel, nngp, NULL, &error));
      arch.model = NTK_MODEL_RANDOM_FEATURES;
      g_assert_true (ntk_infinite_kernel (&arch, X, TRAIN, POINTS, features, NULL, diag, &error));
      g_assert_no_error (error);
      assert_rel (diag[0], features[0], 1e-12, "variance of f_0");
      distance = relative_distance (features, nngp, TRAIN * POINTS);
      g_assert_cmpfloat (distance, <, 0.2 * last);
      g_assert_cmpfloat (distance, <, 1.0 / dim);
      last = distance;
    }
}

static void
test_off_the_sphere (void)
{
  const double X[4] = { 1, 0.5, -1, 1 };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "erf", 2);
  double kernel[4];
  g_autoptr (GError) error = NULL;

  g_assert_false (ntk_infinite_kernel (&arch, X, 2, 2, kernel, NULL, NULL, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_DOMAIN);
}

static void
test_overflow (void)
{
  const double X[4] = { 1, 1, -1, 1 };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "relu", 2);
  double kernel[4];
  g_autoptr (GError) error = NULL;

  arch.depth = 10;
  arch.sigma_w2 = 1e60;
  g_assert_false (ntk_infinite_kernel (&arch, X, 2, 2, kernel, NULL, NULL, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_NUMERICS);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/infinite/diagonal", test_diagonal);
  g_test_add_func ("/ntk/infinite/recursion", test_recursion);
  g_test_add_func ("/ntk/infinite/reference", test_reference);
  g_test_add_func ("/ntk/infinite/near", test_near);
  g_test_add_func ("/ntk/infinite/long-waves", test_long_waves);
  g_test_add_func ("/ntk/infinite/tiles", test_tiles);
  g_test_add_func ("/ntk/infinite/semidefinite", test_semidefinite);
  g_test_add_func ("/ntk/infinite/twins", test_twins);
  g_test_add_func ("/ntk/infinite/repeated", test_repeated);
  g_test_add_func ("/ntk/infinite/features-homogeneous", test_features_homogeneous);
  g_test_add_func ("/ntk/infinite/features-high-dimension", test_features_high_dimension);
  g_test_add_func ("/ntk/infinite/off-the-sphere", test_off_the_sphere);
  g_test_add_func ("/ntk/infinite/overflow", test_overflow);
  return g_test_run ();
}
