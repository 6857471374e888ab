#include "learning-fixture.h"

enum
{
  TRAIN = 70,
  TEST = 110,
  POINTS = TRAIN + TEST
};

typedef struct
{
  const char *name;
  int rank; /* at most */
} Kernel;

/* Full rank; few features; the inputs themselves, D of them; eigenvalues that fall through the cut-off. */
static const Kernel kernels[] = {
  { "ntk", 1000 }, { "features", 25 }, { "linear", DIM }, { "smooth", 50 }
};

/* A draw with one of the kernels in the place of the NTK. */
static void
draw_with (Draw *self, const char *kernel, int seed)
{
  NtkArchitecture arch = with_bias ();
  g_autoptr (NtkStreams) streams = ntk_streams_new (seed, 1);

  draw_init (self, &arch, TRAIN, POINTS, seed);
  if (strcmp (kernel, "ntk") == 0)
    return;
  g_free (self->K);
  arch.model = NTK_MODEL_RANDOM_FEATURES;
  ntk_activation_init (&arch.activation, "erf", 0); /* no dead units */
  if (strcmp (kernel, "features") == 0)
    self->K = fixture_kernel (&arch, self->X, TRAIN, POINTS, 25, streams, NULL);
  else
    {
      self->K = g_new (double, POINTS *TRAIN);
      for (int j = 0; j < TRAIN; j++)
        for (int i = 0; i < POINTS; i++)
          {
            const double r = cblas_ddot (DIM, self->X + j * DIM, 1, self->X + i * DIM, 1) / DIM;

            self->K[j * POINTS + i] = kernel[0] == 'l' ? r : exp (0.003 * (r - 1));
          }
    }
  self->learning.K = self->K;
}

static NtkModes *
make (const NtkLearning *learning, int n)
{
  g_autoptr (GError) error = NULL;
  NtkModes *modes = ntk_modes_new (learning, n, &error);

  g_assert_no_error (error);
  return modes;
}

static void
eval (const NtkModes *modes, const NtkStop *stops, int n_stops, NtkGram *test, NtkGram *train,
      NtkFitInfo *info)
{
  g_autoptr (GError) error = NULL;

  ntk_modes_eval (modes, stops, n_stops, test, train, info, &error);
  g_assert_no_error (error);
}

/* Residuals that vanish are sums of products that round. */
#define assert_pieces(got, want, tol, ...)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *assert_pieces_where = g_strdup_printf (__VA_ARGS__);                          \
                                                                                                   \
    assert_abs ((got)->rr, (want)->rr, (tol) * (want)->rr + 1e-17, "rr, %s", assert_pieces_where); \
    assert_abs ((got)->ra, (want)->ra, (tol) *sqrt ((want)->rr *(want)->aa) + 1e-17, "ra, %s",     \
                assert_pieces_where);                                                              \
    assert_abs ((got)->aa, (want)->aa, (tol) * (want)->aa + 1e-17, "aa, %s", assert_pieces_where); \
    assert_abs ((got)->bb, (want)->bb, (tol) * (want)->bb + 1e-16, "bb, %s", assert_pieces_where); \
    assert_abs ((got)->rb, (want)->rb, (tol) *sqrt ((want)->rr *(want)->bb) + 1e-16, "rb, %s",     \
                assert_pieces_where);                                                              \
    assert_abs ((got)->ab, (want)->ab, (tol) *sqrt ((want)->aa *(want)->bb) + 1e-16, "ab, %s",     \
                assert_pieces_where);                                                              \
  }                                                                                                \
  G_STMT_END

/* A (m x n) of ntk_fit() at m points from `first` on. */
static void
plain_fit (const Draw *draw, int n, double ridge, int first, int m, double *A)
{
  g_autofree double *alpha = g_new (double, n *n);

  memset (alpha, 0, n * n * sizeof (double));
  for (int i = 0; i < n; i++)
    alpha[i * n + i] = 1;
  g_assert_true (
    ntk_fit (draw->K, POINTS, n, ridge / n, NTK_EIGENVALUE_CUTOFF, alpha, n, alpha, NULL, NULL));
  cblas_dgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, m, n, n, 1, draw->K + first, POINTS,
               alpha, n, 0, A, m);
}

/* The end, against ntk_fit(): what is made with one decomposition and with none. */
static void
check_fit (const Draw *draw, const Kernel *kernel, int n, gboolean closed)
{
  const NtkStop stops[] = {
    { INFINITY, 0 }, { INFINITY, 1e-3 }, { INFINITY, 1 }, { INFINITY, 50 }
  };
  const gboolean smooth = strcmp (kernel->name, "smooth") == 0;
  const NtkLearning learning = closed ? in_closed_form (draw) : draw->learning;
  g_autoptr (NtkModes) modes = make (&learning, n);
  NtkGram test[G_N_ELEMENTS (stops)], train[G_N_ELEMENTS (stops)];
  double A[TEST * TRAIN];

  eval (modes, stops, G_N_ELEMENTS (stops), test, train, NULL);
  /* Without ridge the cut-off leaves a smooth kernel to chance in the last digits. */
  for (guint s = smooth ? 1 : 0; s < G_N_ELEMENTS (stops); s++)
    {
      NtkGram want;

      plain_fit (draw, n, stops[s].ridge, TRAIN, TEST, A);
      want = plain_gram (draw, n, A, TRAIN, TEST, closed);
      assert_pieces (&test[s], &want, 1e-9, "%s, test, n = %d, ridge %g, closed %d", kernel->name,
                     n, stops[s].ridge, closed);
      plain_fit (draw, n, stops[s].ridge, 0, n, A);
      want = plain_gram (draw, n, A, 0, n, closed);
      assert_pieces (&train[s], &want, 1e-9, "%s, train, n = %d, ridge %g, closed %d", kernel->name,
                     n, stops[s].ridge, closed);
    }
}

static void
test_fit (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (kernels); k++)
    for (int closed = 0; closed < 2; closed++)
      for (int n = 20; n <= TRAIN; n += 25)
        {
          Draw draw;

          draw_with (&draw, kernels[k].name, 11 + n);
          check_fit (&draw, &kernels[k], n, closed);
          draw_clear (&draw);
        }
}

/* Times, against a Taylor series. */
static void
test_flow (void)
{
  const NtkStop stops[] = { { 0, 0 }, { 0.1, 0 }, { 7, 0 }, { 500, 0 }, { 0.3, 0.2 }, { 100, 2 } };

  for (guint k = 0; k < G_N_ELEMENTS (kernels); k++)
    for (int closed = 0; closed < 2; closed++)
      {
        const int n = 40;
        NtkGram test[G_N_ELEMENTS (stops)], train[G_N_ELEMENTS (stops)], want;
        g_autoptr (NtkModes) modes = NULL;
        double A[TEST * TRAIN];
        NtkLearning learning;
        Draw draw;

        draw_with (&draw, kernels[k].name, 5);
        learning = closed ? in_closed_form (&draw) : draw.learning;
        modes = make (&learning, n);
        eval (modes, stops, G_N_ELEMENTS (stops), test, train, NULL);
        for (guint s = 0; s < G_N_ELEMENTS (stops); s++)
          {
            plain_flow (&draw, n, &stops[s], TRAIN, TEST, A);
            want = plain_gram (&draw, n, A, TRAIN, TEST, closed);
            assert_pieces (&test[s], &want, 1e-9, "%s, test, time %g, closed %d", kernels[k].name,
                           stops[s].time, closed);
            plain_flow (&draw, n, &stops[s], 0, n, A);
            want = plain_gram (&draw, n, A, 0, n, closed);
            assert_pieces (&train[s], &want, 1e-9, "%s, train, time %g, closed %d", kernels[k].name,
                           stops[s].time, closed);
          }
        draw_clear (&draw);
      }
}

/* More stops than are taken at a time, to 1e-10 of ntk_learning_at(), which reads the test points
 * themselves; fewer test points than modes too. */
static void
check_learning (const Kernel *kernel, gboolean closed, int n_points)
{
  enum
  {
    STOPS = 75
  };
  NtkStop stops[STOPS];
  NtkGram test[STOPS], want[STOPS], one;
  NtkFitInfo info[STOPS], at, all[STOPS];
  g_autoptr (NtkModes) modes = NULL;
  NtkLearning learning;
  Draw draw;

  for (int s = 0; s < STOPS; s++)
    stops[s] = (NtkStop){ s % 15 == 14 ? INFINITY : pow (10, -1 + s % 15 / 2.0),
                          s < 15 ? 0 : pow (10, -s / 15) };
  draw_with (&draw, kernel->name, 21);
  learning = closed ? in_closed_form (&draw) : draw.learning;
  /* The first test points alone: columns end before the others. */
  if (n_points < POINTS)
    for (int j = 0; j < TRAIN; j++)
      {
        memmove (draw.K + j * n_points, draw.K + j * POINTS, n_points * sizeof (double));
        memmove (draw.S + j * n_points, draw.S + j * POINTS, n_points * sizeof (double));
      }
  learning.n_points = n_points;
  modes = make (&learning, TRAIN);
  eval (modes, stops, STOPS, test, NULL, info);
  g_assert_true (ntk_learning_at (&learning, TRAIN, stops, STOPS, want, all, NULL));
  for (int s = 0; s < STOPS; s++)
    {
      assert_pieces (&test[s], &want[s], 1e-10, "%s, time %g, ridge %g, closed %d", kernel->name,
                     stops[s].time, stops[s].ridge, closed);
      g_assert_cmpint (info[s].rank, ==, all[s].rank);
      g_assert_cmpint (info[s].dropped, ==, stops[s].ridge > 0 ? 0 : TRAIN - all[s].rank);
      g_assert_cmpmem (info[s].growth, sizeof info[s].growth, all[s].growth, sizeof all[s].growth);
      g_assert_true (ntk_learning_at (&learning, TRAIN, &stops[s], 1, &one, &at, NULL));
      if (at.decomposed)
        assert_rel (info[s].condition, at.condition, 1e-9, "condition");
      eval (modes, &stops[s], 1, &one, NULL, NULL);
      assert_pieces (&one, &test[s], 1e-12, "%s, a stop alone", kernel->name);
    }
  g_assert_cmpint (ntk_modes_get_n (modes), ==, TRAIN);
  g_assert_cmpint (ntk_modes_get_rank (modes), ==, info[0].rank);
  if (kernel->name[0] == 's')
    g_assert_cmpint (ntk_modes_get_rank (modes), <, kernel->rank);
  else
    g_assert_cmpint (ntk_modes_get_rank (modes), ==, MIN (kernel->rank, TRAIN));
  draw_clear (&draw);
}

static void
test_learning (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (kernels); k++)
    for (int closed = 0; closed < 2; closed++)
      {
        check_learning (&kernels[k], closed, POINTS);
        check_learning (&kernels[k], closed, TRAIN + 30);
      }
}

/* More modes than a block of any kind has, some of them without a part; against Cholesky factors. */
static void
check_large (int width, gboolean closed)
{
  enum
  {
    SIZE = 260,
    ALL = SIZE + 340
  };
  const NtkStop stops[] = { { INFINITY, 0.5 }, { INFINITY, 3 } };
  NtkArchitecture arch = with_bias ();
  g_autoptr (NtkStreams) streams = ntk_streams_new (3, 1);
  g_autoptr (NtkModes) modes = NULL;
  NtkGram test[2], want[2];
  NtkLearning learning;
  Draw draw;

  draw_init (&draw, &arch, SIZE, ALL, 8);
  if (width > 0)
    {
      arch.model = NTK_MODEL_RANDOM_FEATURES;
      g_free (draw.K);
      draw.learning.K = draw.K = fixture_kernel (&arch, draw.X, SIZE, ALL, width, streams, NULL);
    }
  learning = closed ? in_closed_form (&draw) : draw.learning;
  modes = make (&learning, SIZE);
  eval (modes, stops, 2, test, NULL, NULL);
  g_assert_true (ntk_learning_at (&learning, SIZE, stops, 2, want, NULL, NULL));
  for (int s = 0; s < 2; s++)
    assert_pieces (&test[s], &want[s], 1e-9, "width %d, ridge %g, closed %d", width, stops[s].ridge,
                   closed);
  draw_clear (&draw);
}

static void
test_large (void)
{
  for (int closed = 0; closed < 2; closed++)
    {
      check_large (0, closed);
      check_large (225, closed);
      check_large (100, closed);
    }
}

enum
{
  TIMES = 57,
  SEEDS = 80
};

/* Adds the errors of the linear model on inputs of two scales over time. */
static void
add_course (int seed, const NtkStop *stops, double sigma, double *mean)
{
  enum
  {
    INPUTS = 110,
    SIZE = 300,
    ALL = SIZE + 1000
  };
  const NtkArchitecture arch = { .model = NTK_MODEL_LINEAR, .dim = INPUTS };
  const NtkInputs inputs = { NTK_INPUTS_TWO_SCALE, 10, 0.05, 0.5, 1 };
  g_autoptr (NtkStreams) streams = ntk_streams_new (40, seed);
  g_autoptr (NtkTarget) target = ntk_target_new_on ("linear", &inputs, INPUTS, streams, NULL);
  g_autofree double *X = g_new (double, INPUTS *ALL);
  g_autofree double *f = g_new (double, ALL);
  g_autofree double *noise = g_new (double, SIZE);
  g_autofree double *K = NULL;
  g_autoptr (NtkModes) modes = NULL;
  NtkGram test[TIMES];

  ntk_inputs_draw (&inputs, streams, NTK_PURPOSE_TRAIN_INPUT, INPUTS, SIZE, X);
  ntk_inputs_draw (&inputs, streams, NTK_PURPOSE_TEST_INPUT, INPUTS, ALL - SIZE, X + INPUTS * SIZE);
  ntk_target_eval (target, X, ALL, f);
  ntk_streams_normal (streams, NTK_PURPOSE_NOISE, 0, 0, SIZE, noise);
  K = fixture_kernel (&arch, X, SIZE, ALL, INPUTS, streams, NULL);
  modes = make (&(NtkLearning){ .n_max = SIZE,
                                .n_points = ALL,
                                .K = K,
                                .f = f,
                                .noise = noise,
                                .cutoff = NTK_EIGENVALUE_CUTOFF },
                SIZE);
  g_assert_cmpint (ntk_modes_get_rank (modes), ==, INPUTS);
  eval (modes, stops, TIMES, test, NULL, NULL);
  for (int s = 0; s < TIMES; s++)
    mean[s] += ntk_gram_error (&test[s], sigma, 0) / SEEDS;
}

/* Epoch-wise double descent: what is slow to be learnt comes after the noise (Heckel and Yilmaz 2021).
 * The values were found apart from this program, with another normalisation of time. The short form of the same is
 * /lab/presets/epoch-wise-linear. */
static void
test_epochs (void)
{
  NtkStop stops[TIMES];
  double mean[TIMES] = { 0 }, first = INFINITY, top = 0, last = INFINITY;
  int first_at = 0, top_at = 0;

  for (int s = 0; s < TIMES; s++)
    stops[s] = (NtkStop){ pow (10, s / 8.0), 0 };
  for (int seed = 0; seed < SEEDS; seed++)
    add_course (seed, stops, 1, mean);
  for (int s = 0; s < TIMES; s++)
    {
      const double t = stops[s].time / 110;

      if (t < 5 && mean[s] < first)
        first = mean[first_at = s];
      if (t >= 1 && t < 100 && mean[s] > top)
        top = mean[top_at = s];
      if (t >= 100)
        last = MIN (last, mean[s]);
    }
  g_test_message ("%.3f, %.3f at %.3g, %.3f at %.3g, %.3f", mean[0], first,
                  stops[first_at].time / 110, top, stops[top_at].time / 110, last);
  assert_rel (mean[0], 1.49, 0.04, "start");
  assert_rel (first, 1.31, 0.04, "first minimum");
  assert_rel (top, 1.92, 0.04, "maximum");
  assert_rel (last, 0.578, 0.08, "second minimum");
  assert_rel (stops[first_at].time / 110, 0.55, 0.35, "time of the first minimum");
  assert_rel (stops[top_at].time / 110, 14, 0.6, "time of the maximum");
}

/* In a full basis A y = y on training points at the end; a kernel of rank r leaves n - r of them. */
static void
test_training_end (void)
{
  const NtkStop end = { INFINITY, 0 };
  NtkGram test, train;
  Draw draw;

  for (int low = 0; low < 2; low++)
    {
      g_autoptr (NtkModes) modes = NULL;
      NtkLearning learning;

      draw_with (&draw, low ? "linear" : "ntk", 3);
      learning = in_closed_form (&draw);
      modes = make (&learning, TRAIN);
      eval (modes, &end, 1, &test, &train, NULL);
      assert_abs (train.aa, low ? (TRAIN - DIM) / (double) TRAIN : 0, 1e-14, "noise left");
      draw_clear (&draw);
    }
}

static void
test_eigenvalues (void)
{
  g_autoptr (NtkModes) modes = NULL;
  const double *values;
  double trace = 0;
  Draw draw;

  draw_with (&draw, "ntk", 3);
  modes = make (&draw.learning, TRAIN);
  values = ntk_modes_get_eigenvalues (modes);
  for (int i = 0; i < TRAIN; i++)
    {
      trace += values[i] - draw.K[i * POINTS + i];
      g_assert_true (i == 0 || values[i] <= values[i - 1]);
    }
  assert_abs (trace, 0, 1e-11, "trace");
  draw_clear (&draw);
}

/* A kernel of a network whose units are all dead, and one that is no number. */
static void
test_degenerate (void)
{
  const NtkStop stops[] = { { INFINITY, 0 }, { 10, 0 }, { INFINITY, 1 }, { 3, 2 } };
  NtkGram test[4], train[4], want;
  NtkFitInfo info[4];
  g_autoptr (GError) error = NULL;
  double A[TEST * TRAIN] = { 0 };
  NtkLearning learning;
  Draw draw;

  draw_with (&draw, "linear", 3);
  for (int closed = 0; closed < 2; closed++)
    {
      g_autoptr (NtkModes) modes = NULL;

      memset (draw.K, 0, POINTS * TRAIN * sizeof (double));
      learning = closed ? in_closed_form (&draw) : draw.learning;
      modes = make (&learning, TRAIN);
      eval (modes, stops, 4, test, train, info);
      for (int s = 0; s < 4; s++)
        {
          want = plain_gram (&draw, TRAIN, A, TRAIN, TEST, closed);
          assert_pieces (&test[s], &want, 1e-12, "test, no kernel, stop %d", s);
          want = plain_gram (&draw, TRAIN, A, 0, TRAIN, closed);
          assert_pieces (&train[s], &want, 1e-12, "train, no kernel, stop %d", s);
          g_assert_cmpint (info[s].rank, ==, 0);
          assert_abs (info[s].condition, 1, 0, "condition");
        }
    }
  draw.K[3] = NAN;
  g_assert_null (ntk_modes_new (&draw.learning, TRAIN, &error));
  g_assert_error (error, NTK_ERROR, NTK_ERROR_NUMERICS);
  draw_clear (&draw);
}

/* Neither the draw nor the eigenvectors are kept. */
static void
test_size (void)
{
  g_autoptr (NtkModes) modes = NULL;
  g_autoptr (NtkModes) other = NULL;
  Draw draw;

  draw_with (&draw, "ntk", 3);
  modes = make (&draw.learning, TRAIN);
  draw_clear (&draw);
  other = ntk_modes_ref (modes);
  g_assert_cmpuint (ntk_modes_get_size (modes), <, 8.0 * TRAIN * (TRAIN + 16) + 1000);
  g_assert_cmpfloat (ntk_modes_get_size (modes), <, ntk_modes_memory (TRAIN, TEST));
  {
    const NtkStop end = { INFINITY, 0 };
    NtkGram test;

    eval (other, &end, 1, &test, NULL, NULL);
    g_assert_cmpfloat (test.rr, >, 0);
  }
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/ntk/modes/fit", test_fit);
  g_test_add_func ("/ntk/modes/flow", test_flow);
  g_test_add_func ("/ntk/modes/learning", test_learning);
  g_test_add_func ("/ntk/modes/large", test_large);
  if (g_test_thorough ())
    g_test_add_func ("/ntk/modes/epochs", test_epochs);
  g_test_add_func ("/ntk/modes/training-end", test_training_end);
  g_test_add_func ("/ntk/modes/eigenvalues", test_eigenvalues);
  g_test_add_func ("/ntk/modes/degenerate", test_degenerate);
  g_test_add_func ("/ntk/modes/size", test_size);
  return g_test_run ();
}
