/* Text as coverage of pixels. Filling its outlines takes most of the time of a figure with many
 * labels, and most of them stand where they stood in the frame before: masks are kept with the fonts
 * of the thread, as Pango keeps its glyphs. What is drawn is the same whether there was one or not. */

#include <math.h>

#include "plot-path-private.h"
#include "plot-text-private.h"

#define MAX_MASKS 400        /* in one generation: some MB at the size of the screen */
#define MAX_PIXELS (1 << 16) /* of one: the large type of printed sheets is drawn once */

typedef struct
{
  cairo_surface_t *surface; /* A8 */
  int x, y;                 /* of its corner, device pixels from the whole pixel of the origin */
} Mask;

static void
mask_free (gpointer data)
{
  Mask *self = data;

  g_clear_pointer (&self->surface, cairo_surface_destroy);
  g_free (self);
}

/* Those used of late, and those from before they became too many. */
typedef struct
{
  GHashTable *young, *old; /* what a mask shows and how -> Mask */
} Masks;

static GHashTable *
table_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, mask_free);
}

static void
masks_free (gpointer data)
{
  Masks *self = data;

  g_hash_table_unref (self->young);
  g_hash_table_unref (self->old);
  g_free (self);
}

static Masks *
get_masks (void)
{
  GObject *map = G_OBJECT (pango_cairo_font_map_get_default ());
  Masks *masks = g_object_get_data (map, "plot-masks");

  if (masks == NULL)
    {
      masks = g_new (Masks, 1);
      *masks = (Masks){ table_new (), table_new () };
      g_object_set_data_full (map, "plot-masks", masks, masks_free);
    }
  return masks;
}

/* Takes key and mask. */
static void
keep (Masks *self, char *key, Mask *mask)
{
  if (g_hash_table_size (self->young) >= MAX_MASKS)
    {
      g_hash_table_unref (self->old);
      self->old = g_steal_pointer (&self->young);
      self->young = table_new ();
    }
  g_hash_table_insert (self->young, key, mask);
}

/* The matrix from the text's own pixels to the device's, whose origin is in the first pixel. */
static cairo_matrix_t
device_matrix (cairo_t *cr, double x, double y, int *column, int *row)
{
  cairo_matrix_t matrix, device;
  double sx, sy;

  cairo_get_matrix (cr, &matrix);
  cairo_matrix_translate (&matrix, x, y);
  cairo_surface_get_device_scale (cairo_get_target (cr), &sx, &sy);
  cairo_matrix_init_scale (&device, sx, sy);
  cairo_matrix_multiply (&matrix, &matrix, &device);
  *column = (int) floor (matrix.x0);
  *row = (int) floor (matrix.y0);
  matrix.x0 -= *column;
  matrix.y0 -= *row;
  return matrix;
}

/* Device pixels around the ink, with one to spare. */
static cairo_rectangle_int_t
ink_extents (PangoLayout *text, const cairo_matrix_t *matrix)
{
  PlotRect box = { INFINITY, INFINITY, -INFINITY, -INFINITY };
  PangoRectangle ink;

  pango_layout_get_extents (text, &ink, NULL);
  for (int corner = 0; corner < 4; corner++)
    {
      double x = (ink.x + (corner & 1 ? ink.width : 0)) / (double) PANGO_SCALE;
      double y = (ink.y + (corner & 2 ? ink.height : 0)) / (double) PANGO_SCALE;

      cairo_matrix_transform_point (matrix, &x, &y);
      box = (PlotRect){ MIN (box.left, x), MIN (box.top, y), MAX (box.right, x),
                        MAX (box.bottom, y) };
    }
  box = plot_rect_grow (box, 1);
  return (cairo_rectangle_int_t){ (int) floor (box.left), (int) floor (box.top),
                                  (int) ceil (box.right - floor (box.left)),
                                  (int) ceil (box.bottom - floor (box.top)) };
}

static Mask *
mask_new (PangoLayout *text, const cairo_matrix_t *matrix, cairo_rectangle_int_t box)
{
  cairo_matrix_t moved = *matrix;
  Mask *self = g_new0 (Mask, 1);
  cairo_t *cr;

  self->x = box.x;
  self->y = box.y;
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_A8, box.width, box.height);
  cr = cairo_create (self->surface);
  moved.x0 -= box.x;
  moved.y0 -= box.y;
  cairo_set_matrix (cr, &moved);
  pango_cairo_update_layout (cr, text);
  pango_cairo_layout_path (cr, text);
  cairo_fill (cr);
  cairo_destroy (cr);
  return self;
}

static const Mask *
find_mask (PangoLayout *text, const char *key, const cairo_matrix_t *matrix,
           cairo_rectangle_int_t box)
{
  Masks *masks = get_masks ();
  g_autofree char *full = g_strdup_printf ("%a %a %a %a %a %a %s", matrix->xx, matrix->xy,
                                           matrix->yx, matrix->yy, matrix->x0, matrix->y0, key);
  Mask *mask = g_hash_table_lookup (masks->young, full);
  gpointer old_key, old_mask;

  if (mask != NULL)
    return mask;
  if (g_hash_table_steal_extended (masks->old, full, &old_key, &old_mask))
    {
      g_free (old_key);
      mask = old_mask;
    }
  else
    {
      mask = mask_new (text, matrix, box);
    }
  keep (masks, g_steal_pointer (&full), mask);
  return mask;
}

static void
draw_outlines (cairo_t *cr, PangoLayout *text, double x, double y)
{
  cairo_move_to (cr, x, y);
  pango_cairo_update_layout (cr, text);
  pango_cairo_layout_path (cr, text);
  cairo_fill (cr);
}

void
plot_text_draw_mask (cairo_t *cr, PangoLayout *text, const char *key, double x, double y)
{
  int column, row;
  cairo_matrix_t matrix = device_matrix (cr, x, y, &column, &row);
  cairo_rectangle_int_t box = ink_extents (text, &matrix);
  const Mask *mask;
  double sx, sy;

  if ((gint64) box.width * box.height > MAX_PIXELS)
    {
      draw_outlines (cr, text, x, y);
      return;
    }
  mask = find_mask (text, key, &matrix, box);
  cairo_surface_get_device_scale (cairo_get_target (cr), &sx, &sy);
  cairo_save (cr);
  cairo_identity_matrix (cr);
  cairo_scale (cr, 1 / sx, 1 / sy);
  cairo_mask_surface (cr, mask->surface, column + mask->x, row + mask->y);
  cairo_restore (cr);
}
