#pragma once

#include <glib.h>
#include <gsl/gsl_rng.h>

G_BEGIN_DECLS

/* What a stream of random numbers is for. Every (seed, replicate, purpose, layer, index)
 * has a stream of its own, so growing n, the width or the number of replicates extends
 * what was drawn and never redraws it. */
typedef enum
{
  NTK_PURPOSE_TRAIN_INPUT = 1, /* index: training point */
  NTK_PURPOSE_TEST_INPUT,      /* index: test point */
  NTK_PURPOSE_TARGET,          /* index 0 */
  NTK_PURPOSE_NOISE,           /* index 0: label noise, one number per training point */
  NTK_PURPOSE_WEIGHT,          /* layer l, index: unit (row of W_l) */
  NTK_PURPOSE_BIAS,            /* layer l, index 0 */
  NTK_PURPOSE_READOUT,         /* index 0: v */
  NTK_PURPOSE_FUNCTION,        /* f_0 of infinite width; index 0: test points, 1: training points */
} NtkPurpose;

/* Philox 4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers, as easy as 1, 2, 3,
 * SC 2011) as a GSL generator type, so that GSL's distributions serve. */
extern const gsl_rng_type *ntk_rng_philox;

/* The generator's four words at one value of its counter. */
void ntk_philox_block (const guint32 counter[4], const guint32 key[2], guint32 out[4]);

typedef struct _NtkStreams NtkStreams;

/* The streams of one replicate (one of the averaged seeds); not to be shared by threads. */
NtkStreams *ntk_streams_new (guint64 seed, guint32 replicate);
void ntk_streams_free (NtkStreams *self);

/* The generator, moved to the start of the named stream. Owned by @self; valid until the
 * next call. */
gsl_rng *ntk_streams_at (NtkStreams *self, NtkPurpose purpose, guint layer, guint32 index);

/* `count` standard normals from the start of a stream. */
void ntk_streams_normal (NtkStreams *self, NtkPurpose purpose, guint layer, guint32 index,
                         gsize count, double *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtkStreams, ntk_streams_free)

G_END_DECLS
