#include "ntk-zonal-spectrum.h"

#include "ntk-init.h"
#include "ntk-numbers-private.h"
#include "ntk-radial.h"

#include <glib/gi18n-lib.h>
#include <gsl/gsl_integration.h>
#include <math.h>
#include <string.h>

/* Eigenvalues of the infinite-width kernels on the sphere, lambda_k = E_t [kernel (t) P_k (t)]. They
 * fall as k^{-D} and faster while the integrand does not, so double precision would lose them by
 * degree 20: everything here is binary128. In the angle the kernels are analytic from pole to pole,
 * kinks at the poles included, and Gauss-Legendre converges geometrically. */

#define ORDER 256
/* From double precision; at the ends, where nodes crowd, a step squares the error and loses five
 * digits. */
#define NEWTON_STEPS 2
/* The program's own duals in double precision, near the diagonal at their worst. */
#define AGREEMENT 1e-6
#define QUAD_PI QUAD (3.14159265358979323846264338327950288)

typedef struct
{
  Quad node[ORDER], weight[ORDER]; /* on [-1, 1] */
} Rule;

/* P_n (x) of Legendre, and its derivative. */
static Quad
legendre (int n, Quad x, Quad *derivative)
{
  Quad low = 1, high = x;

  for (int k = 1; k < n; k++)
    {
      const Quad next = ((2 * k + 1) * x * high - k * low) / (k + 1);

      low = high;
      high = next;
    }
  *derivative = n * (x * high - low) / (x * x - 1);
  return high;
}

static const Rule *
gauss_legendre (void)
{
  static Rule rule;
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc (ORDER);

      for (int i = 0; i < ORDER / 2; i++)
        {
          double start, weight;
          Quad x, derivative;

          gsl_integration_glfixed_point (-1, 1, i, &start, &weight, table);
          x = start;
          for (int step = 0; step < NEWTON_STEPS; step++)
            {
              const Quad value = legendre (ORDER, x, &derivative);

              x -= value / derivative;
            }
          legendre (ORDER, x, &derivative);
          rule.node[i] = x;
          rule.node[ORDER - 1 - i] = -x;
          rule.weight[i] = rule.weight[ORDER - 1 - i] = 2 / ((1 - x * x) * derivative * derivative);
        }
      gsl_integration_glfixed_table_free (table);
      g_once_init_leave (&once, 1);
    }
  return &rule;
}

/* K and Kdot at equal variances p and covariance r, as in ntk-activation.c (docs/theory.md,
 * section 2). */
typedef void (*DualFunc) (const NtkActivation *activation, Quad p, Quad r, Quad *k, Quad *kdot);

static void
piecewise_dual (const NtkActivation *activation, Quad p, Quad r, Quad *k, Quad *kdot)
{
  const Quad a = activation->a, b = activation->b;
  const Quad area = (p - r) * (p + r), S = area > 0 ? quad_sqrt (area) : 0;
  const Quad F = (a - b) * (a - b) / (2 * QUAD_PI);

  *kdot = (a * a + b * b) / 2 - F * quad_atan2 (S, r);
  *k = F * S + *kdot * r;
}

static void
erf_dual (const NtkActivation *activation, Quad p, Quad r, Quad *k, Quad *kdot)
{
  const Quad root = quad_sqrt (1 + 4 * p + 4 * (p - r) * (p + r));

  *k = 2 / QUAD_PI * quad_atan2 (2 * r, root);
  *kdot = 4 / QUAD_PI / root;
}

static void
gelu_dual (const NtkActivation *activation, Quad p, Quad r, Quad *k, Quad *kdot)
{
  const Quad E = (1 + p) * (1 + p), square = E - r * r, Q = quad_sqrt (square);
  const Quad A = quad_atan2 (r, Q);

  *k = ((r * r + p * p * square) / (E * Q) + r * A) / (2 * QUAD_PI) + r / 4;
  *kdot = (1 / square + (1 - p * p) / E + 1) * r / (2 * QUAD_PI * Q) + QUAD (0.25)
          + A / (2 * QUAD_PI);
}

static void
sin_dual (const NtkActivation *activation, Quad p, Quad r, Quad *k, Quad *kdot)
{
  const Quad same = quad_exp (r - p), opposite = quad_exp (-r - p);

  *k = (same - opposite) / 2;
  *kdot = (same + opposite) / 2;
}

static void
cos_dual (const NtkActivation *activation, Quad p, Quad r, Quad *k, Quad *kdot)
{
  sin_dual (activation, p, r, kdot, k);
}

/* sqrt 2 sin (sqrt (2g) x + pi/4): K = exp (-2g (p - r)), and Kdot = 2g K gives g. */
static void
rbf_dual (const NtkActivation *activation, Quad p, Quad r, Quad *k, Quad *kdot)
{
  const double one = 1;
  double same, slope;

  activation->type->dual (activation, 1, &one, &one, &one, &same, &slope);
  *k = quad_exp (-slope * (p - r));
  *kdot = slope * *k;
}

static const struct
{
  const char *name;
  DualFunc dual;
} duals[] = {
  { "relu", piecewise_dual }, { "leaky-relu", piecewise_dual },
  { "abs", piecewise_dual },  { "erf", erf_dual },
  { "gelu", gelu_dual },      { "sin", sin_dual },
  { "cos", cos_dual },        { "rbf", rbf_dual },
};

/* The formula, held to what the program computes elsewhere. */
static DualFunc
find_dual (const NtkActivation *activation, GError **error)
{
  const double p = 1.5, r = 0.4;
  double k, kdot;

  for (guint i = 0; i < G_N_ELEMENTS (duals); i++)
    if (strcmp (duals[i].name, activation->type->name) == 0)
      {
        Quad K, Kdot;

        activation->type->dual (activation, 1, &p, &p, &r, &k, &kdot);
        duals[i].dual (activation, p, r, &K, &Kdot);
        if (fabs ((double) K - k) <= AGREEMENT * fabs (k)
            && fabs ((double) Kdot - kdot) <= AGREEMENT * fabs (kdot))
          return duals[i].dual;
      }
  g_set_error (error, NTK_ERROR, NTK_ERROR_DOMAIN,
               _("The kernel of %s has no closed form from which its spectrum could be had"),
               activation->type->label);
  return NULL;
}

/* NTK and NNGP at x.x'/D = t, by the recursion of docs/theory.md, section 2. */
static void
kernels_at (const NtkArchitecture *arch, DualFunc dual, Quad t, Quad *ntk, Quad *nngp)
{
  const Quad sigma_w2 = arch->sigma_w2, sigma_b2 = arch->sigma_b2, sigma_v2 = arch->sigma_v2;
  Quad p = sigma_w2 + sigma_b2, r = sigma_w2 * t + sigma_b2, tangent = r, k, kdot, same, slope;

  for (int l = 1; l < arch->depth; l++)
    {
      dual (&arch->activation, p, r, &k, &kdot);
      dual (&arch->activation, p, p, &same, &slope);
      p = sigma_w2 * same + sigma_b2;
      r = sigma_w2 * k + sigma_b2;
      tangent = r + sigma_w2 * kdot * tangent;
    }
  dual (&arch->activation, p, r, &k, &kdot);
  *nngp = sigma_v2 * k;
  *ntk = sigma_v2 * (k + kdot * tangent);
}

static Quad
power (Quad base, int exponent)
{
  Quad result = 1;

  for (; exponent > 0; exponent >>= 1, base *= base)
    if (exponent & 1)
      result *= base;
  return result;
}

/* Adds weight times P_k (t) times each kernel, k = 0..max_degree. */
static void
project (int dim, Quad t, int max_degree, Quad ntk, Quad nngp, Quad *lambda, Quad *s)
{
  Quad low = 1, high = t;

  lambda[0] += ntk;
  s[0] += nngp;
  for (int k = 1; k <= max_degree; k++)
    {
      const Quad next = ((2 * k + dim - 2) * t * high - k * low) / (k + dim - 2);

      lambda[k] += ntk * high;
      s[k] += nngp * high;
      low = high;
      high = next;
    }
}

static gboolean
check_dim (int dim, GError **error)
{
  if (dim >= 3 && dim <= NTK_ZONAL_DIM)
    return TRUE;
  g_set_error (error, NTK_ERROR, NTK_ERROR_DOMAIN,
               _("The spectrum on the sphere is computed for 3 to %d dimensions"), NTK_ZONAL_DIM);
  return FALSE;
}

/* Matern kernels of half-integer nu at distance r: exp (-z) (1 + first z + second z^2),
 * z = sqrt(2 nu) r. */
typedef struct
{
  const char *name;
  int twice_nu;
  Quad first, second;
} Matern;

static const Matern materns[] = {
  { "laplace", 1, 0, 0 },
  { "matern-1/2", 1, 0, 0 },
  { "matern-3/2", 3, 1, 0 },
  { "matern-5/2", 5, 1, (Quad) 1 / 3 },
};

gboolean
ntk_zonal_radial (const char *name, double length_scale, int dim, int max_degree, double *lambda,
                  int *twice_nu, GError **error)
{
  const Rule *rule = gauss_legendre ();
  const Matern *matern = NULL;
  g_autofree Quad *sums = NULL;
  Quad total = 0;

  g_return_val_if_fail (length_scale > 0 && lambda != NULL, FALSE);

  if (!check_dim (dim, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (materns); i++)
    if (strcmp (materns[i].name, name) == 0)
      matern = &materns[i];
  if (matern == NULL)
    {
      g_set_error (error, NTK_ERROR, NTK_ERROR_DOMAIN, _("There is no kernel called “%s”"), name);
      return FALSE;
    }
  *twice_nu = matern->twice_nu;
  sums = g_new0 (Quad, 2 * (max_degree + 1));
  for (int i = 0; i < ORDER; i++)
    {
      const Quad angle = QUAD_PI / 2 * (1 + rule->node[i]);
      const Quad weight = rule->weight[i] * power (quad_sin (angle), dim - 2);
      const Quad z = quad_sqrt (matern->twice_nu) * 2 * quad_sin (angle / 2) / length_scale;
      const Quad value = quad_exp (-z) * (1 + z * (matern->first + matern->second * z));

      project (dim, quad_cos (angle), max_degree, weight * value, 0, sums, sums + max_degree + 1);
      total += weight;
    }
  for (int k = 0; k <= max_degree; k++)
    lambda[k] = sums[k] / total;
  return TRUE;
}

gboolean
ntk_zonal_spectrum (const NtkArchitecture *arch, int max_degree, double *ntk, double *nngp,
                    double *ntk_total, double *nngp_total, GError **error)
{
  const Rule *rule = gauss_legendre ();
  g_autofree Quad *lambda = NULL;
  g_autofree Quad *s = NULL;
  Quad total = 0, K, S;
  DualFunc dual;

  g_return_val_if_fail (arch != NULL && arch->depth >= 1 && ntk != NULL && nngp != NULL, FALSE);
  g_return_val_if_fail (max_degree >= 1 && max_degree <= NTK_ZONAL_DEGREE, FALSE);

  if (!check_dim (arch->dim, error))
    return FALSE;
  if (!(dual = find_dual (&arch->activation, error)))
    return FALSE;
  lambda = g_new0 (Quad, max_degree + 1);
  s = g_new0 (Quad, max_degree + 1);
  for (int i = 0; i < ORDER; i++)
    {
      const Quad angle = QUAD_PI / 2 * (1 + rule->node[i]);
      const Quad weight = rule->weight[i] * power (quad_sin (angle), arch->dim - 2);
      const Quad t = quad_cos (angle);

      kernels_at (arch, dual, t, &K, &S);
      project (arch->dim, t, max_degree, weight * K, weight * S, lambda, s);
      total += weight;
    }
  for (int k = 0; k <= max_degree; k++)
    {
      ntk[k] = lambda[k] / total;
      nngp[k] = s[k] / total;
    }
  kernels_at (arch, dual, 1, &K, &S);
  *ntk_total = K;
  *nngp_total = S;
  return TRUE;
}
