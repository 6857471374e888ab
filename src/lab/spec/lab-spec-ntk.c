#include "lab-spec-ntk.h"

void
lab_spec_activation (const LabSpec *spec, NtkActivation *activation)
{
  ntk_activation_init (activation, lab_spec_choice_name (spec, LAB_ACTIVATION),
                       lab_spec_real (spec, LAB_LEAK));
}

void
lab_spec_architecture (const LabSpec *spec, NtkArchitecture *arch)
{
  static const NtkModel models[LAB_N_MODELS] = {
    [LAB_MODEL_LINEAR] = NTK_MODEL_LINEAR,
    [LAB_MODEL_RANDOM_FEATURES] = NTK_MODEL_RANDOM_FEATURES,
    [LAB_MODEL_LINEARISED] = NTK_MODEL_LINEARISED,
    [LAB_MODEL_INFINITE] = NTK_MODEL_LINEARISED, /* of its limit */
  };

  arch->model = models[lab_spec_choice (spec, LAB_MODEL)];
  arch->dim = lab_spec_integer (spec, LAB_DIM);
  arch->depth = lab_spec_integer (spec, LAB_DEPTH);
  lab_spec_activation (spec, &arch->activation);
  arch->sigma_w2 = lab_spec_real (spec, LAB_SIGMA_W2);
  arch->sigma_b2 = lab_spec_real (spec, LAB_SIGMA_B2);
  arch->sigma_v2 = lab_spec_real (spec, LAB_SIGMA_V2);
}

void
lab_spec_inputs (const LabSpec *spec, NtkInputs *inputs)
{
  static const NtkInputsKind kinds[] = { NTK_INPUTS_SPHERE, NTK_INPUTS_GAUSSIAN,
                                         NTK_INPUTS_TWO_SCALE };

  *inputs = (NtkInputs){ .kind = NTK_INPUTS_SPHERE };
  if (!lab_exhibit_uses (lab_spec_exhibit (spec), LAB_INPUTS))
    return;
  *inputs = (NtkInputs){ .kind = kinds[lab_spec_choice (spec, LAB_INPUTS)],
                         .slow_dims = lab_spec_integer (spec, LAB_SLOW_DIMS),
                         .slow_scale = lab_spec_real (spec, LAB_SLOW_SCALE),
                         .fast_power = lab_spec_real (spec, LAB_FAST_POWER),
                         .slow_power = lab_spec_real (spec, LAB_SLOW_POWER) };
}
