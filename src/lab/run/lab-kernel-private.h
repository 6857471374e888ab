#pragma once

/* Private to lab: what a kernel takes. */

#include <ntk.h>

#include "lab-kernel.h"

G_BEGIN_DECLS

/* Bytes that a kernel needs; n_others 0: between the points themselves. */
double lab_kernel_memory (const NtkArchitecture *arch, double n_points, double n_others);

G_END_DECLS
