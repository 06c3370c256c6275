/* Matrices of SU(3), LANES of them at once: the lanes are the innermost index, so one instruction
 * does the same for all. LANES is chosen for the CPU when this is compiled. */
#ifndef SU3_H
#define SU3_H

#include <stdint.h>

#ifndef LANES
#define LANES 2
#endif

typedef struct {
  double re[3][3][LANES];
  double im[3][3][LANES];
} su3;

void su3_unit(su3 *to);
void su3_multiply(su3 *to, const su3 *a, const su3 *b);         /* a b */
void su3_multiply_dagger(su3 *to, const su3 *a, const su3 *b);  /* a b^+ */
void su3_dagger_multiply(su3 *to, const su3 *a, const su3 *b);  /* a^+ b */
void su3_add(su3 *to, double factor, const su3 *a);

/* Re tr(a b^+), lane by lane: where both are in SU(3), 3 if and only if a = b. */
void su3_trace(double to[LANES], const su3 *a, const su3 *b);

/* Back into SU(3): the rows are made orthonormal, and the third one follows from the others. */
void su3_project(su3 *u);

/* The largest |u u^+ - 1| and |det u - 1| of all elements and lanes. */
double su3_defect(const su3 *u);

/* Each lane becomes what the lane behind it was, the last one the first; and the reverse. */
void su3_rotate(su3 *to, const su3 *from);
void su3_rotate_back(su3 *to, const su3 *from);

/* One lane: a matrix that depends on the key alone. */
void su3_random(su3 *to, int lane, uint64_t key);

#endif
