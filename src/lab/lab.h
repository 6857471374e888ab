#pragma once

/* Experiments: a spec (a value) in, a result (a value) out. */

#include "lab-answer.h"
#include "lab-check.h"
#include "lab-csv.h"
#include "lab-draft.h"
#include "lab-error.h"
#include "lab-exhibit.h"
#include "lab-facts.h"
#include "lab-file.h"
#include "lab-job.h"
#include "lab-kernel.h"
#include "lab-model.h"
#include "lab-parallel.h"
#include "lab-parameter.h"
#include "lab-plan.h"
#include "lab-result.h"
#include "lab-runner.h"
#include "lab-spec.h"
#include "lab-value.h"

/* First call of every program: sets up the numerics. NTK_ERROR_PLATFORM where another BLAS than
 * OpenBLAS serves. */
gboolean lab_init (GError **error);
/* What computes: the version and kernels of OpenBLAS; owned by the library. */
const char *lab_engine (void);
