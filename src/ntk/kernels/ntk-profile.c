#include "ntk-profile.h"

#include "ntk-hermite-rule.h"
#include "ntk-infinite-private.h"
#include "ntk-init.h"
#include "ntk-zonal.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define TILE NTK_INFINITE_TILE

/* What is smaller than this share of what it is a difference of is rounding. */
#define ROUNDING 1e-14

/* What the layers do to a pair of points of the sphere. */
typedef struct
{
  const NtkArchitecture *arch;
  int depth;
  NtkZonal *zonal; /* of the first layer, or NULL */
  gboolean kinked; /* by the recursion of its own for piecewise linear activations */
  NtkKink kink;
  double *variance;    /* depth: S_l (x, x) */
  double *ntk, *nngp;  /* depth: the kernels of equal points, with sigma_v = 1 */
  NtkHermite **series; /* of each layer; NULL for closed forms */
  NtkHermiteRule rule; /* of all of them */
} Layers;

/* Pairs on their way through the layers. */
typedef struct
{
  int count;
  double p[TILE], r[TILE], k[TILE], kdot[TILE], t[TILE];
  double r_size[TILE], t_size[TILE]; /* the sizes of what r and t are sums of: rounding is a share of them */
  NtkKinkedPairs pairs;
} Strip;

static void
layers_clear (Layers *self)
{
  for (int l = 0; l < self->depth && self->series; l++)
    ntk_hermite_free (self->series[l]);
  g_free (self->series);
  ntk_hermite_rule_clear (&self->rule);
  g_free (self->variance);
  g_free (self->ntk);
  g_free (self->nngp);
  ntk_zonal_free (self->zonal);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Layers, layers_clear)

/* K and Kdot of layer l at the covariances r, of points that all have the layer's variance. */
static void
apply_dual (const Layers *self, int l, Strip *strip)
{
  const NtkActivation *activation = &self->arch->activation;

  if (l == 0 && self->zonal)
    {
      ntk_zonal_eval (self->zonal, strip->count, strip->r, strip->k);
      memset (strip->kdot, 0, strip->count * sizeof (double));
    }
  else if (self->series)
    ntk_hermite_eval (self->series[l], 0, strip->count, 0, strip->r, strip->k, strip->kdot);
  else
    {
      for (int i = 0; i < strip->count; i++)
        strip->p[i] = self->variance[l];
      activation->type->dual (activation, strip->count, strip->p, strip->p, strip->r, strip->k,
                              strip->kdot);
    }
}

/* Of points at these angles, what enters the first layer. */
static void
start (const Layers *self, const double *angle, Strip *strip)
{
  const NtkArchitecture *arch = self->arch;
  const double w = self->zonal ? 1 : arch->sigma_w2, b = self->zonal ? 0 : arch->sigma_b2;

  for (int i = 0; i < strip->count; i++)
    {
      /* The number nearest to pi means opposite points. */
      const double u = angle[i], sine = u == G_PI ? 0 : sin (u), across = arch->sigma_w2 * sine;
      const double half = sin (u / 2), opposite = u == G_PI ? 0 : cos (u / 2);
      const double near = u <= G_PI_2 ? half : opposite;

      strip->r[i] = w * cos (u) + b;
      strip->t_size[i] = w + b;
      /* Without biases a kink's K is found from the angle, and r is off by what the angle is. */
      strip->r_size[i] = self->kinked && b == 0 ? w * u * sine : w + b;
      strip->pairs.r[i] = arch->sigma_w2 * cos (u);
      strip->pairs.area[i] = across * across;
      strip->pairs.gap[i] = 4 * arch->sigma_w2 * near * near;
    }
  if (self->kinked)
    {
      ntk_kinked_add_biases (arch, strip->count, &strip->pairs);
      memcpy (strip->r, strip->pairs.r, strip->count * sizeof (double));
    }
  memcpy (strip->t, strip->r, strip->count * sizeof (double));
}

/* Through layer l: K and Kdot. */
static void
advance (const Layers *self, int l, Strip *strip)
{
  if (self->kinked)
    ntk_kinked_advance (self->arch, &self->kink, strip->count, &strip->pairs, strip->k,
                        strip->kdot);
  else
    apply_dual (self, l, strip);
}

/* The size of what the kernel is a sum of, were sigma_v = 1: a change of r changes K by Kdot of it, and Kdot by
 * about as much as the greater of both (where they are waves, by one of them exactly). */
static double
kernel_size (const Strip *strip, gboolean tangent, int i)
{
  const double k = fabs (strip->k[i]), kdot = fabs (strip->kdot[i]);
  const double size = k + kdot * strip->r_size[i];

  return tangent ? size + kdot * strip->t_size[i] + MAX (k, kdot) * strip->r_size[i] * fabs (strip->t[i])
                 : size;
}

/* S_{l+1} and T_{l+1} from K and Kdot. */
static void
enter_next (const Layers *self, Strip *strip)
{
  const double w = self->arch->sigma_w2, b = self->arch->sigma_b2;

  for (int i = 0; i < strip->count; i++)
    {
      const double tangent = kernel_size (strip, TRUE, i) - kernel_size (strip, FALSE, i);

      strip->r_size[i] = w * kernel_size (strip, FALSE, i) + b;
      strip->t_size[i] = strip->r_size[i] + w * tangent;
      strip->r[i] = self->kinked ? strip->pairs.r[i] : w * strip->k[i] + b;
      strip->t[i] = strip->r[i] + w * strip->kdot[i] * strip->t[i];
    }
}

static double
kernel (const Strip *strip, gboolean tangent, int i)
{
  return tangent ? strip->k[i] + strip->kdot[i] * strip->t[i] : strip->k[i];
}

/* Below what the kernel after layer l is 0 to rounding. Products may be right to all digits however small they
 * are, and so may be those of a kink between nearly opposite points. */
static double
find_floor (const Layers *self, int l, const Strip *strip, gboolean tangent, int i)
{
  const double equal = fabs (tangent ? self->ntk[l] : self->nngp[l]);

  return ROUNDING * (self->zonal ? equal : MIN (equal, kernel_size (strip, tangent, i)));
}

/* The NTK of the layers up to l, or the NNGP alone. */
static gboolean
take (const Layers *self, int l, const Strip *strip, gboolean tangent, double *out)
{
  const double v = self->arch->sigma_v2;
  gboolean finite = TRUE;

  for (int i = 0; i < strip->count; i++)
    {
      const double value = kernel (strip, tangent, i);

      out[i] = fabs (value) < find_floor (self, l, strip, tangent, i) ? 0 : v * value;
      finite &= fabs (out[i]) <= DBL_MAX;
    }
  return finite;
}

static gboolean
set_overflow (int l, GError **error)
{
  g_set_error (error, NTK_ERROR, NTK_ERROR_NUMERICS,
               _ ("The infinite-width kernel overflows in hidden layer %d: a smaller weight "
                  "variance or depth keeps it finite"),
               l + 1);
  return FALSE;
}

/* Tables for layer l, whose variance is known. */
static gboolean
prepare_series (Layers *self, int l, GError **error)
{
  double p[TILE];

  for (int i = 0; i < TILE; i++)
    p[i] = self->variance[l];
  self->series[l] = ntk_hermite_new_by (&self->rule, &self->arch->activation, TILE, p, error);
  return self->series[l] != NULL;
}

/* Variances are the covariances of equal points. */
static gboolean
layers_init (Layers *self, const NtkArchitecture *arch, int depth, GError **error)
{
  const gboolean by_series = arch->activation.type->dual == ntk_hermite_dual;
  Strip equal = { .count = 1 };

  *self = (Layers){ .arch = arch, .depth = depth, .kink = ntk_kink (&arch->activation) };
  self->variance = g_new (double, depth);
  self->ntk = g_new (double, depth);
  self->nngp = g_new (double, depth);
  if (by_series)
    self->series = g_new0 (NtkHermite *, depth);
  if (ntk_zonal_needed (arch) && (self->zonal = ntk_zonal_new (arch, NULL, 0, error)) == NULL)
    return FALSE;
  self->kinked = arch->activation.type->homogeneous && self->zonal == NULL;
  start (self, &(double){ 0 }, &equal);
  for (int l = 0; l < depth; l++)
    {
      self->variance[l] = equal.r[0];
      if (!isfinite (equal.r[0]))
        return set_overflow (l, error);
      if (by_series && !(l == 0 && self->zonal) && !prepare_series (self, l, error))
        return FALSE;
      advance (self, l, &equal);
      self->nngp[l] = kernel (&equal, FALSE, 0);
      self->ntk[l] = kernel (&equal, TRUE, 0);
      enter_next (self, &equal);
      if (!isfinite (arch->sigma_v2 * self->nngp[l]))
        return set_overflow (l, error);
    }
  return TRUE;
}

/* `count` angles, at most a tile, of `total`. */
static gboolean
fill_strip (const Layers *self, const double *angle, int count, gsize total, double *ntk,
            double *nngp, GError **error)
{
  const gboolean tangent = self->arch->model != NTK_MODEL_RANDOM_FEATURES;
  Strip strip = { .count = count };

  start (self, angle, &strip);
  for (int l = 0; l < self->depth; l++)
    {
      advance (self, l, &strip);
      if ((ntk && !take (self, l, &strip, tangent, ntk + l * total))
          || (nngp && !take (self, l, &strip, FALSE, nngp + l * total)))
        return set_overflow (l, error);
      enter_next (self, &strip);
    }
  return TRUE;
}

gboolean
ntk_profile (const NtkArchitecture *arch, const double *angle, int count, int max_depth,
             double *ntk, double *nngp, GError **error)
{
  g_auto (Layers) layers = { 0 };

  g_return_val_if_fail (arch != NULL && arch->dim >= 1 && max_depth >= 1, FALSE);
  g_return_val_if_fail (angle != NULL && count >= 1, FALSE);
  g_return_val_if_fail (ntk != NULL || nngp != NULL, FALSE);

  if (arch->model == NTK_MODEL_LINEAR)
    {
      g_set_error_literal (error, NTK_ERROR, NTK_ERROR_DOMAIN,
                           _ ("A linear model has no layers to follow its kernel through: choose "
                              "another model"));
      return FALSE;
    }
  if (!layers_init (&layers, arch, max_depth, error))
    return FALSE;
  for (int from = 0; from < count; from += TILE)
    if (!fill_strip (&layers, angle + from, MIN (TILE, count - from), count,
                     ntk ? ntk + from : NULL, nngp ? nngp + from : NULL, error))
      return FALSE;
  return TRUE;
}

/* Angles looked at in one pass, and passes, each between the neighbours of the last one's least. */
#define ANGLES 181
#define PASSES 4

gboolean
ntk_profile_least (const NtkArchitecture *arch, gboolean nngp, double *angle, double *share,
                   GError **error)
{
  const gsize last = (arch->depth - 1) * (gsize) ANGLES;
  g_autofree double *values = g_new (double, last + ANGLES);
  double u[ANGLES], from = 0, to = G_PI, whole = 0;

  g_return_val_if_fail (angle != NULL && share != NULL, FALSE);

  for (int pass = 0; pass < PASSES; pass++)
    {
      int least = 0;

      for (int i = 0; i < ANGLES; i++)
        u[i] = i == ANGLES - 1 ? to : from + (to - from) * i / (ANGLES - 1);
      if (!ntk_profile (arch, u, ANGLES, arch->depth, nngp ? NULL : values, nngp ? values : NULL,
                        error))
        return FALSE;
      for (int i = 1; i < ANGLES; i++)
        if (values[last + i] < values[last + least])
          least = i;
      whole = pass == 0 ? values[last] : whole;
      *angle = u[least];
      *share = values[last + least] / whole;
      from = u[MAX (least - 1, 0)];
      to = u[MIN (least + 1, ANGLES - 1)];
    }
  if (whole > 0)
    return TRUE;
  g_set_error_literal (
    error, NTK_ERROR, NTK_ERROR_DOMAIN,
    _ ("The kernel is 0 at equal points, of which no share can be taken: a larger "
       "weight or readout variance makes it positive"));
  return FALSE;
}
