#include "plot-text-private.h"

PangoContext *
plot_text_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_cairo_context_set_resolution (context, 96);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string ("en"));
  return context;
}

#define SCRIPT_SIZE 0.72
#define SUPERSCRIPT_RISE 0.36 /* of the type size */
#define SUBSCRIPT_RISE -0.16

static gboolean
is_script (PangoAttribute *attribute, gpointer scripts)
{
  if (attribute->klass->type == PANGO_ATTR_BASELINE_SHIFT)
    g_ptr_array_add (scripts, pango_attribute_copy (attribute));
  return attribute->klass->type == PANGO_ATTR_BASELINE_SHIFT
         || attribute->klass->type == PANGO_ATTR_FONT_SCALE;
}

static void
insert_over (PangoAttrList *attributes, PangoAttribute *attribute, const PangoAttribute *range)
{
  attribute->start_index = range->start_index;
  attribute->end_index = range->end_index;
  pango_attr_list_insert (attributes, attribute);
}

/* Pango sizes and raises scripts by metrics that go wrong under a scaled Cairo context, and a
 * figure must look the same at every resolution: a fixed size and rise instead. */
static void
fix_scripts (PangoAttrList *attributes, double pixels)
{
  g_autoptr (GPtrArray)
    scripts = g_ptr_array_new_with_free_func ((GDestroyNotify) pango_attribute_destroy);
  PangoAttrList *taken = pango_attr_list_filter (attributes, is_script, scripts);

  g_clear_pointer (&taken, pango_attr_list_unref);
  for (guint i = 0; i < scripts->len; i++)
    {
      const PangoAttribute *script = g_ptr_array_index (scripts, i);
      gboolean below = ((const PangoAttrInt *) script)->value == PANGO_BASELINE_SHIFT_SUBSCRIPT;
      double rise = pixels * (below ? SUBSCRIPT_RISE : SUPERSCRIPT_RISE);

      insert_over (attributes, pango_attr_scale_new (SCRIPT_SIZE), script);
      insert_over (attributes, pango_attr_rise_new ((int) (rise * PANGO_SCALE)), script);
    }
}

/* All that decides what a text looks like; takes what is added. */
static void
extend_key (PangoLayout *text, char *more)
{
  const char *old = g_object_get_data (G_OBJECT (text), "plot-key");

  g_object_set_data_full (G_OBJECT (text), "plot-key",
                          g_strconcat (old != NULL ? old : "", more, NULL), g_free);
  g_free (more);
}

void
plot_text_set_spacing (PangoLayout *text, double pixels)
{
  pango_layout_set_spacing (text, (int) (pixels * PANGO_SCALE));
  extend_key (text, g_strdup_printf (" %a", pixels));
}

PangoLayout *
plot_text_new (PangoContext *context, const PlotTheme *theme, const char *markup, double pixels,
               PangoWeight weight)
{
  PangoLayout *text = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_new ();
  PangoAttrList *attributes = NULL;
  g_autofree char *plain = NULL;

  pango_font_description_set_family_static (font, theme->font);
  pango_font_description_set_absolute_size (font, MAX (1, pixels) * PANGO_SCALE);
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (text, font);
  pango_font_description_free (font);

  if (markup == NULL)
    markup = "";
  if (pango_parse_markup (markup, -1, 0, &attributes, &plain, NULL, NULL))
    {
      pango_layout_set_text (text, plain, -1);
      fix_scripts (attributes, pixels);
      pango_layout_set_attributes (text, attributes);
      pango_attr_list_unref (attributes);
    }
  else
    {
      pango_layout_set_text (text, markup, -1);
    }
  extend_key (text, g_strdup_printf ("%s %a %d %s", theme->font, pixels, weight, markup));
  return text;
}

void
plot_text_wrap (PangoLayout *text, double width, int lines)
{
  pango_layout_set_width (text, (int) (CLAMP (width, 1, 1e6) * PANGO_SCALE));
  pango_layout_set_wrap (text, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (text, PANGO_ELLIPSIZE_END);
  pango_layout_set_height (text, -lines);
  extend_key (text, g_strdup_printf (" %d %d", pango_layout_get_width (text), lines));
}

double
plot_text_width (PangoLayout *text)
{
  PangoRectangle logical;

  pango_layout_get_extents (text, NULL, &logical);
  return (double) logical.width / PANGO_SCALE;
}

double
plot_text_height (PangoLayout *text)
{
  PangoRectangle logical;

  pango_layout_get_extents (text, NULL, &logical);
  return (double) logical.height / PANGO_SCALE;
}

char *
plot_text_plain (const char *markup)
{
  char *plain = NULL;

  if (!pango_parse_markup (markup, -1, 0, NULL, &plain, NULL, NULL))
    plain = g_strdup (markup);
  return plain;
}

static const cairo_user_data_key_t watch_key;

void
plot_text_watch (cairo_t *cr, gunichar *missing)
{
  *missing = 0;
  cairo_set_user_data (cr, &watch_key, missing, NULL);
}

static gunichar
find_missing (PangoLayout *text)
{
  PangoLayoutIter *iter = pango_layout_get_iter (text);
  gunichar missing = 0;

  do
    {
      const PangoGlyphItem *run = pango_layout_iter_get_run_readonly (iter);

      for (int i = 0; run != NULL && missing == 0 && i < run->glyphs->num_glyphs; i++)
        if (run->glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG)
          missing = run->glyphs->glyphs[i].glyph & ~PANGO_GLYPH_UNKNOWN_FLAG;
    }
  while (missing == 0 && pango_layout_iter_next_run (iter));
  pango_layout_iter_free (iter);
  return missing;
}

void
plot_text_draw (cairo_t *cr, PangoLayout *text, double x, double y)
{
  gunichar *missing = cairo_get_user_data (cr, &watch_key);
  const char *key = g_object_get_data (G_OBJECT (text), "plot-key");

  if (missing != NULL && *missing == 0 && pango_layout_get_unknown_glyphs_count (text) > 0)
    *missing = find_missing (text);
  /* Cairo puts the glyphs of an image on whole pixels, which spoils the spacing of small type; as
   * paths they stand where they belong, and as in the vector formats */
  if (cairo_surface_get_type (cairo_get_target (cr)) == CAIRO_SURFACE_TYPE_IMAGE)
    {
      plot_text_draw_mask (cr, text, key, x, y);
      return;
    }
  cairo_move_to (cr, x, y);
  pango_cairo_update_layout (cr, text);
  pango_cairo_show_layout (cr, text);
  /* Pango leaves a current point, which would join the next arc or line */
  cairo_new_path (cr);
}

void
plot_text_draw_baseline (cairo_t *cr, PangoLayout *text, double x, double y)
{
  plot_text_draw (cr, text, x, y - (double) pango_layout_get_baseline (text) / PANGO_SCALE);
}
