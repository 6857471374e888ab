#include "lab-parameter.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <ntk.h>
#include <string.h>

#include "lab-model.h"

G_DEFINE_QUARK (lab-error-quark, lab_error)

static const char *const model_names[] = { "linear", "random-features", "linearised", "infinite",
                                           NULL };
static const char *const model_labels[] = { N_("Linear"), N_("Random features"),
                                            N_("Linearised network"), N_("Infinite width"), NULL };

static const char *const inputs_names[] = { "sphere", "gaussian", "two-scale", NULL };
static const char *const inputs_labels[] = { N_("Sphere"), N_("Gaussian"), N_("Two scales"), NULL };

static const char *const axis_names[] = { "width", "n-train", "time", "ridge", "ensemble", NULL };
static const char *const axis_labels[] = { N_("Width"), N_("Samples"), N_("Training time"),
                                           N_("Ridge"), N_("Ensemble"), NULL };

static const char *const activation_names[] = { "relu", "leaky-relu", "abs", "erf", "gelu", "sin", "cos",
                                               "rbf", "tanh", "swish", NULL };
static const char *const activation_labels[] = { "ReLU", N_("Leaky ReLU"), "|x|", "erf", "GELU",
                                                "sin", "cos", "sin + cos", "tanh", "Swish", NULL };

static const char *const target_names[] = { "linear", "quadratic", "mixed", "cosine", "teacher",
                                            "published", NULL };
static const char *const target_labels[] = { N_("Linear"), N_("Quadratic"), N_("Mixed"),
                                             N_("Cosine"), N_("Teacher"), N_("Published"), NULL };

static const char *const kernel_names[] = { "ntk",        "nngp",       "rbf",        "laplace",
                                            "matern-1/2", "matern-3/2", "matern-5/2", NULL };
static const char *const kernel_labels[] = { "NTK",        "NNGP",       "RBF",        "Laplace",
                                             "Matérn 1/2", "Matérn 3/2", "Matérn 5/2", NULL };

static const char *const stop_names[] = { "end", "time", "best", "ridge", NULL };
static const char *const stop_labels[] = { N_("At the end"), N_("Fixed time"), N_("Best time"),
                                           N_("Best ridge"), NULL };

static const char *const average_names[] = { "drawn", "expected", NULL };
static const char *const average_labels[] = { N_("Drawn"), N_("Closed form"), NULL };

static const char *const center_names[] = { "median", "mean", NULL };
static const char *const center_labels[] = { N_("Median"), N_("Mean"), NULL };

static const char *const no_yes_names[] = { "no", "yes", NULL };
static const char *const no_yes_labels[] = { N_("No"), N_("Yes"), NULL };

static const LabParameter parameters[LAB_N_KEYS] = {
  [LAB_MODEL] = {
    .key = "model", .type = LAB_TYPE_CHOICE, .fallback = LAB_MODEL_LINEARISED,
    .choices = model_names, .choice_labels = model_labels,
    .group = LAB_GROUP_NETWORK, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Model"), .symbol = "",
    .tooltip = N_("Linear in the inputs; a network of which the readout alone is trained, or every "
                   "parameter to first order about its start (the empirical NTK); or its limit of "
                   "infinite width") },
  [LAB_WIDTH] = {
    .key = "width", .type = LAB_TYPE_INTEGER, .minimum = 1, .maximum = 4096, .or_infinity = TRUE,
    .scale = LAB_SCALE_LOG, .fallback = 100,
    .group = LAB_GROUP_NETWORK, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Width"), .symbol = "<i>m</i>",
    .tooltip = N_("Units per hidden layer; of a linear model the coordinates that it sees") },
  [LAB_DEPTH] = {
    .key = "depth", .type = LAB_TYPE_INTEGER, .minimum = 1, .maximum = 10,
    .scale = LAB_SCALE_LINEAR, .fallback = 1,
    .group = LAB_GROUP_NETWORK, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Depth"), .symbol = "<i>L</i>", .tooltip = N_("Hidden layers") },
  [LAB_NOISE] = {
    .key = "noise", .type = LAB_TYPE_REAL, .minimum = 0, .maximum = 3,
    .scale = LAB_SCALE_LINEAR, .fallback = 0.5,
    .group = LAB_GROUP_NETWORK, .effect = LAB_EFFECT_RECOMBINE,
    .label = N_("Noise"), .symbol = "σ",
    .tooltip = N_("Standard deviation of the label noise; the targets have unit power") },
  [LAB_INIT_SCALE] = {
    .key = "init-scale", .type = LAB_TYPE_REAL, .minimum = 0, .maximum = 4,
    .scale = LAB_SCALE_LINEAR, .fallback = 0,
    .group = LAB_GROUP_NETWORK, .effect = LAB_EFFECT_RECOMBINE,
    .label = N_("Initialization"), .symbol = "α",
    .tooltip = N_("Scale of the initial function: 0 mirrored, 1 standard. Kernel and training "
                   "are untouched") },
  [LAB_KERNEL] = {
    .key = "kernel", .type = LAB_TYPE_CHOICE, .fallback = 0,
    .choices = kernel_names, .choice_labels = kernel_labels,
    .group = LAB_GROUP_NETWORK, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Kernel"), .symbol = "",
    .tooltip = N_("What the regression at infinite width uses: the NTK of a network trained in "
                   "all layers, the NNGP of one trained in the last, or a kernel to compare with") },
  [LAB_LENGTH_SCALE] = {
    .key = "length-scale", .type = LAB_TYPE_REAL, .minimum = 0.01, .maximum = 100,
    .scale = LAB_SCALE_LOG, .fallback = 1,
    .group = LAB_GROUP_NETWORK, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Length scale"), .symbol = "ℓ",
    .tooltip = N_("Of the RBF, Laplace and Matérn kernels, for inputs scaled to the unit sphere") },
  [LAB_ACTIVATION] = {
    .key = "activation", .type = LAB_TYPE_CHOICE, .fallback = 0,
    .choices = activation_names, .choice_labels = activation_labels,
    .group = LAB_GROUP_NETWORK, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Activation"), .symbol = "ϕ", .tooltip = N_("Nonlinearity of the hidden units") },
  [LAB_LEAK] = {
    .key = "leak", .type = LAB_TYPE_REAL, .minimum = 0, .maximum = 1,
    .scale = LAB_SCALE_LINEAR, .fallback = 0.1,
    .group = LAB_GROUP_NETWORK, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Leak"), .symbol = "", .tooltip = N_("Slope of leaky ReLU for negative inputs") },
  [LAB_SIGMA_W2] = {
    .key = "sigma-w2", .type = LAB_TYPE_REAL, .minimum = 0, .maximum = 10,
    .scale = LAB_SCALE_LINEAR, .fallback = 2,
    .group = LAB_GROUP_NETWORK, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Weight variance"), .symbol = "σ<sub>w</sub>²",
    .tooltip = N_("Variance of the hidden weights; by default what keeps the signal's size from "
                   "layer to layer") },
  [LAB_SIGMA_B2] = {
    .key = "sigma-b2", .type = LAB_TYPE_REAL, .minimum = 0, .maximum = 10,
    .scale = LAB_SCALE_LINEAR, .fallback = 0,
    .group = LAB_GROUP_NETWORK, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Bias variance"), .symbol = "σ<sub>b</sub>²",
    .tooltip = N_("Variance of the biases; 0 for none") },
  [LAB_SIGMA_V2] = {
    .key = "sigma-v2", .type = LAB_TYPE_REAL, .minimum = 0, .maximum = 10,
    .scale = LAB_SCALE_LINEAR, .fallback = 1,
    .group = LAB_GROUP_NETWORK, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Readout variance"), .symbol = "σ<sub>v</sub>²",
    .tooltip = N_("Variance of the readout weights") },
  [LAB_DIM] = {
    .key = "dim", .type = LAB_TYPE_INTEGERS, .minimum = 1, .maximum = 1000,
    .scale = LAB_SCALE_LOG, .fallback = 10,
    .group = LAB_GROUP_DATA, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Input dimension"), .symbol = "<i>D</i>",
    .tooltip = N_("Coordinates of an input") },
  [LAB_INPUTS] = {
    .key = "inputs", .type = LAB_TYPE_CHOICE, .fallback = LAB_INPUTS_SPHERE,
    .choices = inputs_names, .choice_labels = inputs_labels,
    .group = LAB_GROUP_DATA, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Inputs"), .symbol = "",
    .tooltip = N_("Uniform on the sphere of radius √D, normal, or normal with the last coordinates "
                   "shrunk: these are learned late") },
  [LAB_SLOW_DIMS] = {
    .key = "slow-dims", .type = LAB_TYPE_INTEGER, .minimum = 0, .maximum = 1000,
    .scale = LAB_SCALE_LINEAR, .fallback = 10,
    .group = LAB_GROUP_DATA, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Slow coordinates"), .symbol = "",
    .tooltip = N_("How many of the coordinates, the last ones, are shrunk") },
  [LAB_SLOW_SCALE] = {
    .key = "slow-scale", .type = LAB_TYPE_REAL, .minimum = 0, .maximum = 1,
    .scale = LAB_SCALE_LINEAR, .fallback = 0.05,
    .group = LAB_GROUP_DATA, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Their scale"), .symbol = "",
    .tooltip = N_("Standard deviation of the slow coordinates; that of the others is 1") },
  [LAB_SLOW_POWER] = {
    .key = "slow-power", .type = LAB_TYPE_REAL, .minimum = 0, .maximum = 10,
    .scale = LAB_SCALE_LINEAR, .fallback = 1,
    .group = LAB_GROUP_DATA, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Slow power"), .symbol = "",
    .tooltip = N_("Mean square of what the slow coordinates bring to the target") },
  [LAB_FAST_POWER] = {
    .key = "fast-power", .type = LAB_TYPE_REAL, .minimum = 0, .maximum = 10,
    .scale = LAB_SCALE_LINEAR, .fallback = 0,
    .group = LAB_GROUP_DATA, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Fast power"), .symbol = "",
    .tooltip = N_("Mean square of what the others bring; unless set, what is missing from 1") },
  [LAB_N_TRAIN] = {
    .key = "n-train", .type = LAB_TYPE_INTEGER, .minimum = 1, .maximum = 20000,
    .scale = LAB_SCALE_LOG, .fallback = 200,
    .group = LAB_GROUP_DATA, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Samples"), .symbol = "<i>n</i>", .tooltip = N_("Training points") },
  [LAB_N_TEST] = {
    .key = "n-test", .type = LAB_TYPE_INTEGER, .minimum = 1, .maximum = 20000,
    .scale = LAB_SCALE_LOG, .fallback = 1000,
    .group = LAB_GROUP_DATA, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Test points"), .symbol = "", .tooltip = N_("Points the test error is averaged over") },
  [LAB_TARGET] = {
    .key = "target", .type = LAB_TYPE_CHOICE, .fallback = 0,
    .choices = target_names, .choice_labels = target_labels,
    .group = LAB_GROUP_DATA, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Target"), .symbol = "",
    .tooltip = N_("The function to learn: linear, quadratic, half of each, cos(2β·x), or a random "
                   "network, all of unit power; or the published (∑x)²") },
  [LAB_STOP] = {
    .key = "stop", .type = LAB_TYPE_CHOICE, .fallback = 0,
    .choices = stop_names, .choice_labels = stop_labels,
    .group = LAB_GROUP_TRAINING, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Training stops"), .symbol = "",
    .tooltip = N_("At the end, at a fixed time, at the best of 41 times or with the best of 13 "
                   "ridges, in each trial") },
  [LAB_TIME] = {
    .key = "time", .type = LAB_TYPE_REAL, .minimum = 1e-2, .maximum = 1e8, .or_infinity = TRUE,
    .scale = LAB_SCALE_LOG, .fallback = INFINITY,
    .group = LAB_GROUP_TRAINING, .effect = LAB_EFFECT_FILTER,
    .label = N_("Training time"), .symbol = "<i>t</i>",
    .tooltip = N_("Of gradient flow on half the mean squared error") },
  [LAB_RIDGE] = {
    .key = "ridge", .type = LAB_TYPE_REAL, .minimum = 1e-9, .maximum = 100, .or_zero = TRUE,
    .scale = LAB_SCALE_LOG, .fallback = 0,
    .group = LAB_GROUP_TRAINING, .effect = LAB_EFFECT_FILTER,
    .label = N_("Ridge"), .symbol = "λ",
    .tooltip = N_("Penalty on the change of the parameters; 0 is the minimum-norm solution") },
  [LAB_CUTOFF] = {
    .key = "cutoff", .type = LAB_TYPE_REAL, .minimum = 1e-16, .maximum = 1e-3,
    .scale = LAB_SCALE_LOG, .fallback = NTK_EIGENVALUE_CUTOFF,
    .group = LAB_GROUP_TRAINING, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Cut-off"), .symbol = "",
    .tooltip = N_("Eigenvalues of the kernel below this share of the largest count as zero where there "
                   "is no ridge: it sets the rank, and how high a peak can be") },
  [LAB_AXIS] = {
    .key = "axis", .type = LAB_TYPE_CHOICE, .fallback = 0,
    .choices = axis_names, .choice_labels = axis_labels,
    .group = LAB_GROUP_AXIS, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Along the axis"), .symbol = "",
    .tooltip = N_("What is swept: its own slider then moves the cursor") },
  [LAB_FROM] = {
    .key = "from", .type = LAB_TYPE_REAL,
    .scale = LAB_SCALE_LOG, .fallback = 2,
    .group = LAB_GROUP_AXIS, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("From"), .symbol = "", .tooltip = N_("Where the axis begins") },
  [LAB_TO] = {
    .key = "to", .type = LAB_TYPE_REAL,
    .scale = LAB_SCALE_LOG, .fallback = 400,
    .group = LAB_GROUP_AXIS, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("To"), .symbol = "", .tooltip = N_("Where the axis ends") },
  [LAB_POINTS] = {
    .key = "points", .type = LAB_TYPE_INTEGER, .minimum = 2, .maximum = 400,
    .scale = LAB_SCALE_LOG, .fallback = 40,
    .group = LAB_GROUP_AXIS, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Points"), .symbol = "",
    .tooltip = N_("Log-spaced points along the axis; unless set, there are more where they tell or cost "
                   "nothing") },
  [LAB_SLOPE_FROM] = {
    .key = "fit-from", .type = LAB_TYPE_INTEGER,
    .scale = LAB_SCALE_LOG, .fallback = 0,
    .group = LAB_GROUP_SLOPES, .effect = LAB_EFFECT_RECOMBINE,
    .label = N_("Slope from"), .symbol = "",
    .tooltip = N_("Where the range begins over which slopes are taken") },
  [LAB_SLOPE_TO] = {
    .key = "fit-to", .type = LAB_TYPE_INTEGER,
    .scale = LAB_SCALE_LOG, .fallback = 0,
    .group = LAB_GROUP_SLOPES, .effect = LAB_EFFECT_RECOMBINE,
    .label = N_("Slope to"), .symbol = "",
    .tooltip = N_("Where the range ends over which slopes are taken") },
  [LAB_REACH] = {
    .key = "reach", .type = LAB_TYPE_REAL, .minimum = 100, .maximum = 1e10,
    .scale = LAB_SCALE_LOG, .fallback = 1e5,
    .group = LAB_GROUP_SLOPES, .effect = LAB_EFFECT_RECOMBINE,
    .label = N_("Theory reaches to"), .symbol = "<i>n</i>",
    .tooltip = N_("How far the mean-field curves are followed, beyond what can be simulated") },
  [LAB_AVERAGE] = {
    .key = "average", .type = LAB_TYPE_CHOICE, .fallback = 0,
    .choices = average_names, .choice_labels = average_labels,
    .group = LAB_GROUP_AVERAGING, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Noise and start"), .symbol = "",
    .tooltip = N_("Draw label noise and initial function, or average over them in closed form") },
  [LAB_CENTER] = {
    .key = "center", .type = LAB_TYPE_CHOICE, .fallback = LAB_CENTER_MEDIAN,
    .choices = center_names, .choice_labels = center_labels,
    .group = LAB_GROUP_AVERAGING, .effect = LAB_EFFECT_RECOMBINE,
    .label = N_("Center"), .symbol = "",
    .tooltip = N_("What the curve over seeds is: theory speaks of the mean, which a few seeds can "
                   "carry far up where errors scatter widely") },
  [LAB_ENSEMBLE] = {
    .key = "ensemble", .type = LAB_TYPE_INTEGER, .minimum = 1, .maximum = 1000, .or_infinity = TRUE,
    .scale = LAB_SCALE_LOG, .fallback = 1,
    .group = LAB_GROUP_AVERAGING, .effect = LAB_EFFECT_RECOMBINE,
    .label = N_("Ensemble"), .symbol = "<i>K</i>",
    .tooltip = N_("Models with weights of their own, trained on the same data, whose predictions "
                   "are averaged") },
  [LAB_SEEDS] = {
    .key = "seeds", .type = LAB_TYPE_INTEGER, .minimum = 1, .maximum = 1000,
    .scale = LAB_SCALE_LOG, .fallback = 20,
    .group = LAB_GROUP_AVERAGING, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Seeds"), .symbol = "",
    .tooltip = N_("Independent draws of data, noise and weights: trials over which the curve is averaged") },
  [LAB_SEED] = {
    .key = "seed", .type = LAB_TYPE_INTEGER, .minimum = 0, .maximum = 0x1p63,
    .scale = LAB_SCALE_LINEAR, .fallback = 1,
    .group = LAB_GROUP_AVERAGING, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Random seed"), .symbol = "", .tooltip = N_("Names the draws: same seed, same numbers") },
  [LAB_MAX_DEPTH] = {
    .key = "max-depth", .type = LAB_TYPE_INTEGER, .minimum = 1, .maximum = 10,
    .scale = LAB_SCALE_LINEAR, .fallback = 6,
    .group = LAB_GROUP_NETWORK, .effect = LAB_EFFECT_COMPUTE,
    .label = N_("Greatest depth"), .symbol = "",
    .tooltip = N_("Profiles of depth 1 up to this one are drawn") },
  [LAB_NORMALISED] = {
    .key = "normalised", .type = LAB_TYPE_CHOICE, .fallback = 0,
    .choices = no_yes_names, .choice_labels = no_yes_labels,
    .group = LAB_GROUP_NETWORK, .effect = LAB_EFFECT_RECOMBINE,
    .label = N_("Normalised"), .symbol = "",
    .tooltip = N_("The kernel divided by its value at angle 0") },
  [LAB_SHOW] = {
    .key = "show", .type = LAB_TYPE_SET,
    .group = LAB_GROUP_OVERLAYS, .effect = LAB_EFFECT_RECOMBINE,
    .label = N_("Show"), .symbol = "", .tooltip = N_("The curves that are drawn") },
  [LAB_VIEW] = {
    .key = "view", .type = LAB_TYPE_VIEW, .fallback = 0,
    .group = LAB_GROUP_OVERLAYS, .effect = LAB_EFFECT_RECOMBINE,
    .label = N_("View"), .symbol = "", .tooltip = N_("Which figure of the exhibit is drawn") },
};

static const char *const group_labels[LAB_N_GROUPS] = {
  [LAB_GROUP_NETWORK] = N_("Network"),     [LAB_GROUP_DATA] = N_("Data"),
  [LAB_GROUP_TRAINING] = N_("Training"),   [LAB_GROUP_AXIS] = N_("Range"),
  [LAB_GROUP_SLOPES] = N_("Slopes"),
  [LAB_GROUP_AVERAGING] = N_("Averaging"), [LAB_GROUP_OVERLAYS] = N_("Curves"),
};

const LabParameter *
lab_parameter (LabKey key)
{
  g_return_val_if_fail (key < LAB_N_KEYS, NULL);
  return &parameters[key];
}

const char *
lab_group_label (LabGroup group)
{
  g_return_val_if_fail (group < LAB_N_GROUPS, NULL);
  return group_labels[group];
}

/* Levenshtein's distance, one row at a time. */
static guint
edit_distance (const char *a, const char *b)
{
  gsize n = strlen (b);
  g_autofree guint *row = g_new (guint, n + 1);

  for (gsize j = 0; j <= n; j++)
    row[j] = j;
  for (gsize i = 1; a[i - 1] != '\0'; i++)
    {
      guint diagonal = row[0];

      row[0] = i;
      for (gsize j = 1; j <= n; j++)
        {
          guint change = diagonal + (a[i - 1] != b[j - 1]);

          diagonal = row[j];
          row[j] = MIN (change, MIN (row[j], row[j - 1]) + 1);
        }
    }
  return row[n];
}

const char *
lab_nearest (const char *word, const char *const *candidates)
{
  const char *best = NULL;
  guint least = G_MAXUINT;
  gsize length = strlen (word), most = MAX (2, length / 3);

  for (gsize i = 0; candidates[i] != NULL; i++)
    {
      gsize other = strlen (candidates[i]);
      guint distance;

      if (MAX (length, other) - MIN (length, other) > most)
        continue;
      distance = edit_distance (word, candidates[i]);
      if (distance < least)
        {
          least = distance;
          best = candidates[i];
        }
    }
  return least <= most ? best : NULL;
}

gboolean
lab_parameter_find (const char *name, LabKey *key, GError **error)
{
  const char *names[LAB_N_KEYS + 2];
  g_autofree char *quoted = NULL;
  const char *near;

  for (guint i = 0; i < LAB_N_KEYS; i++)
    {
      if (strcmp (parameters[i].key, name) == 0)
        {
          *key = i;
          return TRUE;
        }
      names[i] = parameters[i].key;
    }
  names[LAB_N_KEYS] = "init";
  names[LAB_N_KEYS + 1] = NULL;

  near = lab_nearest (name, names);
  quoted = lab_quote (name);
  if (near != NULL)
    g_set_error (error, LAB_ERROR, LAB_ERROR_UNKNOWN,
                 _("unknown parameter “%s”; did you mean “%s”?"), quoted, near);
  else
    g_set_error (error, LAB_ERROR, LAB_ERROR_UNKNOWN,
                 _("unknown parameter “%s”; “list parameters” shows all"), quoted);
  return FALSE;
}
