#include "heat.h"

#include <fftw3-mpi.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double PI = 3.14159265358979323846;

struct heat {
  ptrdiff_t size;      /* points in each direction */
  ptrdiff_t rows;      /* of this process */
  ptrdiff_t first_row;
  ptrdiff_t columns;   /* of the spectrum: transforms of real numbers need only half of it */
  MPI_Comm comm;
  fftw_complex *spectrum;
  double *u;           /* the same memory as the spectrum: transforms are done in place */
  fftw_plan forth, back;
};

/* In-place transforms pad each row of real numbers to the length of its spectrum. */
static ptrdiff_t stride(const heat *grid) { return 2 * grid->columns; }

heat *heat_new(ptrdiff_t size, MPI_Comm comm) {
  heat *grid = calloc(1, sizeof *grid);
  if (grid == NULL)
    return NULL;
  grid->size = size;
  grid->columns = size / 2 + 1;
  grid->comm = comm;
  ptrdiff_t needed =
      fftw_mpi_local_size_2d(size, grid->columns, comm, &grid->rows, &grid->first_row);
  grid->spectrum = fftw_alloc_complex(needed > 0 ? (size_t)needed : 1);
  if (grid->spectrum == NULL) {
    heat_free(grid);
    return NULL;
  }
  grid->u = (double *)grid->spectrum;
  /* ESTIMATE and not MEASURE: the choice of an algorithm must not depend on a stopwatch. */
  grid->forth =
      fftw_mpi_plan_dft_r2c_2d(size, size, grid->u, grid->spectrum, comm, FFTW_ESTIMATE);
  grid->back =
      fftw_mpi_plan_dft_c2r_2d(size, size, grid->spectrum, grid->u, comm, FFTW_ESTIMATE);
  if (grid->forth == NULL || grid->back == NULL) {
    heat_free(grid);
    return NULL;
  }
  return grid;
}

void heat_free(heat *grid) {
  if (grid == NULL)
    return;
  if (grid->forth != NULL)
    fftw_destroy_plan(grid->forth);
  if (grid->back != NULL)
    fftw_destroy_plan(grid->back);
  fftw_free(grid->spectrum);
  free(grid);
}

void heat_fill(heat *grid, heat_field field) {
  double step = 1.0 / (double)grid->size;
  for (ptrdiff_t row = 0; row < grid->rows; row++)
    for (ptrdiff_t column = 0; column < grid->size; column++)
      grid->u[row * stride(grid) + column] =
          field((double)(grid->first_row + row) * step, (double)column * step);
}

/* Rows beyond the middle stand for negative frequencies. */
static double frequency(ptrdiff_t place, ptrdiff_t size) {
  return (double)(place <= size / 2 ? place : place - size);
}

void heat_advance(heat *grid, double time) {
  fftw_execute(grid->forth);
  /* FFTW does not divide by the number of points; doing it here costs nothing. */
  double scale = 1.0 / ((double)grid->size * (double)grid->size);
  for (ptrdiff_t row = 0; row < grid->rows; row++) {
    double ky = 2 * PI * frequency(grid->first_row + row, grid->size);
    for (ptrdiff_t column = 0; column < grid->columns; column++) {
      double kx = 2 * PI * (double)column;
      double factor = scale * exp(-(kx * kx + ky * ky) * time);
      fftw_complex *mode = &grid->spectrum[row * grid->columns + column];
      (*mode)[0] *= factor;
      (*mode)[1] *= factor;
    }
  }
  fftw_execute(grid->back);
}

static double nothing(double x, double y) {
  (void)x;
  (void)y;
  return 0;
}

double heat_norm(const heat *grid) { return heat_distance(grid, nothing, 0); }

double heat_distance(const heat *grid, heat_field field, double factor) {
  double step = 1.0 / (double)grid->size;
  double here = 0, everywhere = 0;
  for (ptrdiff_t row = 0; row < grid->rows; row++)
    for (ptrdiff_t column = 0; column < grid->size; column++) {
      double wanted =
          factor * field((double)(grid->first_row + row) * step, (double)column * step);
      double off = grid->u[row * stride(grid) + column] - wanted;
      here += off * off;
    }
  MPI_Allreduce(&here, &everywhere, 1, MPI_DOUBLE, MPI_SUM, grid->comm);
  return sqrt(everywhere) * step;
}

ptrdiff_t heat_size(const heat *grid) { return grid->size; }
ptrdiff_t heat_rows(const heat *grid) { return grid->rows; }
ptrdiff_t heat_first_row(const heat *grid) { return grid->first_row; }
MPI_Comm heat_comm(const heat *grid) { return grid->comm; }

double *heat_values(const heat *grid) {
  size_t row_bytes = (size_t)grid->size * sizeof(double);
  double *values = malloc(grid->rows > 0 ? (size_t)grid->rows * row_bytes : 1);
  if (values == NULL)
    return NULL;
  for (ptrdiff_t row = 0; row < grid->rows; row++)
    memcpy(values + row * grid->size, grid->u + row * stride(grid), row_bytes);
  return values;
}
