#include "ntk-mean-field.h"
#include "ntk-init.h"
#include <math.h>
NtkMeanField *ntk_mean_field_new (const NtkArchitecture *arch, gboolean nngp, const char *target, GError **error) { g_set_error_literal (error, NTK_ERROR, NTK_ERROR_DOMAIN, "no"); return NULL; }
void ntk_mean_field_unref (NtkMeanField *self) {}
double ntk_mean_field_error (const NtkMeanField *self, double n, NtkMeanFieldStop stop, double sigma, double alpha) { return NAN; }
double ntk_mean_field_ridge_error (const NtkMeanField *self, double n, double R, double sigma, double alpha) { return NAN; }
