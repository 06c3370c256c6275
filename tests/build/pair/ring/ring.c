#include <mpi.h>
#include <stdio.h>

int main(int argc, char **argv) {
  int rank, size, told;
  MPI_Init(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  MPI_Sendrecv(&rank, 1, MPI_INT, (rank + 1) % size, 0, &told, 1, MPI_INT,
               (rank + size - 1) % size, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  printf("%d of %d, built on %s\n", told, size, __DATE__);
  return MPI_Finalize();
}
