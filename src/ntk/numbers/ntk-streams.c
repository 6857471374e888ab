#include "ntk-streams.h"

#include <gsl/gsl_randist.h>
#include <string.h>

/* The state of the generator: the key, the counter of the next block and the four words of
 * the present one. */
typedef struct
{
  guint32 key[2];
  guint32 counter[4];
  guint32 block[4];
  guint used; /* words of `block` already handed out; 4 asks for the next block */
} Philox;

struct _NtkStreams
{
  guint64 seed;
  guint32 replicate;
  gsl_rng *rng;
};

#define PHILOX_ROUNDS 10

void
ntk_philox_block (const guint32 counter[4], const guint32 key[2], guint32 out[4])
{
  guint32 c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
  guint32 k0 = key[0], k1 = key[1];

  for (int round = 0; round < PHILOX_ROUNDS; round++)
    {
      guint64 x = (guint64) 0xD2511F53u * c0;
      guint64 y = (guint64) 0xCD9E8D57u * c2;

      c0 = (guint32) (y >> 32) ^ c1 ^ k0;
      c2 = (guint32) (x >> 32) ^ c3 ^ k1;
      c1 = (guint32) y;
      c3 = (guint32) x;
      k0 += 0x9E3779B9u; /* golden ratio */
      k1 += 0xBB67AE85u; /* sqrt (3) - 1 */
    }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

static void
philox_set (void *state, unsigned long seed)
{
  Philox *self = state;

  memset (self, 0, sizeof *self);
  self->key[0] = (guint32) seed;
  self->key[1] = (guint32) ((guint64) seed >> 32);
  self->used = 4;
}

static unsigned long
philox_get (void *state)
{
  Philox *self = state;

  if (self->used == 4)
    {
      ntk_philox_block (self->counter, self->key, self->block);
      self->counter[0]++;
      self->used = 0;
    }
  return self->block[self->used++];
}

static double
philox_get_double (void *state)
{
  return (double) philox_get (state) / 4294967296.0;
}

static const gsl_rng_type philox_type = {
  .name = "philox4x32-10",
  .max = 0xffffffffUL,
  .min = 0,
  .size = sizeof (Philox),
  .set = philox_set,
  .get = philox_get,
  .get_double = philox_get_double,
};

const gsl_rng_type *ntk_rng_philox = &philox_type;

NtkStreams *
ntk_streams_new (guint64 seed, guint32 replicate)
{
  NtkStreams *self = g_new0 (NtkStreams, 1);

  self->seed = seed;
  self->replicate = replicate;
  self->rng = gsl_rng_alloc (ntk_rng_philox);
  return self;
}

void
ntk_streams_free (NtkStreams *self)
{
  if (self == NULL)
    return;
  gsl_rng_free (self->rng);
  g_free (self);
}

gsl_rng *
ntk_streams_at (NtkStreams *self, NtkPurpose purpose, guint layer, guint32 index)
{
  Philox *state;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (layer < 65536, NULL);

  /* Words of the counter: block, index, replicate, purpose and layer. Streams of different
   * names never meet before one of them has used 2^32 blocks. */
  state = gsl_rng_state (self->rng);
  state->key[0] = (guint32) self->seed;
  state->key[1] = (guint32) (self->seed >> 32);
  state->counter[0] = 0;
  state->counter[1] = index;
  state->counter[2] = self->replicate;
  state->counter[3] = (guint32) purpose << 16 | layer;
  state->used = 4;
  return self->rng;
}

void
ntk_streams_normal (NtkStreams *self, NtkPurpose purpose, guint layer, guint32 index, gsize count,
                    double *out)
{
  gsl_rng *rng;

  g_return_if_fail (self != NULL);
  g_return_if_fail (out != NULL || count == 0);

  rng = ntk_streams_at (self, purpose, layer, index);
  for (gsize i = 0; i < count; i++)
    out[i] = gsl_ran_gaussian_ziggurat (rng, 1.0);
}
