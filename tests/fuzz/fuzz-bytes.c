#include "fuzz.h"

#include <math.h>
#include <string.h>

guint8
fuzz_byte (FuzzBytes *self)
{
  if (self->size == 0)
    return 0;
  self->size--;
  return *self->data++;
}

guint
fuzz_below (FuzzBytes *self, guint n)
{
  return fuzz_byte (self) % n;
}

double
fuzz_unit (FuzzBytes *self)
{
  const guint high = fuzz_byte (self), low = fuzz_byte (self);

  return (high * 256 + low) / 65535.0;
}

double
fuzz_double (FuzzBytes *self)
{
  guint8 bytes[sizeof (double)];
  double x;

  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = fuzz_byte (self);
  memcpy (&x, bytes, sizeof x);
  return x;
}

double
fuzz_finite (FuzzBytes *self, double largest)
{
  const double x = fuzz_double (self);

  return isfinite (x) ? fmod (x, largest) : 0;
}
