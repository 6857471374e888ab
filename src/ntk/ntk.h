#pragma once

/* Numerics of kernel regression with finite and infinite networks. Reentrant; one thread
 * per call; double precision; matrices column-major. ntk_init() comes first. */

#include "ntk-activation.h"
#include "ntk-architecture.h"
#include "ntk-asymptotic.h"
#include "ntk-circle.h"
#include "ntk-error-parts.h"
#include "ntk-finite-d.h"
#include "ntk-hermite.h"
#include "ntk-infinite.h"
#include "ntk-init.h"
#include "ntk-inputs.h"
#include "ntk-learning.h"
#include "ntk-linear-theory.h"
#include "ntk-mean-field.h"
#include "ntk-modes.h"
#include "ntk-network.h"
#include "ntk-prior.h"
#include "ntk-radial.h"
#include "ntk-regression.h"
#include "ntk-spectrum.h"
#include "ntk-sphere.h"
#include "ntk-streams.h"
#include "ntk-target.h"
#include "ntk-tuned-ridge.h"
