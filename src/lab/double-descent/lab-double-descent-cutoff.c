/* Where the cut-off decides what is simulated: theory knows none. */

#include <math.h>

#include "lab-answer-private.h"
#include "lab-double-descent.h"
#include "lab-spec-ntk.h"

/* The share of all directions about which the cut-off may decide before theory is left out. One direction is
 * always allowed, since a seed may have it by chance. With a cut-off above the usual ones none is allowed. */
#define FEW 0.02
#define HIGH_CUTOFF 1e-8

/* Networks with a kink may lack rank by themselves, through dead units. Others have all the rank that their features
 * allow, even if rounding hides it. */
static gboolean
has_full_rank (const LabSpec *spec)
{
  NtkActivation activation;

  lab_spec_activation (spec, &activation);
  return lab_spec_is_infinite (spec)
         || (lab_spec_model (spec)->has_layers && !activation.type->homogeneous);
}

static double
rank_bound (const LabCombine *c, double x)
{
  double n = lab_descent_samples (c->spec, x);

  return lab_spec_is_infinite (c->spec) ? n : MIN (n, lab_descent_features (c->spec, x));
}

/* The most directions that the cut-off decides about in any seed. */
static int
count_cut (const LabCombine *c, int i, double x)
{
  gboolean full = has_full_rank (c->spec);
  int most = 0;

  for (int s = 0; s < c->seeds; s++)
    {
      const LabPiece *piece = lab_combine_piece (c, s, i);

      most = MAX (most, piece->cut);
      if (full)
        most = MAX (most, rank_bound (c, x) - piece->rank);
    }
  return most;
}

void
lab_combine_find_cutoff (LabCombine *c)
{
  LabDescentFacts *facts = c->facts;
  gboolean high = lab_spec_real (c->spec, LAB_CUTOFF) > HIGH_CUTOFF,
           minimum_norm = lab_descent_is_minimum_norm (c->spec);

  for (int i = 0; i < c->n_x; i++)
    {
      double x = facts->rank_x[i];
      int cut = count_cut (c, i, x), allowed = high ? 0 : MAX (1, FEW * rank_bound (c, x));

      c->decided[i] = minimum_norm && cut > allowed;
      if (cut <= facts->max_cut)
        continue;
      facts->max_cut = cut;
      facts->cutoff_x = x;
    }
}

gboolean
lab_combine_cutoff_decides (const LabCombine *c, double x)
{
  const double *places = c->result->plan->x;
  int i = 0;

  while (i + 1 < c->n_x && places[i] < x)
    i++;
  return c->decided[i] || (i > 0 && places[i] != x && c->decided[i - 1]);
}

void
lab_combine_judge (const LabCombine *c, LabSeries *series)
{
  LabSetting setting;

  lab_setting_init (&setting, c->spec, series->type->id);
  for (int i = 0; i < series->n; i++)
    {
      gboolean decided = lab_combine_cutoff_decides (c, series->x[i]);

      series->ends = series->ends || decided;
      lab_series_judge_at (series, i,
                           decided ? LAB_DOMAIN_OUT : lab_setting_domain (&setting, series->x[i]));
    }
}
