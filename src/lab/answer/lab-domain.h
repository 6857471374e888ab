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
  double size, large; /* of the kernel, relative to that of the usual values; `large` is 1 at least */
  double strength;    /* power of what a random start adds to the target */
  double loudness;    /* of the noise, relative to target and start */
  double slow;        /* scale of the slowest inputs */
  gboolean kinked; /* an activation with a kink: eigenvalues fall as a power */
  gboolean starts; /* from a random function */
  gboolean linear; /* the target */
  gboolean nngp, rbf;
  gboolean gaussian, two_scales; /* inputs */
  guint stop;      /* by `stop`; LAB_STOP_END in exhibits without it */
};

/* For the theory that the series `id` shows. */
void lab_setting_init (LabSetting *self, const LabSpec *spec, const char *id);
/* Its domain at a place x of the axis. */
LabDomain lab_setting_domain (const LabSetting *self, double x);
/* Of random features at finite D, for other numbers of features and points, and another ridge. */
LabDomain lab_setting_domain_features (const LabSetting *self, double width, double n, double ridge);

/* The same for one place only. */
LabDomain lab_domain (const LabSpec *spec, const char *id, double x);

G_END_DECLS
