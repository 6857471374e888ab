#pragma once

#include "assert.h"

#include <malloc.h>
#include <string.h>

/* What the tests draw and read again and again. */

static const char *golden_dir;

/* First call of every test program. Memory comes filled with numbers near 1e306, so that what
 * reads an array before writing it cannot pass for right. */
static inline void
fixture_init (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

#ifdef M_PERTURB
  mallopt (M_PERTURB, 0x80);
#endif
  g_test_init (argc, argv, NULL);
  golden_dir = *argc > 1 ? (*argv)[1] : ".";
  ntk_init (&error);
  g_assert_no_error (error);
}

/* Rows of a table of reference numbers, each a GStrv, without its heading. */
static inline GPtrArray *
fixture_csv (const char *name)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autofree char *path = g_build_filename (golden_dir, name, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines + 1; line[0]; line++)
    if (g_strstrip (line[0])[0] != '\0')
      g_ptr_array_add (rows, g_strsplit (line[0], ",", -1));
  g_assert_cmpuint (rows->len, >, 0);
  return rows;
}

static inline double
fixture_number (GPtrArray *rows, guint row, guint column)
{
  char **cells = g_ptr_array_index (rows, row);

  g_assert_cmpuint (column, <, g_strv_length (cells));
  return g_ascii_strtod (cells[column], NULL);
}

/* Default variances, one hidden layer. */
static inline NtkArchitecture
fixture_architecture (NtkModel model, const char *activation, int dim)
{
  NtkArchitecture arch = { .model = model, .dim = dim, .depth = 1, .sigma_v2 = 1 };

  g_assert_true (ntk_activation_init (&arch.activation, activation, 0.1));
  arch.sigma_w2 = ntk_activation_default_sigma_w2 (&arch.activation);
  return arch;
}

/* n training points and then the test points on the sphere, D x n_points; g_free(). */
static inline double *
fixture_inputs (NtkStreams *streams, int dim, int n, int n_points)
{
  double *X = g_new (double, (gsize) dim * n_points);

  ntk_inputs_sphere (streams, NTK_PURPOSE_TRAIN_INPUT, dim, n, X);
  ntk_inputs_sphere (streams, NTK_PURPOSE_TEST_INPUT, dim, n_points - n, X + (gsize) dim * n);
  return X;
}

/* K(X, X_train), n_points x n, out of a tall sweep, or one that has all points for training points; g_free(). */
static inline double *
fixture_sweep_kernel (const NtkSweep *sweep, int n, int n_points)
{
  double *K = g_new (double, (gsize) n_points * n);
  int ldk;
  const double *lower = ntk_sweep_kernel (sweep, &ldk);

  for (int j = 0; j < n; j++)
    for (int i = 0; i < n_points; i++)
      K[(gsize) j * n_points + i] = lower[(gsize) MIN (i, j) * ldk + MAX (i, j)];
  return K;
}

/* The kernel n_points x n at one width, and f_0 if wanted; g_free(). */
static inline double *
fixture_kernel (const NtkArchitecture *arch, const double *X, int n, int n_points, int width,
                NtkStreams *streams, double *f0)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NtkSweep) sweep = n < n_points ? ntk_sweep_new_tall (arch, X, n, n_points, width, streams, &error)
                                            : ntk_sweep_new (arch, X, n, n, width, streams, &error);

  g_assert_no_error (error);
  ntk_sweep_to (sweep, width, &error);
  g_assert_no_error (error);
  if (f0)
    memcpy (f0, ntk_sweep_initial (sweep), n_points * sizeof (double));
  return fixture_sweep_kernel (sweep, n, n_points);
}
