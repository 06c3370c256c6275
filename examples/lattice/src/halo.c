#include "halo.h"

size_t halo_slice(const gauge *field) {
  return (size_t)field->space * (size_t)field->space * (size_t)field->places * DIRECTIONS;
}

void halo_exchange(gauge *field) {
  int rank, size;
  MPI_Comm_rank(field->comm, &rank);
  MPI_Comm_size(field->comm, &size);
  int before = (rank + size - 1) % size, behind = (rank + 1) % size;
  size_t slice = halo_slice(field);
  su3 *first = field->links + slice, *last = field->links + (size_t)field->slices * slice;

  MPI_Datatype matrix;
  MPI_Type_contiguous(sizeof(su3) / sizeof(double), MPI_DOUBLE, &matrix);
  MPI_Type_commit(&matrix);
  MPI_Sendrecv(first, (int)slice, matrix, before, 0, last + slice, (int)slice, matrix, behind, 0,
               field->comm, MPI_STATUS_IGNORE);
  MPI_Sendrecv(last, (int)slice, matrix, behind, 1, field->links, (int)slice, matrix, before, 1,
               field->comm, MPI_STATUS_IGNORE);
  MPI_Type_free(&matrix);
}
