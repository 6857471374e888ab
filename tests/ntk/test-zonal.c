#include "fixture.h"

#include "ntk-zonal.h"

/* The first layer of random features with rows on the sphere is made once for all that ask for the same. */

static const double ends[] = { -1, 0.3, 1 };

static NtkZonal *
make (const NtkArchitecture *arch, double *values)
{
  NtkZonal *self = ntk_zonal_new (arch, NULL, 0, NULL);

  g_assert_nonnull (self);
  if (values != NULL)
    ntk_zonal_eval (self, G_N_ELEMENTS (ends), ends, values);
  return self;
}

static void
test_shared (void)
{
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "erf", 3), other;
  double before[G_N_ELEMENTS (ends)], after[G_N_ELEMENTS (ends)];
  NtkZonal *first = make (&arch, before), *again;

  /* Readouts and further layers do not count. */
  arch.sigma_v2 = 7;
  arch.depth = 2;
  again = make (&arch, NULL);
  g_assert_true (again == first);
  ntk_zonal_free (again);

  /* All that the spectrum depends on does, and what is in use stays as it is. */
  for (int change = 0; change < 4; change++)
    {
      double changed[G_N_ELEMENTS (ends)];

      ntk_zonal_free (make (&arch, NULL));
      other = arch;
      other.dim += change == 0;
      other.sigma_w2 *= change == 1 ? 1.5 : 1;
      other.sigma_b2 += change == 2;
      if (change == 3)
        ntk_activation_init (&other.activation, "sin", 0);
      ntk_zonal_free (make (&other, changed));
      g_assert_cmpfloat (changed[1], !=, before[1]);
      ntk_zonal_eval (first, G_N_ELEMENTS (ends), ends, after);
      g_assert_cmpmem (after, sizeof after, before, sizeof before);
    }
  again = make (&arch, after);
  g_assert_true (again != first);
  g_assert_cmpmem (after, sizeof after, before, sizeof before);
  ntk_zonal_free (again);
  ntk_zonal_free (first);
}

/* The slope for negative inputs is a parameter of the activation. */
static void
test_leak (void)
{
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "leaky-relu", 3);
  double values[2][G_N_ELEMENTS (ends)];

  for (int i = 0; i < 2; i++)
    {
      ntk_activation_init (&arch.activation, "leaky-relu", 0.1 + 0.2 * i);
      ntk_zonal_free (make (&arch, values[i]));
    }
  g_assert_cmpfloat (values[0][0], !=, values[1][0]);
}

static gpointer
ask (gpointer arch)
{
  return make (arch, NULL);
}

static void
test_threads (void)
{
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_RANDOM_FEATURES, "cos", 4);
  GThread *threads[8];
  NtkZonal *zonal[8];

  for (int i = 0; i < 8; i++)
    threads[i] = g_thread_new ("ask", ask, &arch);
  for (int i = 0; i < 8; i++)
    zonal[i] = g_thread_join (threads[i]);
  for (int i = 0; i < 8; i++)
    {
      g_assert_true (zonal[i] == zonal[0]);
      ntk_zonal_free (zonal[i]);
    }
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/zonal/shared", test_shared);
  g_test_add_func ("/ntk/zonal/leak", test_leak);
  g_test_add_func ("/ntk/zonal/threads", test_threads);
  return g_test_run ();
}
