#pragma once

/* Private to lab: what a spec says, in ntk's terms. */

#include <ntk.h>

#include "lab-spec.h"

G_BEGIN_DECLS

void lab_spec_activation (const LabSpec *spec, NtkActivation *activation);
void lab_spec_architecture (const LabSpec *spec, NtkArchitecture *arch);
void lab_spec_inputs (const LabSpec *spec, NtkInputs *inputs);

G_END_DECLS
