#ifndef HALO_H
#define HALO_H

#include "gauge.h"

/* Brings the first and last slices of the neighbours in t. */
void halo_exchange(gauge *field);

/* The matrices of one slice. */
size_t halo_slice(const gauge *field);

#endif
