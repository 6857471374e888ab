#include "lab-model.h"

static const LabModelType models[LAB_N_MODELS] = {
  [LAB_MODEL_LINEAR] = { .has_width = TRUE, .theory = LAB_THEORY_LINEAR },
  [LAB_MODEL_RANDOM_FEATURES] = { .has_layers = TRUE,
                                  .has_width = TRUE,
                                  .has_limit = TRUE,
                                  .weights_on_sphere = TRUE,
                                  .theory = LAB_THEORY_FEATURES },
  [LAB_MODEL_LINEARISED] = { .has_layers = TRUE,
                             .has_width = TRUE,
                             .many_parameters = TRUE,
                             .has_limit = TRUE },
  [LAB_MODEL_INFINITE] = { .has_layers = TRUE, .theory = LAB_THEORY_KERNEL },
};

const LabModelType *
lab_model_type (guint model)
{
  g_return_val_if_fail (model < LAB_N_MODELS, &models[LAB_MODEL_LINEARISED]);
  return &models[model];
}
