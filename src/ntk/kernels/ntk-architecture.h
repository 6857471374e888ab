#pragma once

#include "ntk-activation.h"

G_BEGIN_DECLS

/* The models that are linear in their trained parameters at finite width. */
typedef enum
{
  NTK_MODEL_RANDOM_FEATURES, /* only v trained; rows of W_1 on the sphere of radius sqrt(D) */
  NTK_MODEL_LINEARISED,      /* every parameter trained, to first order about its start */
  NTK_MODEL_LINEAR,          /* f = theta.x/sqrt(D) on the first p = min (width, D) coordinates */
} NtkModel;

/* Of a linear model only `model` and `dim` are read; theta ~ N(0, 1) is the stream of readouts.
 * A fully connected network in the NTK parametrisation (docs/theory.md, section 1):
 *   h_1 = sigma_w/sqrt(D) W_1 x + sigma_b b_1,  h_l = sigma_w/sqrt(m) W_l phi(h_{l-1}) + sigma_b b_l,
 *   f = sigma_v/sqrt(m) v . phi(h_L),  all parameters N(0, 1). */
typedef struct
{
  NtkModel model;
  int dim;   /* D */
  int depth; /* L, hidden layers */
  NtkActivation activation;
  double sigma_w2, sigma_b2, sigma_v2;
} NtkArchitecture;

/* Trained parameters at the given width (P; m for random features, p for linear models). */
double ntk_parameter_count (const NtkArchitecture *arch, int width);

/* Upper bound of the kernel's rank on arbitrarily many inputs of the sphere, attained for
 * generic weights but for dead units: m for random features; p for linear models; for linearised networks
 * P - m L with a homogeneous activation (one relation per unit), P otherwise. */
double ntk_rank_bound (const NtkArchitecture *arch, int width);

/* Inputs of a linear model. */
int ntk_linear_inputs (const NtkArchitecture *arch, int width);

G_END_DECLS
