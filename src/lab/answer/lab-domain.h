#pragma once

/* Private to lab: how far theory may be trusted, as docs/validity.md measured it. */

#include "lab-spec.h"

G_BEGIN_DECLS

/* How close a theory was measured to be. Its curve is drawn, drawn pale, or left out. */
typedef enum
{
  LAB_DOMAIN_CLOSE, /* within 5 % of simulation */
  LAB_DOMAIN_NEAR,  /* within 20 % */
  LAB_DOMAIN_OUT,   /* farther off, or never measured */
} LabDomain;

/* What the rules need to know of a spec, read once for all places of a curve. */
typedef struct _LabSetting LabSetting;
struct _LabSetting
{
  LabDomain (*rule) (const LabSetting *self);
  LabKey axis;
  double dim, n, width, ridge, time, noise, models;
  double depth;
  double size, large; /* of the kernel, over that of the usual values; 1 in place of less */
  double strength;    /* power of what a random start adds to the target */
  double loudness;    /* the noise beside target and start */
  double slow;        /* scale of the slowest inputs */
  gboolean kinked; /* an activation with a kink: eigenvalues fall as a power */
  gboolean starts; /* from a random function */
  gboolean linear; /* the target */
  gboolean nngp, rbf;
  gboolean gaussian, two_scales; /* inputs */
  guint stop;      /* by `stop`; LAB_STOP_END in exhibits without it */
};

/* Of series `id`, a theory. */
void lab_setting_init (LabSetting *self, const LabSpec *spec, const char *id);
/* At a place x of the axis. */
LabDomain lab_setting_domain (const LabSetting *self, double x);
/* Of random features at finite D, for other numbers of features and points, and another ridge. */
LabDomain lab_setting_domain_features (const LabSetting *self, double width, double n, double ridge);

/* At one place alone. */
LabDomain lab_domain (const LabSpec *spec, const char *id, double x);

G_END_DECLS
