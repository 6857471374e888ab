#pragma once

/* Private to the layer. */

#include "ntk-inputs.h"

G_BEGIN_DECLS

/* The target `teacher`: a ReLU network with random weights, one hidden layer, no biases, centred
 * and of unit power over the inputs. From layers 2 and 3 of the target's stream. */
#define NTK_TEACHER_UNITS 8
typedef struct
{
  int dim;
  double *U; /* D x NTK_TEACHER_UNITS, columns of norm 1 */
  double c[NTK_TEACHER_UNITS];
  double mean;
} NtkTeacher;

/* inputs: the sphere, or Gaussian. */
void ntk_teacher_init (NtkTeacher *self, NtkInputsKind inputs, int dim, NtkStreams *streams);
void ntk_teacher_clear (NtkTeacher *self);
double ntk_teacher_eval (const NtkTeacher *self, const double *x);

/* Mean over draws of the power in degrees 0..max_degree, as ntk_target_power(). */
void ntk_teacher_power (int dim, int max_degree, double *power);

G_END_DECLS
