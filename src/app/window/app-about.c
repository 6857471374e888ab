#include "app-about.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "config.h"

/* The papers whose formulas are drawn. */
static const char *papers[] = {
  "Jacot, Gabriel & Hongler 2018 https://arxiv.org/abs/1806.07572",
  "Lee et al. 2019 https://arxiv.org/abs/1902.06720",
  "Hastie, Montanari, Rosset & Tibshirani 2022 https://arxiv.org/abs/1903.08560",
  "Mei & Montanari 2022 https://arxiv.org/abs/1908.05355",
  "d’Ascoli, Refinetti, Biroli & Krzakala 2020 https://arxiv.org/abs/2003.01054",
  "Adlam & Pennington 2020 https://arxiv.org/abs/2011.03321",
  "Defilippis, Loureiro & Misiakiewicz 2024 https://arxiv.org/abs/2405.15699",
  "Chen, Li & Lin 2024",
  NULL,
};

void
app_show_about (GtkWindow *parent)
{
  const char *developers[] = { "The Tangent Lab authors", NULL };
  GtkWidget *about = adw_about_window_new ();

  g_object_set (about,
                "transient-for", parent,
                "modal", TRUE,
                "application-name", _("Tangent Lab"),
                "application-icon", APPLICATION_ID,
                "version", PACKAGE_VERSION,
                "developer-name", _("The Tangent Lab authors"),
                "developers", developers,
                "license-type", GTK_LICENSE_GPL_3_0,
                "copyright", "© 2024 The Tangent Lab authors",
                "comments", _("A bench for the theory of neural tangent kernels: move a slider, and the "
                              "figure answers while your hand is still on it."),
                /* Translators: put your name and address here, one person a line */
                "translator-credits", _("translator-credits"),
                NULL);
  adw_about_window_add_credit_section (ADW_ABOUT_WINDOW (about), _("Theory by"), papers);
  gtk_window_present (GTK_WINDOW (about));
}
