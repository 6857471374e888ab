#include "fixture.h"

/* Kernels between points of very different lengths, which keep all digits. */

enum
{
  DIM = 2,
  POINTS = 5,
  PAIRS = POINTS * (POINTS - 1) / 2
};

static const double points[POINTS * DIM]
  = { 3, 4, 1e-8, 2e-8, 0.1, 0.2, 3e12, -5e11, -1e-12, 7e-13 };

/* By the recursion with 60 digits (mpmath), from the points as doubles: of each pair i > j, row by row, the NNGP
 * and the NTK. */
static const struct
{
  const char *activation;
  int depth;
  double bias;
  double kernels[PAIRS][2];
} table[] = {
  { "relu", 1, 0,
    {
      { 5.5034395774159398e-8, 1.0688569268648089e-7 },
      { 0.550343957741594, 1.0688569268648089 },
      { 2.5000000000000002e-9, 5.0000000000000004e-9 },
      { 4431516809698.1671, 6714441887655.7472 },
      { 16295.222910364996, 22245.374519756794 },
      { 162952229103.64996, 222453745197.56795 },
      { 9.2188841810905348e-13, 8.7293168335754541e-13 },
      { 5.3908164526087376e-21, 6.4844494417363009e-21 },
      { 5.3908164526087377e-14, 6.4844494417363012e-14 },
      { 0.017079885979572265, -0.22048813698788803 },
    } },
  { "relu", 4, 0,
    {
      { 5.5126451579153652e-8, 2.4664098866136957e-7 },
      { 0.55126451579153654, 2.4664098866136958 },
      { 2.5000000000000002e-9, 1.2500000000000001e-8 },
      { 5843940275901.8293, 15426350596495.337 },
      { 24855.268935694924, 59760.967167583226 },
      { 248552689356.94925, 597609671675.83228 },
      { 2.0641382437390242e-12, 4.2800821338091748e-12 },
      { 9.6027956888220957e-21, 2.1481607051238334e-20 },
      { 9.602795688822096e-14, 2.1481607051238335e-13 },
      { 1.126140321179518, 1.9359546596338969 },
    } },
  { "abs", 4, 0,
    {
      { 5.5233139431310128e-8, 2.2318297421096763e-7 },
      { 0.5523313943131013, 2.2318297421096764 },
      { 2.5000000000000002e-9, 1.2500000000000001e-8 },
      { 6759348052383.7492, 14627806684875.435 },
      { 29976.187971599543, 62274.231516191997 },
      { 299761879715.99544, 622742315161.91999 },
      { 2.6766107614485894e-12, 5.4270528347674257e-12 },
      { 1.1984129031651945e-20, 2.4434551675451693e-20 },
      { 1.1984129031651945e-13, 2.4434551675451694e-13 },
      { 1.7676343041714642, 5.5026889644269766 },
    } },
  { "relu", 4, 0.25,
    {
      { 1.644642407949968, 3.2493441712027598 },
      { 1.7958426959919365, 4.0226047018668666 },
      { 0.50269940232226309, 1.5824146951125931 },
      { 5912546202876.2674, 15475685666581.655 },
      { 874873632435.9576, 1561182730319.8379 },
      { 918056379091.11976, 1707446231756.9672 },
      { 1.6446423999828839, 3.2493441223749549 },
      { 0.5, 1.7499999793849917 },
      { 0.50269940061967709, 1.5824146711816444 },
      { 874873631292.12764, 1561182723722.8288 },
    } },
};

static void
assert_digits (const NtkArchitecture *arch, double got, double wanted, int i, int j,
               const char *kernel)
{
  assert_rel (got, wanted, 1e-13, "%s of %s, depth %d, bias %g, points %d and %d", kernel,
              arch->activation.type->name, arch->depth, arch->sigma_b2, i, j);
}

static void
test_lengths (void)
{
  for (guint row = 0; row < G_N_ELEMENTS (table); row++)
    {
      NtkArchitecture arch
        = fixture_architecture (NTK_MODEL_LINEARISED, table[row].activation, DIM);
      double ntk[POINTS * POINTS], nngp[POINTS * POINTS];

      arch.depth = table[row].depth;
      arch.sigma_b2 = table[row].bias;
      g_assert_true (ntk_infinite_kernel (&arch, points, POINTS, POINTS, ntk, nngp, NULL, NULL));
      for (int i = 0, pair = 0; i < POINTS; i++)
        for (int j = 0; j < i; j++, pair++)
          {
            assert_digits (&arch, nngp[j * POINTS + i], table[row].kernels[pair][0], i, j, "NNGP");
            assert_digits (&arch, ntk[j * POINTS + i], table[row].kernels[pair][1], i, j, "NTK");
          }
    }
}

/* Without biases a point c times as long has c times the kernel, to the last digits, whatever the angle, and
 * whichever of both is the longer. */
static void
assert_homogeneous (const NtkArchitecture *arch, const double *X, const double *length, int n_angles,
                    int count, double *kernel)
{
  g_assert_true (ntk_infinite_kernel (arch, X, count, count, kernel, NULL, NULL, NULL));
  for (int i = 0; i < count; i++)
    for (int j = 0; j < count; j++)
      {
        const double both = length[i] * length[j];
        const double of_unit = kernel[j % n_angles * count + i % n_angles];

        assert_abs (kernel[j * count + i], both * of_unit, 1e-14 * arch->depth * both,
                    "%s, depth %d, points %d and %d", arch->activation.type->name, arch->depth, i, j);
      }
}

static void
test_homogeneous (void)
{
  enum
  {
    ANGLES = 14,
    LENGTHS = 5,
    COUNT = ANGLES * LENGTHS
  };
  const char *const names[] = { "relu", "leaky-relu", "abs" };
  const double angles[ANGLES] = { 0,    1e-9, 1e-6, 1e-3, 0.05, 0.0999,      0.101,
                                  0.18, 0.5,  1,    1.7,  3,    G_PI - 0.05, G_PI - 1e-6 };
  const double lengths[LENGTHS] = { 1, 0x1p-40, 0x1p-13, 2, 0x1p40 };
  double X[2 * COUNT], length[COUNT];
  g_autofree double *kernel = g_new (double, COUNT *COUNT);

  for (int i = 0; i < COUNT; i++)
    {
      const double angle = angles[i % ANGLES], c = cos (angle), s = sin (angle);

      length[i] = lengths[i / ANGLES];
      X[2 * i] = length[i] * (0.6 * c - 0.8 * s);
      X[2 * i + 1] = length[i] * (0.8 * c + 0.6 * s);
    }
  for (guint a = 0; a < G_N_ELEMENTS (names); a++)
    for (int depth = 1; depth <= 10; depth += 3)
      {
        NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, names[a], 2);

        arch.depth = depth;
        assert_homogeneous (&arch, X, length, ANGLES, COUNT, kernel);
      }
}

/* Closed forms of smooth activations with 50 digits (mpmath) at lengths that differ by 1.6e6: NNGP, NTK. */
static void
test_smooth (void)
{
  static const struct
  {
    const char *activation;
    double nngp, ntk;
  } wanted[] = {
    { "erf", 0.15948106539760906, 0.32238421195304882 },
    { "gelu", 20817.316933830381, 40730.358798763666 },
  };
  static const double X[] = { 3e5, 4e5, 0.3, 0.1 };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, wanted[i].activation, 2);
      double ntk[4], nngp[4];

      arch.sigma_w2 = 1;
      g_assert_true (ntk_infinite_kernel (&arch, X, 2, 2, ntk, nngp, NULL, NULL));
      assert_digits (&arch, nngp[1], wanted[i].nngp, 1, 0, "NNGP");
      assert_digits (&arch, ntk[1], wanted[i].ntk, 1, 0, "NTK");
    }
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/lengths/reference", test_lengths);
  g_test_add_func ("/ntk/lengths/homogeneous", test_homogeneous);
  g_test_add_func ("/ntk/lengths/smooth", test_smooth);
  return g_test_run ();
}
