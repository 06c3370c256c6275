/* The heat equation u_t = u_xx + u_yy on the periodic unit square, solved exactly in time:
 * each Fourier mode decays on its own, so one transform forth and one back replace all time steps.
 * Rows are spread over the processes of a communicator, as FFTW wants them. */
#ifndef HEAT_H
#define HEAT_H

#include <mpi.h>
#include <stddef.h>

typedef struct heat heat;

/* Gives u at a point of the unit square. */
typedef double (*heat_field)(double x, double y);

/* A grid of size x size points. NULL where memory does not suffice. */
heat *heat_new(ptrdiff_t size, MPI_Comm comm);
void heat_free(heat *grid);

void heat_fill(heat *grid, heat_field field);
void heat_advance(heat *grid, double time);

/* The L2 norm of u over the whole square: the same number on every process. */
double heat_norm(const heat *grid);

/* The L2 norm of the difference to `factor` times a field. */
double heat_distance(const heat *grid, heat_field field, double factor);

ptrdiff_t heat_size(const heat *grid);
ptrdiff_t heat_rows(const heat *grid);      /* rows of this process */
ptrdiff_t heat_first_row(const heat *grid);
MPI_Comm heat_comm(const heat *grid);

/* This process's rows, one behind the other without gaps; the caller frees them. */
double *heat_values(const heat *grid);

#endif
