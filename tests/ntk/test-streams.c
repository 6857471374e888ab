#include "fixture.h"

#include <gsl/gsl_randist.h>

/* Known answers of Random123's kat_vectors for philox4x32-10. */
static void
test_known_answers (void)
{
  static const struct
  {
    guint32 counter[4], key[2], want[4];
  } known[] = {
    { { 0, 0, 0, 0 }, { 0, 0 }, { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 } },
    { { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
      { 0xffffffff, 0xffffffff },
      { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd } },
    { { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 },
      { 0xa4093822, 0x299f31d0 },
      { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      guint32 out[4];

      ntk_philox_block (known[i].counter, known[i].key, out);
      for (int word = 0; word < 4; word++)
        g_assert_cmphex (out[word], ==, known[i].want[word]);
    }
}

/* As a GSL generator: blocks in order of the counter, the key from the seed. */
static void
test_generator (void)
{
  const guint64 seed = G_GUINT64_CONSTANT (0x299f31d0a4093822);
  const guint32 key[2] = { 0xa4093822, 0x299f31d0 };
  gsl_rng *rng = gsl_rng_alloc (ntk_rng_philox);

  gsl_rng_set (rng, seed);
  for (guint32 block = 0; block < 5; block++)
    {
      const guint32 counter[4] = { block, 0, 0, 0 };
      guint32 out[4];

      ntk_philox_block (counter, key, out);
      for (int word = 0; word < 4; word++)
        g_assert_cmphex (gsl_rng_get (rng), ==, out[word]);
    }
  g_assert_cmphex (gsl_rng_max (rng), ==, 0xffffffff);
  gsl_rng_free (rng);
}

/* The place of a stream in the counter is part of what makes a saved figure repeatable. */
static void
test_counter_layout (void)
{
  g_autoptr (NtkStreams) streams = ntk_streams_new (G_GUINT64_CONSTANT (0x0123456789abcdef), 7);
  const guint32 counter[4] = { 0, 11, 7, NTK_PURPOSE_WEIGHT << 16 | 3 };
  const guint32 key[2] = { 0x89abcdef, 0x01234567 };
  guint32 out[4];
  gsl_rng *rng = ntk_streams_at (streams, NTK_PURPOSE_WEIGHT, 3, 11);

  ntk_philox_block (counter, key, out);
  for (int word = 0; word < 4; word++)
    g_assert_cmphex (gsl_rng_get (rng), ==, out[word]);
}

/* A longer draw extends a shorter one, whatever was drawn in between. */
static void
test_prefix (void)
{
  g_autoptr (NtkStreams) streams = ntk_streams_new (42, 3);
  double few[10], many[1000];

  ntk_streams_normal (streams, NTK_PURPOSE_NOISE, 0, 0, 10, few);
  ntk_streams_normal (streams, NTK_PURPOSE_WEIGHT, 1, 5, 1000, many);
  ntk_streams_normal (streams, NTK_PURPOSE_NOISE, 0, 0, 1000, many);
  g_assert_cmpmem (few, sizeof few, many, sizeof few);
}

static void
test_distinct (void)
{
  double first[8][4];
  const struct
  {
    guint64 seed;
    guint32 replicate;
    NtkPurpose purpose;
    guint layer, index;
  } names[] = {
    { 1, 0, NTK_PURPOSE_WEIGHT, 1, 0 },
    { 2, 0, NTK_PURPOSE_WEIGHT, 1, 0 },
    { 1, 1, NTK_PURPOSE_WEIGHT, 1, 0 },
    { 1, 0, NTK_PURPOSE_BIAS, 1, 0 },
    { 1, 0, NTK_PURPOSE_WEIGHT, 2, 0 },
    { 1, 0, NTK_PURPOSE_WEIGHT, 1, 1 },
    { 1 + (G_GUINT64_CONSTANT (1) << 32), 0, NTK_PURPOSE_WEIGHT, 1, 0 },
    { 1, 0, NTK_PURPOSE_READOUT, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (NtkStreams) streams = ntk_streams_new (names[i].seed, names[i].replicate);

      ntk_streams_normal (streams, names[i].purpose, names[i].layer, names[i].index, 4, first[i]);
      for (guint j = 0; j < i; j++)
        for (int k = 0; k < 4; k++)
          g_assert_cmpfloat (first[i][k], !=, first[j][k]);
    }
}

/* Mean, variance, fourth moment and neighbouring correlation, across streams as well. */
static void
test_moments (void)
{
  enum
  {
    STREAMS = 400,
    COUNT = 500
  };
  const double total = STREAMS * COUNT;
  g_autoptr (NtkStreams) streams = ntk_streams_new (1, 0);
  double last[COUNT] = { 0 }, now[COUNT];
  double m1 = 0, m2 = 0, m4 = 0, along = 0, across = 0;

  for (int index = 0; index < STREAMS; index++)
    {
      ntk_streams_normal (streams, NTK_PURPOSE_WEIGHT, 1, index, COUNT, now);
      for (int i = 0; i < COUNT; i++)
        {
          m1 += now[i];
          m2 += now[i] * now[i];
          m4 += pow (now[i], 4);
          along += i > 0 ? now[i] * now[i - 1] : 0;
          across += now[i] * last[i];
        }
      memcpy (last, now, sizeof now);
    }
  assert_abs (m1 / total, 0, 4 / sqrt (total), "mean");
  assert_abs (m2 / total, 1, 4 * sqrt (2 / total), "variance");
  assert_abs (m4 / total, 3, 4 * sqrt (96 / total), "fourth moment");
  assert_abs (along / total, 0, 4 / sqrt (total), "correlation along a stream");
  assert_abs (across / total, 0, 4 / sqrt (total), "correlation across streams");
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/streams/known-answers", test_known_answers);
  g_test_add_func ("/ntk/streams/generator", test_generator);
  g_test_add_func ("/ntk/streams/counter-layout", test_counter_layout);
  g_test_add_func ("/ntk/streams/prefix", test_prefix);
  g_test_add_func ("/ntk/streams/distinct", test_distinct);
  g_test_add_func ("/ntk/streams/moments", test_moments);
  return g_test_run ();
}
