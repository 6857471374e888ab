/* What sentences and files find in the answers and readings of generalization curves. */

#include "lab-learning-curve-facts.h"

#include "lab-learning-curve.h"

const LabFactsType lab_learning_facts_type = { sizeof (LabLearningFacts) };

G_STATIC_ASSERT (LAB_MAX_PANELS * sizeof (LabLearningReading) <= sizeof ((LabReading *) NULL)->numbers);

const LabLearningFacts *
lab_learning_facts (const LabAnswer *answer)
{
  return answer->facts_type == &lab_learning_facts_type ? answer->facts : NULL;
}

const LabLearningReading *
lab_learning_reading (const LabReading *reading, guint panel)
{
  return reading->work == &lab_learning_curve ? (const LabLearningReading *) reading->numbers + panel : NULL;
}

int
lab_learning_most_dropped (const LabResult *result)
{
  int most = 0;

  for (int s = 0; s < result->seeds_done; s++)
    for (int i = 0; i < result->n_pieces; i++)
      {
        const LabLearningPiece *piece = lab_result_piece (result, s, i);

        if (!piece->missing)
          most = MAX (most, piece->dropped);
      }
  return most;
}
