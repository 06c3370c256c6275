#ifndef RANDOM_H
#define RANDOM_H

#include <stdint.h>

/* A number between -1 and 1 that depends on the key alone: no state, so that each process makes its
 * own part of a field and all parts fit. The mixer is that of splitmix64. */
double random_between(uint64_t key);

#endif
