#pragma once

/* Experiments: a spec (a value) in, a result (a value) out. */

#include "lab-curves.h"
#include "lab-draft.h"
#include "lab-error.h"
#include "lab-exhibit.h"
#include "lab-job.h"
#include "lab-parameter.h"
#include "lab-plan.h"
#include "lab-result.h"
#include "lab-runner.h"
#include "lab-spec.h"
