#include "lab-parallel.h"

#include <ntk.h>
#include <pthread.h>
#include <stdatomic.h>

typedef struct
{
  atomic_int next;
  int count;
  LabTaskFunc task;
  gpointer data;
} Work;

static void *
work (void *data)
{
  Work *self = data;
  int i;

  while ((i = atomic_fetch_add (&self->next, 1)) < self->count)
    self->task (i, self->data);
  return NULL;
}

/* A helper that cannot be started, or has no room to work in, leaves its share to the others. */
void
lab_parallel (int threads, int count, LabTaskFunc task, gpointer data)
{
  const int most = MIN (threads > 0 ? threads : (int) g_get_num_processors (), count);
  const int wanted = most > 1 ? MAX (1, ntk_blas_reserve (most)) : most;
  g_autofree pthread_t *helpers = g_new (pthread_t, MAX (wanted, 1));
  Work self = { .count = count, .task = task, .data = data };
  int started = 0;

  while (started < wanted - 1 && pthread_create (&helpers[started], NULL, work, &self) == 0)
    started++;
  work (&self);
  for (int i = 0; i < started; i++)
    pthread_join (helpers[i], NULL);
}
