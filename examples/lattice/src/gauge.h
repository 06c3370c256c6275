/* A gauge field on a periodic lattice: a matrix of SU(3) on each link to the next site in x, y, z
 * and t. Slices of t are spread over the processes of a communicator.
 *
 * A row of sites in x is cut into LANES pieces, which lie side by side: lane v of place i is the
 * site x = i + v * places. So neighbours are in the same lane, but at the end of a piece. */
#ifndef GAUGE_H
#define GAUGE_H

#include "su3.h"

#include <mpi.h>

enum { X, Y, Z, T, DIRECTIONS };

typedef struct {
  int space, time;    /* sites in each direction, of all processes */
  int places;         /* of a row: space / LANES */
  int first, slices;  /* of t, on this process */
  MPI_Comm comm;
  /* [slices + 2][z][y][places][direction]: at both ends a slice of a neighbour */
  su3 *links;
} gauge;

/* NULL where memory does not suffice, or there are more processes than slices. */
gauge *gauge_new(int space, int time, MPI_Comm comm);
void gauge_free(gauge *field);

void gauge_cold(gauge *field);                  /* all links 1 */
void gauge_hot(gauge *field, uint64_t seed);    /* all links at random */

/* Another basis of colour on each site, at random: no plaquette may notice. */
void gauge_transform(gauge *field, uint64_t seed);

/* Each link gets some of the ways around it, all at once; 0 < weight. What comes out is smooth, but
 * how the rows are made orthonormal again depends on the basis of colour. */
int gauge_smear(gauge *field, double weight);

/* The mean of Re tr(plaquette) / 3. Summed in the order of the sites: the same number, to the last
 * bit, for any number of processes, threads and lanes. NaN where memory does not suffice. */
double gauge_plaquette(const gauge *field);

/* How far the worst link of all processes is from SU(3). */
double gauge_defect(const gauge *field);

#endif
