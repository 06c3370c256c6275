/* heat2d [--size N] [--time T] [--output FILE] | --selftest */
#include "heat.h"
#include "output.h"

#include <fftw3-mpi.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double PI = 3.14159265358979323846;
static const double TOLERANCE = 1e-9; /* the spec expects it in the output, spelled so */

typedef struct {
  long size;
  double time;
  const char *output;
  int selftest;
} options;

/* One mode, whose decay is known exactly. */
static double wave(double x, double y) { return sin(2 * PI * x) * cos(4 * PI * y); }
static double wave_decay(double time) { return exp(-(4 + 16) * PI * PI * time); }

/* A warm spot; what the demonstration starts from. */
static double spot(double x, double y) {
  double dx = x - 0.5, dy = y - 0.5;
  return exp(-100 * (dx * dx + dy * dy));
}

static int parse_size(const char *text, long *size) {
  char *end;
  *size = strtol(text, &end, 10);
  return *end == '\0' && *size >= 8 && *size <= 1 << 20 ? 0 : -1;
}

static int parse_time(const char *text, double *time) {
  char *end;
  *time = strtod(text, &end);
  return end != text && *end == '\0' && *time >= 0 ? 0 : -1;
}

static int parse(int argc, char **argv, options *chosen) {
  *chosen = (options){.size = 512, .time = 1e-3};
  for (int i = 1; i < argc; i++) {
    const char *value = i + 1 < argc ? argv[i + 1] : NULL;
    if (strcmp(argv[i], "--selftest") == 0) {
      chosen->selftest = 1;
      continue;
    }
    if (value == NULL)
      return -1;
    if (strcmp(argv[i], "--size") == 0 && parse_size(value, &chosen->size) == 0)
      i++;
    else if (strcmp(argv[i], "--time") == 0 && parse_time(value, &chosen->time) == 0)
      i++;
    else if (strcmp(argv[i], "--output") == 0)
      chosen->output = argv[++i];
    else
      return -1;
  }
  return 0;
}

static int selftest(int rank) {
  const double time = 2e-3;
  heat *grid = heat_new(96, MPI_COMM_WORLD);
  if (grid == NULL)
    return EXIT_FAILURE;
  heat_fill(grid, wave);
  heat_advance(grid, time);
  double error = heat_distance(grid, wave, wave_decay(time));
  heat_free(grid);
  int good = error < TOLERANCE;
  if (rank == 0)
    printf(good ? "L2 error < 1e-9: %.3e\n" : "L2 error too large: %.3e\n", error);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int demo(const options *chosen, int rank) {
  heat *grid = heat_new(chosen->size, MPI_COMM_WORLD);
  if (grid == NULL) {
    fprintf(stderr, "heat2d: no memory for %ld x %ld points\n", chosen->size, chosen->size);
    return EXIT_FAILURE;
  }
  heat_fill(grid, spot);
  double before = heat_norm(grid);
  heat_advance(grid, chosen->time);
  double after = heat_norm(grid);
  if (rank == 0)
    printf("%ld x %ld points, time %g: L2 norm %.12f -> %.12f\n", chosen->size, chosen->size,
           chosen->time, before, after);
  int status = EXIT_SUCCESS;
  if (chosen->output != NULL && output_write(grid, chosen->time, chosen->output) != 0) {
    if (rank == 0)
      fprintf(stderr, "heat2d: cannot write %s\n", chosen->output);
    status = EXIT_FAILURE;
  }
  heat_free(grid);
  return status;
}

int main(int argc, char **argv) {
  MPI_Init(&argc, &argv);
  fftw_mpi_init();
  int rank;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);

  options chosen;
  int status;
  if (parse(argc, argv, &chosen) != 0) {
    if (rank == 0)
      fputs("usage: heat2d [--size N] [--time T] [--output FILE] | --selftest\n", stderr);
    status = 2;
  } else {
    status = chosen.selftest ? selftest(rank) : demo(&chosen, rank);
  }
  fftw_mpi_cleanup();
  MPI_Finalize();
  return status;
}
