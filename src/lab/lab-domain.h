#pragma once

/* Private to lab: how far theory may be trusted, as docs/validity.md measured it. */

#include "lab-spec.h"

G_BEGIN_DECLS

/* Where a theory was measured to be; the curve is drawn, drawn pale, or left out. */
typedef enum
{
  LAB_DOMAIN_CLOSE, /* within 5 % of simulation */
  LAB_DOMAIN_NEAR,  /* within 20 % */
  LAB_DOMAIN_OUT,   /* farther off, or never measured */
} LabDomain;

/* Of series `id`, a theory, at a place x of the axis. */
LabDomain lab_domain (const LabSpec *spec, const char *id, double x);
/* Of the theory of random features at finite D at another ridge than the spec's. */
LabDomain lab_domain_features (const LabSpec *spec, double width, double n, double ridge);

G_END_DECLS
