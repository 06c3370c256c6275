/* What the jobs of a lab start: says what it was given, so that tests can hold it to the spec. */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void show_rank(int argc, char **argv) {
  int rank, size;
  MPI_Init(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  int sum = 0, mine = rank + 1;
  MPI_Reduce(&mine, &sum, 1, MPI_INT, MPI_SUM, 0, MPI_COMM_WORLD);
  if (rank == 0) printf("%d tasks, sum %d\n", size, sum);
  MPI_Finalize();
}

int main(int argc, char **argv) {
  const char *what = argc > 1 ? argv[1] : "";
  for (int i = 1; i < argc; i++) printf("[%s]\n", argv[i]);
  fflush(stdout);
  if (!strcmp(what, "ranks")) show_rank(argc, argv);
  if (!strcmp(what, "fail")) return atoi(argv[2]);
  if (!strcmp(what, "sleep")) sleep(atoi(argv[2]));
  return 0;
}
