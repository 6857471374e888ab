#pragma once

#include "lab-answer.h"

G_BEGIN_DECLS

/* What becomes, for many samples, of the noise that training to the end fits (Mallinar et al. 2022). */
typedef enum
{
  LAB_OVERFITTING_UNKNOWN,      /* or training ends before */
  LAB_OVERFITTING_BENIGN,       /* its cost goes to 0 */
  LAB_OVERFITTING_TEMPERED,     /* its cost goes to a multiple of sigma^2 */
  LAB_OVERFITTING_CATASTROPHIC, /* its cost grows without bound */
} LabOverfitting;

typedef struct
{
  LabOverfitting kind;
  double limit;    /* of its cost over sigma^2 for n to infinity; NaN: not known */
  double n, share; /* the largest n measured, and the cost over sigma^2 there; NaN: none */
} LabNoiseCost;

/* What generalization curves say beside their series and slopes. */
typedef struct
{
  LabNoiseCost noise[LAB_MAX_PANELS];
  int max_dropped; /* most eigenvalues left out, over seeds and n */
} LabLearningFacts;

extern const LabFactsType lab_learning_facts_type;
/* NULL of an answer of anything else. */
const LabLearningFacts *lab_learning_facts (const LabAnswer *answer);

/* One panel of learning curves at one n. */
typedef struct
{
  double mirrored, standard;
  double mirrored_slope, standard_slope; /* d log error/d log n of the points around; NaN: too few */
  double mirrored_theory, standard_theory; /* mean field */
  double mirrored_theory_slope, standard_theory_slope;
} LabLearningReading;

/* NULL of a reading of anything else. */
const LabLearningReading *lab_learning_reading (const LabReading *reading, guint panel);

G_END_DECLS
