/* lattice [--space N] [--time N] [--seed N] [--sweeps N] | --selftest */
#include "gauge.h"
#include "selftest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double WEIGHT = 0.1; /* of each of the six ways round a link */

typedef struct {
  int space, time, seed, sweeps, selftest;
} options;

static int parse_number(const char *text, int least, int *number) {
  char *end;
  long found = strtol(text, &end, 10);
  *number = (int)found;
  return end != text && *end == '\0' && found >= least && found <= 512 ? 0 : -1;
}

static int parse(int argc, char **argv, options *chosen) {
  *chosen = (options){.space = 8, .time = 16, .seed = 1, .sweeps = 4};
  if (argc == 2 && strcmp(argv[1], "--selftest") == 0) {
    chosen->selftest = 1;
    return 0;
  }
  for (int i = 1; i < argc; i += 2) {
    const char *value = i + 1 < argc ? argv[i + 1] : "";
    int wrong = strcmp(argv[i], "--space") == 0    ? parse_number(value, 2, &chosen->space)
                : strcmp(argv[i], "--time") == 0   ? parse_number(value, 2, &chosen->time)
                : strcmp(argv[i], "--seed") == 0   ? parse_number(value, 0, &chosen->seed)
                : strcmp(argv[i], "--sweeps") == 0 ? parse_number(value, 0, &chosen->sweeps)
                                                   : -1;
    if (wrong)
      return -1;
  }
  return chosen->space % LANES == 0 ? 0 : -1;
}

static void tell(const gauge *field, int rank, int sweep) {
  double plaquette = gauge_plaquette(field);
  if (rank == 0)
    printf("sweep %3d: plaquette %.15f\n", sweep, plaquette);
}

static int smear(const options *chosen, int rank) {
  gauge *field = gauge_new(chosen->space, chosen->time, MPI_COMM_WORLD);
  if (field == NULL) {
    fputs("lattice: no memory, or more processes than sites in time\n", stderr);
    return EXIT_FAILURE;
  }
  if (rank == 0)
    printf("%d x %d x %d x %d sites, %d lanes\n", chosen->space, chosen->space, chosen->space,
           chosen->time, LANES);
  gauge_hot(field, (uint64_t)chosen->seed);
  tell(field, rank, 0);
  int status = EXIT_SUCCESS;
  for (int sweep = 1; sweep <= chosen->sweeps && status == EXIT_SUCCESS; sweep++) {
    if (gauge_smear(field, WEIGHT) == 0)
      tell(field, rank, sweep);
    else
      status = EXIT_FAILURE;
  }
  gauge_free(field);
  return status;
}

int main(int argc, char **argv) {
  MPI_Init(&argc, &argv);
  int rank;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);

  options chosen;
  int status;
  if (parse(argc, argv, &chosen) != 0) {
    if (rank == 0)
      fprintf(stderr, "usage: lattice [--space N] [--time N] [--seed N] [--sweeps N] | --selftest\n"
                      "space is a multiple of %d, the lanes that this was compiled for\n", LANES);
    status = 2;
  } else if (chosen.selftest) {
    status = selftest() == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
  } else {
    status = smear(&chosen, rank);
  }
  MPI_Finalize();
  return status;
}
