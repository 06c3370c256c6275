#include "selftest.h"

#include "gauge.h"

#include <math.h>
#include <stdio.h>

static const double TOLERANCE = 1e-13;

static int rank_of(const gauge *field) {
  int rank;
  MPI_Comm_rank(field->comm, &rank);
  return rank;
}

static int check(const gauge *field, int good, const char *what, double found) {
  if (rank_of(field) == 0)
    printf("%s %s: %.3g\n", good ? "ok   " : "WRONG", what, found);
  return good ? 0 : 1;
}

int selftest(void) {
  gauge *field = gauge_new(8, 8, MPI_COMM_WORLD);
  if (field == NULL) {
    fputs("lattice: the selftest takes 8 processes at most\n", stderr);
    return 1;
  }
  int wrong = 0;

  gauge_cold(field);
  double cold = gauge_plaquette(field);
  wrong += check(field, cold == 1, "plaquette of a cold start is 1", cold);

  /* Cold in any basis: its links are all different, its plaquettes are not. */
  gauge_transform(field, 3);
  double off = fabs(gauge_plaquette(field) - 1);
  wrong += check(field, off < TOLERANCE, "and stays 1 in another basis of colour", off);

  /* The mean of 24576 numbers around 0, each with a variance of 1/18. */
  gauge_hot(field, 5);
  double hot = gauge_plaquette(field);
  double spread = sqrt(1.0 / 18 / 24576);
  wrong += check(field, fabs(hot) < 5 * spread, "plaquette of a hot start is near 0", hot);
  double defect = gauge_defect(field);
  wrong += check(field, defect < TOLERANCE, "its links are in SU(3)", defect);

  for (int sweep = 0; sweep < 3; sweep++)
    wrong += gauge_smear(field, 0.1) != 0;
  double smeared = gauge_plaquette(field);
  wrong += check(field, smeared > 0.1, "smearing makes it smooth", smeared);
  defect = gauge_defect(field);
  wrong += check(field, defect < TOLERANCE, "and stays in SU(3)", defect);

  gauge_transform(field, 7);
  off = fabs(gauge_plaquette(field) - smeared);
  wrong += check(field, off < TOLERANCE, "plaquette knows no basis of colour", off);

  gauge_free(field);
  return wrong;
}
