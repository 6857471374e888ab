#include "learning-fixture.h"

static void
check_flow (const NtkArchitecture *arch, int rank)
{
  enum
  {
    TRAIN = 30,
    POINTS = 50
  };
  const NtkStop stops[] = { { 0.1, 0 }, { 7, 0 }, { 500, 0 }, { 0.3, 0.2 }, { 100, 0.05 } };
  double A[(POINTS - TRAIN) * TRAIN];
  Draw draw;

  draw_init (&draw, arch, TRAIN, POINTS, 3);
  /* Rows that are no kernel's, to see the directions of eigenvalue 0 too. */
  for (int j = 0; j < TRAIN; j++)
    for (int i = TRAIN; i < POINTS; i++)
      draw.K[j * POINTS + i] += draw.factors[(i + 7 * j) % (FACTORS * POINTS)];
  for (int closed = 0; closed < 2; closed++)
    for (int n = 12; n <= TRAIN; n += 9)
      {
        const NtkLearning learning = closed ? in_closed_form (&draw) : draw.learning;
        NtkGram grams[G_N_ELEMENTS (stops)];
        g_autoptr (GError) error = NULL;
        NtkFitInfo info[G_N_ELEMENTS (stops)];

        g_assert_true (
          ntk_learning_at (&learning, n, stops, G_N_ELEMENTS (stops), grams, info, &error));
        for (guint s = 0; s < G_N_ELEMENTS (stops); s++)
          {
            g_assert_cmpint (info[s].rank, ==, MIN (rank, n));
            g_assert_cmpint (info[s].dropped, ==, stops[s].ridge > 0 ? 0 : n - MIN (rank, n));
            g_assert_true (info[s].decomposed);
          }
        for (guint s = 0; s < G_N_ELEMENTS (stops); s++)
          {
            NtkGram want;

            plain_flow (&draw, n, &stops[s], TRAIN, POINTS - TRAIN, A);
            want = plain_gram (&draw, n, A, TRAIN, POINTS - TRAIN, closed);
            assert_gram (&grams[s], &want, 1e-9, "time %g, ridge %g, n = %d, closed %d",
                         stops[s].time, stops[s].ridge, n, closed);
          }
      }
  draw_clear (&draw);
}

static void
test_flow (void)
{
  const NtkArchitecture arch = with_bias ();

  check_flow (&arch, 1000);
}

/* The activation x makes the kernel a multiple of x.x', of rank D: directions of eigenvalue 0. */
static void
test_flow_low_rank (void)
{
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "leaky-relu", DIM);

  arch.activation.a = arch.activation.b = 1;
  check_flow (&arch, DIM);
}

/* To the end: against ntk_fit() and ntk_prior_error(), by factors (few stops) and by the
 * eigendecomposition (many). */
static void
check_end (const NtkArchitecture *arch, gboolean expect_factors)
{
  enum
  {
    TRAIN = 60,
    POINTS = 100,
    TEST = POINTS - TRAIN
  };
  const NtkStop stops[] = {
    { INFINITY, 0.5 }, { INFINITY, 0 }, { INFINITY, 3 }, { INFINITY, 1e-3 }
  };
  double A[TEST * TRAIN], Kt[TRAIN * TEST], alpha[TRAIN * TEST];
  Draw draw;

  draw_init (&draw, arch, TRAIN, POINTS, 4);
  for (int closed = 0; closed < 2; closed++)
    for (int n = 20; n <= TRAIN; n += 40)
      {
        const NtkLearning learning = closed ? in_closed_form (&draw) : draw.learning;
        NtkGram few[2], many[4];
        NtkFitInfo info[4], by_factors[2];

        g_assert_true (ntk_learning_at (&learning, n, stops, 2, few, by_factors, NULL));
        g_assert_true (ntk_learning_at (&learning, n, stops, 4, many, info, NULL));
        g_assert_true (info[0].decomposed);
        for (int s = 0; s < 2; s++)
          {
            g_assert_cmpint (by_factors[s].decomposed, ==, !expect_factors);
            /* Factors know norms and condition numbers in the 1-norm, and bound what is in closed form. */
            g_assert_cmpfloat (by_factors[s].condition, >, 0.99 * info[s].condition);
            g_assert_cmpfloat (by_factors[s].condition, <, n * info[s].condition);
            for (int c = 0; c < NTK_FIT_COLUMNS; c++)
              {
                const double most = n * info[s].condition * info[s].condition;

                g_assert_cmpfloat (by_factors[s].growth[c], >=, 0.99 * info[s].growth[c]);
                g_assert_cmpfloat (by_factors[s].growth[c], <=, (closed ? n * most : n) * MAX (info[s].growth[c], closed));
              }
          }
        for (int s = 0; s < 4; s++)
          {
            NtkGram want;

            for (int i = 0; i < n; i++)
              for (int x = 0; x < TEST; x++)
                Kt[x * n + i] = draw.K[i * POINTS + TRAIN + x];
            ntk_fit (draw.K, POINTS, n, stops[s].ridge / n, NTK_EIGENVALUE_CUTOFF, Kt, TEST, alpha,
                     NULL, NULL);
            for (int i = 0; i < n; i++)
              for (int x = 0; x < TEST; x++)
                A[i * TEST + x] = alpha[x * n + i];
            want = plain_gram (&draw, n, A, TRAIN, POINTS - TRAIN, closed);
            assert_gram (&many[s], &want, 1e-9, "ridge %g, n = %d, closed %d", stops[s].ridge, n,
                         closed);
            if (s < 2)
              assert_gram (&few[s], &want, 1e-9, "ridge %g, n = %d, closed %d, few stops",
                           stops[s].ridge, n, closed);
            if (closed && n == TRAIN)
              {
                double prior;

                g_assert_true (ntk_prior_error (draw.K, draw.S, draw.s_diag, n, POINTS,
                                                stops[s].ridge / n, &prior, NULL));
                assert_rel (many[s].bb, prior, 1e-9, "initial function, ridge %g", stops[s].ridge);
              }
          }
      }
  draw_clear (&draw);
}

static void
test_end (void)
{
  NtkArchitecture arch = with_bias ();

  check_end (&arch, TRUE);
  /* Rank D: minimum norm. */
  ntk_activation_init (&arch.activation, "leaky-relu", 0);
  arch.activation.a = arch.activation.b = 1;
  arch.sigma_b2 = 0;
  check_end (&arch, FALSE);
}

/* Few stops, all with a ridge: the rank of K is told all the same. */
static void
test_info (void)
{
  const NtkStop stop = { INFINITY, 0.1 };
  NtkArchitecture arch = with_bias ();

  for (int low = 0; low < 2; low++)
    {
      NtkFitInfo info;
      NtkGram gram;
      Draw draw;

      if (low)
        {
          arch.activation.a = arch.activation.b = 1;
          arch.sigma_b2 = 0;
        }
      draw_init (&draw, &arch, 40, 50, 4);
      g_assert_true (ntk_learning_at (&draw.learning, 40, &stop, 1, &gram, &info, NULL));
      g_assert_cmpint (info.rank, ==, low ? DIM : 40);
      g_assert_cmpint (info.dropped, ==, 0);
      g_assert_cmpint (info.decomposed, ==, low);
      draw_clear (&draw);
    }
}

/* Every n from one factor, against separate solves at each n. */
static void
test_every (void)
{
  enum
  {
    TRAIN = 300,
    POINTS = 400
  };
  const NtkArchitecture arch = with_bias ();
  const double ridges[] = { 0, 0.7 };
  NtkGram grams[TRAIN], want;
  Draw draw;

  draw_init (&draw, &arch, TRAIN, POINTS, 5);
  for (int closed = 0; closed < 2; closed++)
    for (guint s = 0; s < G_N_ELEMENTS (ridges); s++)
      {
        const NtkLearning learning = closed ? in_closed_form (&draw) : draw.learning;
        const NtkStop stop = { INFINITY, ridges[s] };
        g_autoptr (GError) error = NULL;

        g_assert_true (ntk_learning_every (&learning, ridges[s], grams, NULL, &error));
        for (int n = 1; n <= TRAIN; n++)
          {
            g_assert_true (ntk_learning_at (&learning, n, &stop, 1, &want, NULL, NULL));
            assert_gram (&grams[n - 1], &want, 1e-8, "n = %d, ridge %g, closed %d", n, ridges[s],
                         closed);
          }
      }
  draw_clear (&draw);
}

/* Without an initial function. */
static void
test_without_initial (void)
{
  const NtkStop stops[] = { { INFINITY, 0 }, { 10, 0 } };
  const NtkArchitecture arch = with_bias ();
  NtkLearning learning;
  NtkGram grams[40], at[2];
  Draw draw;

  draw_init (&draw, &arch, 40, 60, 6);
  learning = in_closed_form (&draw);
  learning.S = learning.s_diag = NULL;
  g_assert_true (ntk_learning_every (&learning, 0, grams, NULL, NULL));
  g_assert_true (ntk_learning_at (&learning, 40, stops, 2, at, NULL, NULL));
  for (int i = 0; i < 40; i++)
    assert_abs (grams[i].bb, 0, 0, "initial function, n = %d", i + 1);
  assert_abs (at[0].bb + at[1].bb, 0, 0, "initial function");
  assert_rel (at[0].aa, grams[39].aa, 1e-10, "noise");
  draw_clear (&draw);
}

/* Worse and worse conditioned, and repeated points: either right to 1e-8, or refused. */
static void
test_every_condition (void)
{
  enum
  {
    TRAIN = 80,
    POINTS = 120
  };
  NtkArchitecture arch = fixture_architecture (NTK_MODEL_LINEARISED, "leaky-relu", DIM);
  NtkGram grams[TRAIN], want;
  int refused = 0, taken = 0;
  NtkLearning learning;
  Draw draw;

  /* A kernel of rank D, which the ridge alone makes invertible. */
  arch.activation.a = arch.activation.b = 1;
  draw_init (&draw, &arch, TRAIN, POINTS, 7);
  learning = in_closed_form (&draw);
  for (double ridge = 1; ridge > 1e-8; ridge /= 2)
    {
      const NtkStop stop = { INFINITY, ridge };
      g_autoptr (GError) error = NULL;

      if (!ntk_learning_every (&learning, ridge, grams, NULL, &error))
        {
          g_assert_error (error, NTK_ERROR, NTK_ERROR_NUMERICS);
          refused++;
          continue;
        }
      taken++;
      for (int n = 1; n <= TRAIN; n++)
        {
          g_assert_true (ntk_learning_at (&learning, n, &stop, 1, &want, NULL, NULL));
          assert_gram (&grams[n - 1], &want, 1e-8, "n = %d, ridge %g", n, ridge);
        }
    }
  g_test_message ("taken %d, refused %d", taken, refused);
  g_assert_cmpint (taken, >, 10);
  g_assert_cmpint (refused, >, 5);
  draw_clear (&draw);
}

static void
test_every_repeated (void)
{
  enum
  {
    TRAIN = 40,
    POINTS = 60
  };
  const NtkArchitecture arch = with_bias ();
  NtkGram grams[TRAIN];
  g_autoptr (GError) error = NULL;
  Draw draw;

  draw_init (&draw, &arch, TRAIN, POINTS, 7);
  memcpy (draw.K + POINTS, draw.K, POINTS * sizeof (double));
  for (int j = 0; j < TRAIN; j++)
    draw.K[j * POINTS + 1] = draw.K[j * POINTS];
  g_assert_false (ntk_learning_every (&draw.learning, 0, grams, NULL, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_NUMERICS);
  draw_clear (&draw);
}

/* Numbers that are none are an error, by either route. */
static void
test_not_finite (void)
{
  const NtkStop stops[] = { { INFINITY, 0 }, { 10, 0 } };
  const NtkArchitecture arch = with_bias ();
  const double bad[] = { NAN, INFINITY };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    for (int n_stops = 1; n_stops <= 2; n_stops++)
      {
        g_autoptr (GError) error = NULL;
        NtkGram grams[30];
        Draw draw;

        draw_init (&draw, &arch, 30, 40, 7);
        draw.K[5] = draw.K[200] = bad[i];
        g_assert_false (ntk_learning_at (&draw.learning, 30, stops, n_stops, grams, NULL, &error));
        g_assert_error (error, NTK_ERROR, NTK_ERROR_NUMERICS);
        g_clear_error (&error);
        g_assert_false (ntk_learning_every (&draw.learning, 0, grams, NULL, &error));
        g_assert_error (error, NTK_ERROR, NTK_ERROR_NUMERICS);
        draw_clear (&draw);
      }
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/learning/flow", test_flow);
  g_test_add_func ("/ntk/learning/flow-low-rank", test_flow_low_rank);
  g_test_add_func ("/ntk/learning/end", test_end);
  g_test_add_func ("/ntk/learning/info", test_info);
  g_test_add_func ("/ntk/learning/every", test_every);
  g_test_add_func ("/ntk/learning/without-initial", test_without_initial);
  g_test_add_func ("/ntk/learning/every-condition", test_every_condition);
  g_test_add_func ("/ntk/learning/every-repeated", test_every_repeated);
  g_test_add_func ("/ntk/learning/not-finite", test_not_finite);
  return g_test_run ();
}
