#include "gauge.h"

#include "halo.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A place of this process: LANES sites. t counts from 0, which is the first own slice. */
typedef struct {
  int place, y, z, t;
} site;

/* The first slice of a process. */
static int first_slice(int time, int rank, int size) { return (int)((long)rank * time / size); }

gauge *gauge_new(int space, int time, MPI_Comm comm) {
  int rank, size;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (space % LANES != 0 || time < size)
    return NULL;
  gauge *field = calloc(1, sizeof *field);
  if (field == NULL)
    return NULL;
  field->space = space;
  field->time = time;
  field->places = space / LANES;
  field->first = first_slice(time, rank, size);
  field->slices = first_slice(time, rank + 1, size) - field->first;
  field->comm = comm;
  field->links = malloc(((size_t)field->slices + 2) * halo_slice(field) * sizeof(su3));
  if (field->links == NULL) {
    free(field);
    return NULL;
  }
  return field;
}

void gauge_free(gauge *field) {
  if (field != NULL)
    free(field->links);
  free(field);
}

static su3 *link_at(const gauge *field, site at, int direction) {
  size_t row = ((size_t)(at.t + 1) * (size_t)field->space + (size_t)at.z) * (size_t)field->space +
               (size_t)at.y;
  return field->links +
         (row * (size_t)field->places + (size_t)at.place) * DIRECTIONS + direction;
}

/* One step in a direction, and whether the lanes have to be rotated for it. */
static int step(const gauge *field, site *at, int direction) {
  switch (direction) {
  case X:
    at->place = (at->place + 1) % field->places;
    return at->place == 0;
  case Y:
    at->y = (at->y + 1) % field->space;
    return 0;
  case Z:
    at->z = (at->z + 1) % field->space;
    return 0;
  default:
    at->t += 1; /* the slice of the neighbour lies behind the last */
    return 0;
  }
}

static int step_back(const gauge *field, site *at, int direction) {
  switch (direction) {
  case X:
    at->place = (at->place + field->places - 1) % field->places;
    return at->place == field->places - 1;
  case Y:
    at->y = (at->y + field->space - 1) % field->space;
    return 0;
  case Z:
    at->z = (at->z + field->space - 1) % field->space;
    return 0;
  default:
    at->t -= 1;
    return 0;
  }
}

/* A link of the next site in a direction; `room` is for where it has to be put together. */
static const su3 *next(const gauge *field, site at, int direction, int link, su3 *room) {
  int rotated = step(field, &at, direction);
  const su3 *found = link_at(field, at, link);
  if (!rotated)
    return found;
  su3_rotate(room, found);
  return room;
}

static long own_places(const gauge *field) {
  return (long)field->slices * field->space * field->space * field->places;
}

/* The places of this process, in the order in which their links lie in memory. */
static site own_place(const gauge *field, long number) {
  site at;
  at.place = (int)(number % field->places);
  number /= field->places;
  at.y = (int)(number % field->space);
  number /= field->space;
  at.z = (int)(number % field->space);
  at.t = (int)(number / field->space);
  return at;
}

void gauge_cold(gauge *field) {
#pragma omp parallel for
  for (long i = 0; i < own_places(field); i++)
    for (int mu = 0; mu < DIRECTIONS; mu++)
      su3_unit(link_at(field, own_place(field, i), mu));
  halo_exchange(field);
}

/* The number of a site of the whole lattice, or of the next one in a direction. */
static uint64_t number(const gauge *field, site at, int lane, int direction) {
  int x = at.place + lane * field->places;
  int where[DIRECTIONS] = {x, at.y, at.z, at.t + field->first};
  uint64_t found = 0;
  for (int mu = DIRECTIONS - 1; mu >= 0; mu--) {
    int extent = mu == T ? field->time : field->space;
    int moved = (where[mu] + (mu == direction)) % extent;
    found = found * (uint64_t)extent + (uint64_t)moved;
  }
  return found;
}

static uint64_t mixed(uint64_t seed, uint64_t number, int direction) {
  return (seed << 40) + number * 8 + (uint64_t)direction;
}

void gauge_hot(gauge *field, uint64_t seed) {
#pragma omp parallel for
  for (long i = 0; i < own_places(field); i++) {
    site at = own_place(field, i);
    for (int mu = 0; mu < DIRECTIONS; mu++) {
      su3 *link = link_at(field, at, mu);
      for (int v = 0; v < LANES; v++)
        su3_random(link, v, mixed(seed, number(field, at, v, DIRECTIONS), mu));
      su3_project(link);
    }
  }
  halo_exchange(field);
}

/* The bases of a place, or of the next sites in a direction. */
static void basis(su3 *to, const gauge *field, site at, int direction, uint64_t seed) {
  for (int v = 0; v < LANES; v++)
    su3_random(to, v, mixed(seed, number(field, at, v, direction), DIRECTIONS));
  su3_project(to);
}

static void transform_link(const gauge *field, site at, int mu, uint64_t seed) {
  su3 here, there, half;
  su3 *link = link_at(field, at, mu);
  basis(&here, field, at, DIRECTIONS, seed);
  basis(&there, field, at, mu, seed);
  su3_multiply(&half, &here, link);
  su3_multiply_dagger(link, &half, &there);
}

void gauge_transform(gauge *field, uint64_t seed) {
#pragma omp parallel for
  for (long i = 0; i < own_places(field); i++)
    for (int mu = 0; mu < DIRECTIONS; mu++)
      transform_link(field, own_place(field, i), mu, seed);
  halo_exchange(field);
}

/* The way from a site to the next in mu, round the side of nu that lies ahead. */
static void upper(su3 *to, const gauge *field, site at, int mu, int nu) {
  su3 half, room;
  su3_multiply(&half, link_at(field, at, nu), next(field, at, nu, mu, &room));
  su3_multiply_dagger(to, &half, next(field, at, mu, nu, &room));
}

/* The same round the other side. */
static void lower(su3 *to, const gauge *field, site at, int mu, int nu) {
  su3 half, room, found;
  int rotated = step_back(field, &at, nu);
  su3_multiply(&half, link_at(field, at, mu), next(field, at, mu, nu, &room));
  su3_dagger_multiply(rotated ? &found : to, link_at(field, at, nu), &half);
  if (rotated)
    su3_rotate_back(to, &found);
}

static void smear_link(su3 *to, const gauge *field, site at, int mu, double weight) {
  su3 staple;
  *to = *link_at(field, at, mu);
  for (int nu = 0; nu < DIRECTIONS; nu++) {
    if (nu == mu)
      continue;
    upper(&staple, field, at, mu, nu);
    su3_add(to, weight, &staple);
    lower(&staple, field, at, mu, nu);
    su3_add(to, weight, &staple);
  }
  su3_project(to);
}

int gauge_smear(gauge *field, double weight) {
  size_t own = (size_t)own_places(field) * DIRECTIONS;
  su3 *smeared = malloc(own * sizeof *smeared);
  if (smeared == NULL)
    return -1;
#pragma omp parallel for
  for (long i = 0; i < own_places(field); i++)
    for (int mu = 0; mu < DIRECTIONS; mu++)
      smear_link(&smeared[i * DIRECTIONS + mu], field, own_place(field, i), mu, weight);
  memcpy(field->links + halo_slice(field), smeared, own * sizeof *smeared);
  free(smeared);
  halo_exchange(field);
  return 0;
}

/* The six plaquettes that begin at each site of a place. */
static void plaquettes(double to[LANES], const gauge *field, site at) {
  memset(to, 0, LANES * sizeof *to);
  for (int mu = 0; mu < DIRECTIONS; mu++)
    for (int nu = mu + 1; nu < DIRECTIONS; nu++) {
      su3 staple;
      double trace[LANES];
      upper(&staple, field, at, mu, nu);
      su3_trace(trace, &staple, link_at(field, at, mu));
      for (int v = 0; v < LANES; v++)
        to[v] += trace[v];
    }
}

/* A row of sites in x, one after the other whatever lane they are in. */
static double row_sum(const gauge *field, double (*row)[LANES]) {
  double sum = 0;
  for (int v = 0; v < LANES; v++)
    for (int place = 0; place < field->places; place++)
      sum += row[place][v];
  return sum;
}

/* Sums of rows, of all processes in the order of t. */
static double ordered_sum(const gauge *field, const double *rows) {
  int size, slice_rows = field->space * field->space;
  MPI_Comm_size(field->comm, &size);
  double *all = malloc((size_t)field->time * (size_t)slice_rows * sizeof *all);
  int *counts = malloc(2 * (size_t)size * sizeof *counts);
  double sum = NAN;
  if (all != NULL && counts != NULL) {
    int *places = counts + size;
    for (int rank = 0; rank < size; rank++) {
      int first = first_slice(field->time, rank, size);
      places[rank] = first * slice_rows;
      counts[rank] = (first_slice(field->time, rank + 1, size) - first) * slice_rows;
    }
    MPI_Allgatherv(rows, field->slices * slice_rows, MPI_DOUBLE, all, counts, places, MPI_DOUBLE,
                   field->comm);
    sum = 0;
    for (long row = 0; row < (long)field->time * slice_rows; row++)
      sum += all[row];
  }
  free(counts);
  free(all);
  return sum;
}

double gauge_plaquette(const gauge *field) {
  long places = own_places(field), rows = places / field->places;
  double(*values)[LANES] = malloc((size_t)places * sizeof *values);
  double *sums = malloc((size_t)rows * sizeof *sums);
  double sum = NAN;
  if (values != NULL && sums != NULL) {
#pragma omp parallel for
    for (long i = 0; i < places; i++)
      plaquettes(values[i], field, own_place(field, i));
    for (long row = 0; row < rows; row++)
      sums[row] = row_sum(field, values + row * field->places);
    sum = ordered_sum(field, sums);
  }
  free(sums);
  free(values);
  double sites = (double)field->space * field->space * field->space * field->time;
  return sum / (6 * 3 * sites);
}

double gauge_defect(const gauge *field) {
  double here = 0, everywhere = 0;
#pragma omp parallel for reduction(max : here)
  for (long i = 0; i < own_places(field); i++)
    for (int mu = 0; mu < DIRECTIONS; mu++)
      here = fmax(here, su3_defect(link_at(field, own_place(field, i), mu)));
  MPI_Allreduce(&here, &everywhere, 1, MPI_DOUBLE, MPI_MAX, field->comm);
  return everywhere;
}
