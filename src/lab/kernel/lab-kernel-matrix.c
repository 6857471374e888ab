/* The kernel matrix of points on the sphere, of infinite width and of the first network, or of a kernel that no
 * network has. Its one piece holds both. */

#include "lab-kernel-tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lab-kernel-private.h"
#include "lab-kernels.h"
#include "lab-plan-private.h"
#include "lab-result-private.h"
#include "lab-rounding.h"
#include "lab-spec-ntk.h"

/* n × n, row after row, points in the order drawn below. */
typedef struct
{
  int n;
  double *infinite; /* or the kernel to compare with */
  double *finite; /* or NULL */
  double *angle;  /* degrees between two points */
} Matrix;

static void
matrix_free (Matrix *self)
{
  g_free (self->infinite);
  g_free (self->finite);
  g_free (self->angle);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Matrix, matrix_free)

static LabEffect
effect (const LabSpec *spec, LabKey key)
{
  switch ((int) key)
    {
    case LAB_MAX_DEPTH:
    case LAB_NORMALISED:
    case LAB_SEEDS:
    case LAB_SHOW:
    case LAB_VIEW: return LAB_EFFECT_RECOMBINE;
    default: return LAB_EFFECT_COMPUTE;
    }
}

/* No network of any width has a kernel to compare with. */
static const char *
limit_id (const LabSpec *spec)
{
  return lab_kernel_comparison (spec) != NULL ? "comparison" : "infinite";
}

static gboolean
has_series (const LabSpec *spec, const char *id)
{
  if (strcmp (id, "finite") == 0)
    return lab_kernel_has_networks (spec);
  return strcmp (id, limit_id (spec)) == 0;
}

static GArray *
grid (const LabSpec *spec, double from, double to, int points)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (double));
  double n = lab_spec_integer (spec, LAB_N_TRAIN);

  g_array_append_val (array, n);
  return array;
}

static gsize
piece_size (const LabSpec *spec)
{
  return sizeof (Matrix *);
}

static void
piece_clear (void *piece)
{
  g_clear_pointer ((Matrix **) piece, matrix_free);
}

static double
memory (const LabSpec *spec)
{
  const double n = lab_spec_integer (spec, LAB_N_TRAIN);
  double sweep = 0;
  NtkArchitecture arch;

  lab_spec_architecture (spec, &arch);
  if (lab_kernel_has_networks (spec))
    sweep = lab_kernel_is_nngp (spec)
              ? ntk_network_nngp_memory (&arch, lab_spec_integer (spec, LAB_WIDTH), n)
              : ntk_sweep_memory (&arch, lab_spec_integer (spec, LAB_WIDTH), n, n);
  return sweep + lab_kernel_memory (&arch, n, 0) + 8 * n * n * sizeof (double);
}

static double
cost (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit)
{
  const double n = lab_spec_integer (spec, LAB_N_TRAIN);
  NtkArchitecture arch;

  lab_spec_architecture (spec, &arch);
  return n * n * (arch.dim + n)
         + (lab_kernel_has_networks (spec) ? ntk_sweep_flops (&arch, lab_spec_integer (spec, LAB_WIDTH), n, n) : 0);
}

/* ---- Points in their order ---- */

typedef struct
{
  double key;
  int index;
} Ranked;

static int
compare_ranked (const void *a, const void *b)
{
  const Ranked *x = a, *y = b;

  return x->key != y->key ? (x->key > y->key) - (x->key < y->key) : x->index - y->index;
}

/* The sum of the products of `count` numbers that lie `stride` apart. */
static double
product (const double *x, const double *y, int count, int stride)
{
  double sum = 0;

  for (int k = 0; k < count; k++)
    sum += x[(gsize) k * stride] * y[(gsize) k * stride];
  return sum;
}

/* Along the first principal direction of the n points. It is the first eigenvector of the matrix of
 * products of coordinates, or from that of products of points, which has the same eigenvalues: whichever is
 * smaller. */
static gboolean
project_points (const double *X, int dim, int n, Ranked *ranked, GError **error)
{
  const gboolean by_point = n <= dim;
  const int size = MIN (n, dim), step = by_point ? dim : 1;
  g_autofree double *products = ntk_try_alloc (size, size, "the products of the points", error);
  g_autofree double *Q = ntk_try_alloc (size, size, "the principal directions", error);
  g_autofree double *values = g_new (double, size);

  if (products == NULL || Q == NULL)
    return FALSE;
  for (int a = 0; a < size; a++)
    for (int b = 0; b <= a; b++)
      products[(gsize) b * size + a]
        = product (X + (gsize) a * step, X + (gsize) b * step, by_point ? dim : n, by_point ? 1 : dim);
  if (!ntk_eigen (products, size, size, NTK_EIGEN_DESCENDING, NULL, NULL, values, Q, error))
    return FALSE;
  for (int i = 0; i < n; i++)
    ranked[i].key = by_point ? Q[i] : product (X + (gsize) i * dim, Q, dim, 1);
  return TRUE;
}

/* Where each point is on the circle, where points that follow each other are neighbours, or along the first
 * principal direction, where they need not be, up to a sign that makes the first point's place positive. */
static gboolean
rank_points (const double *X, int dim, int n, Ranked *ranked, GError **error)
{
  for (int i = 0; i < n; i++)
    ranked[i] = (Ranked){ dim == 2 ? atan2 (X[2 * i + 1], X[2 * i]) : 0, i };
  if (dim > 2 && !project_points (X, dim, n, ranked, error))
    return FALSE;
  if (dim > 2 && ranked[0].key < 0)
    for (int i = 0; i < n; i++)
      ranked[i].key = -ranked[i].key;
  qsort (ranked, n, sizeof *ranked, compare_ranked);
  return TRUE;
}

/* Between all points, n × n, in degrees. */
static void
fill_angles (const double *X, int dim, int n, double *angle)
{
  for (int i = 0; i < n; i++)
    for (int j = 0; j <= i; j++)
      {
        double cosine = product (X + (gsize) i * dim, X + (gsize) j * dim, dim, 1) / dim;

        angle[i * n + j] = angle[j * n + i] = i == j ? 0 : acos (CLAMP (cosine, -1, 1)) * 180 / G_PI;
      }
}

/* The points in their order, and the angles between them. */
static gboolean
draw_points (Matrix *self, int dim, NtkStreams *streams, double **X, GError **error)
{
  const int n = self->n;
  g_autofree double *drawn = ntk_try_alloc (dim, n, "the points", error);
  g_autofree Ranked *ranked = g_new (Ranked, n);

  if (drawn == NULL || (*X = ntk_try_alloc (dim, n, "the points", error)) == NULL
      || (self->angle = ntk_try_alloc (n, n, "the angles", error)) == NULL)
    return FALSE;
  ntk_inputs_sphere (streams, NTK_PURPOSE_TRAIN_INPUT, dim, n, drawn);
  if (!rank_points (drawn, dim, n, ranked, error))
    return FALSE;
  for (int i = 0; i < n; i++)
    memcpy (*X + (gsize) i * dim, drawn + (gsize) ranked[i].index * dim, dim * sizeof (double));
  fill_angles (*X, dim, n, self->angle);
  return TRUE;
}

/* ---- The kernels ---- */

static gboolean
fill_infinite (Matrix *self, const LabSpec *spec, const NtkArchitecture *arch, const double *X,
               GError **error)
{
  const char *comparison = lab_kernel_comparison (spec);
  g_autofree double *other = NULL;

  self->infinite = ntk_try_alloc (self->n, self->n, "the kernel", error);
  if (self->infinite == NULL)
    return FALSE;
  if (comparison != NULL)
    return ntk_radial_kernel (comparison, lab_spec_real (spec, LAB_LENGTH_SCALE), X, arch->dim, self->n,
                              self->n, self->infinite, error);
  if (!lab_kernel_is_nngp (spec))
    return ntk_infinite_kernel (arch, X, self->n, self->n, self->infinite, NULL, NULL, error);
  other = ntk_try_alloc (self->n, self->n, "the kernel", error);
  return other != NULL && ntk_infinite_kernel (arch, X, self->n, self->n, other, self->infinite, NULL, error);
}

/* The kernel of the network trained in all layers. */
static gboolean
fill_tangent (Matrix *self, const LabSpec *spec, const NtkArchitecture *arch, const double *X,
              NtkStreams *streams, GCancellable *cancellable, GError **error)
{
  const int n = self->n, width = lab_spec_integer (spec, LAB_WIDTH);
  g_autoptr (NtkSweep) sweep = ntk_sweep_new (arch, X, n, n, width, streams, error);
  const double *kernel;
  int ldk;

  if (sweep == NULL)
    return FALSE;
  ntk_sweep_set_stop (sweep, lab_is_cancelled, cancellable);
  if (!ntk_sweep_to (sweep, width, error))
    return FALSE;
  kernel = ntk_sweep_kernel (sweep, &ldk);
  for (int j = 0; j < n; j++)
    for (int i = j; i < n; i++)
      self->finite[i * n + j] = self->finite[j * n + i] = kernel[(gsize) j * ldk + i];
  return TRUE;
}

static gboolean
fill_finite (Matrix *self, const LabSpec *spec, const NtkArchitecture *arch, const double *X,
             NtkStreams *streams, GCancellable *cancellable, GError **error)
{
  self->finite = ntk_try_alloc (self->n, self->n, "the kernel", error);
  if (self->finite == NULL)
    return FALSE;
  if (!lab_kernel_is_nngp (spec))
    return fill_tangent (self, spec, arch, X, streams, cancellable, error);
  return ntk_network_nngp (arch, lab_spec_integer (spec, LAB_WIDTH), streams, X, self->n, lab_is_cancelled,
                           cancellable, self->finite, error);
}

static gboolean
run (const LabSpec *spec, const LabPlan *plan, const LabUnit *unit, void *pieces,
     GCancellable *cancellable, GError **error)
{
  g_autoptr (Matrix) self = g_new0 (Matrix, 1);
  g_autoptr (NtkStreams) streams = ntk_streams_new (lab_spec_integer (spec, LAB_SEED), 0);
  g_autofree double *X = NULL;
  NtkArchitecture arch;

  self->n = lab_spec_integer (spec, LAB_N_TRAIN);
  lab_spec_architecture (spec, &arch);
  if (!draw_points (self, arch.dim, streams, &X, error)
      || !fill_infinite (self, spec, &arch, X, error)
      || (lab_kernel_has_networks (spec) && !fill_finite (self, spec, &arch, X, streams, cancellable, error)))
    return FALSE;
  *(Matrix **) pieces = g_steal_pointer (&self);
  return TRUE;
}

static void
take_field (LabAnswer *answer, const LabSpec *spec, const Matrix *matrix, const char *id,
            const double *values)
{
  const int n = matrix->n;
  const double unit = lab_kernel_unit (spec, matrix->infinite[0]);
  LabField *field = lab_field_new (answer, spec, id, n, n);

  field->place = g_memdup2 (matrix->angle, (gsize) n * n * sizeof (double));
  for (int i = 0; i < n; i++)
    field->x[i] = field->y[i] = i + 1;
  for (int i = 0; i < n * n; i++)
    field->z[i] = values[i] / unit;
}

/* Root mean square of the difference over that of the limit; 0 to rounding is 0. */
static double
find_distance (const Matrix *matrix)
{
  double difference = 0, whole = 0;

  for (int i = 0; i < matrix->n * matrix->n; i++)
    {
      difference += pow (matrix->finite[i] - matrix->infinite[i], 2);
      whole += pow (matrix->infinite[i], 2);
    }
  return whole > 0 ? lab_round (sqrt (difference / whole), lab_rounding_difference (1)) : NAN;
}

/* Over the value at angle 0, which all points share. */
static void
find_pairs (LabKernelFacts *facts, const Matrix *matrix)
{
  facts->least = INFINITY;
  facts->most = -INFINITY;
  for (int i = 0; i < matrix->n; i++)
    for (int j = 0; j < i; j++)
      {
        const double share = matrix->infinite[i * matrix->n + j] / matrix->infinite[0];

        facts->least = MIN (facts->least, share);
        facts->most = MAX (facts->most, share);
      }
}

static LabAnswer *
combine (const LabResult *result, const LabSpec *spec)
{
  const Matrix *matrix = *(Matrix *const *) lab_result_piece (result, 0, 0);
  LabAnswer *answer = lab_answer_alloc (result, spec);
  LabKernelFacts *facts = lab_kernel_facts_new (answer, spec);

  facts->n = matrix->n;
  facts->zero = matrix->infinite[0] == 0;
  if (!facts->zero)
    find_pairs (facts, matrix);
  if (matrix->finite != NULL)
    {
      facts->deviation = find_distance (matrix);
      take_field (answer, spec, matrix, "finite", matrix->finite);
    }
  take_field (answer, spec, matrix, limit_id (spec), matrix->infinite);
  return answer;
}

const LabExperiment lab_kernel_matrix = {
  .effect = effect,
  .first_seed_alone = TRUE,
  .smaller = "n-train or width",
  .largest = LAB_N_TRAIN,
  .has_series = has_series,
  .grid = grid,
  .piece_size = piece_size,
  .piece_clear = piece_clear,
  .n_pieces = lab_one_piece,
  .memory = memory,
  .units = lab_one_unit,
  .cost = cost,
  .run = run,
  .combine = combine,
};
