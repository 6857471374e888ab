#pragma once

/* Private to lab: a job on a thread of its own (C11 atomics and POSIX locks, which the thread sanitizer sees), and
 * the mailbox in which it leaves the newest result. */

#include <pthread.h>
#include <stdatomic.h>

#include "lab-result.h"

G_BEGIN_DECLS

typedef struct _LabTask LabTask;

/* On the main thread, when there is mail: the newest result or NULL, an error or NULL, and whether the task has
 * ended. */
typedef void (*LabMailFunc) (LabTask *task, GObject *owner, LabResult *result, const GError *error,
                             gboolean finished);

/* What stands above the lock is written before the launch and only read after it. */
struct _LabTask
{
  atomic_int references;
  GWeakRef owner;
  LabMailFunc collect;
  LabSpec *spec;
  LabPlan *plan;
  double cost;
  guint serial; /* of the spec at the owner */
  GCancellable *cancellable;
  gint64 start;
  gboolean prompt;  /* takes a frame, not more: from eigenbases that are there */
  gboolean filling; /* for the sake of its eigenbases alone */

  pthread_mutex_t lock; /* guards what follows */
  LabResult *newest;
  GError *error;
  gboolean finished;
  gboolean posted; /* an idle is pending */
};

/* Takes @plan. @collect is called while @owner lives. */
LabTask *lab_task_new (GObject *owner, LabMailFunc collect, const LabSpec *spec, LabPlan *plan,
                       guint serial);
LabTask *lab_task_ref (LabTask *self);
void lab_task_unref (LabTask *self);

/* A thread that cannot be started ends its task with the error. */
void lab_task_launch (LabTask *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabTask, lab_task_unref)

G_END_DECLS
