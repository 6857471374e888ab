#pragma once

/* Private to lab: what the views of the exhibit `kernel` have in common. */

#include "lab-answer-private.h"
#include "lab-experiment.h"
#include "lab-kernel-facts.h"

G_BEGIN_DECLS

extern const LabExperiment lab_kernel_profile, lab_kernel_matrix;

#define LAB_KERNEL_DEPTHS 10 /* the greatest depth there is */

/* A kernel that is no network's: its type's name, or NULL. */
const char *lab_kernel_comparison (const LabSpec *spec);
gboolean lab_kernel_is_nngp (const LabSpec *spec);
/* Whether networks of finite width are drawn. */
gboolean lab_kernel_has_networks (const LabSpec *spec);
/* What a value is divided by: that of the limit at angle 0 where the spec asks for it, else 1; NaN where
 * that is 0. */
double lab_kernel_unit (const LabSpec *spec, double at_zero);

/* Facts of @answer of which nothing is known yet. */
LabKernelFacts *lab_kernel_facts_new (LabAnswer *answer, const LabSpec *spec);

G_END_DECLS
