#ifndef OUTPUT_H
#define OUTPUT_H

#include "heat.h"

/* Writes the field as dataset `temperature` of one HDF5 file, all processes together.
 * 0 where that worked, -1 where it did not. */
int output_write(const heat *grid, double time, const char *path);

#endif
