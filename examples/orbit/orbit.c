/* A planet round a star that stays where it is: lengths in half axes of the ellipse, a year is 2 pi.
 *
 *   orbit [years]
 *
 * Leapfrog keeps the energy for as long as one likes; where the planet is within its ellipse drifts. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { STEPS = 20000 }; /* in a year */

static const double two_pi = 6.283185307179586;
static const double eccentricity = 0.5;

typedef struct {
  double x, y, vx, vy;
} Planet;

static Planet at_its_nearest(void) {
  const double e = eccentricity;
  return (Planet){.x = 1 - e, .vy = sqrt((1 + e) / (1 - e))};
}

static double energy(const Planet *p) {
  return (p->vx * p->vx + p->vy * p->vy) / 2 - 1 / sqrt(p->x * p->x + p->y * p->y);
}

static void kick(Planet *p, double dt) {
  const double r2 = p->x * p->x + p->y * p->y;
  const double pull = dt / (r2 * sqrt(r2));
  p->vx -= pull * p->x;
  p->vy -= pull * p->y;
}

static void drift(Planet *p, double dt) {
  p->x += dt * p->vx;
  p->y += dt * p->vy;
}

int main(int count, char **words) {
  char *end = "";
  const long years = count > 1 ? strtol(words[1], &end, 10) : 1;
  if (count > 2 || *end != '\0' || years < 1 || years > 100000) {
    fprintf(stderr, "usage: orbit [years]\n");
    return 2;
  }

  const Planet first = at_its_nearest();
  const double dt = two_pi / STEPS;
  Planet planet = first;
  for (long step = 0; step < years * STEPS; step++) {
    kick(&planet, dt / 2);
    drift(&planet, dt);
    kick(&planet, dt / 2);
  }

  const double away = hypot(planet.x - first.x, planet.y - first.y);
  const double lost = fabs(energy(&planet) / energy(&first) - 1);
  printf("after %ld years: %.3e away, energy %.3e off\n", years, away, lost);
  if (lost > 1e-9 || away > 1e-5 * (double)years) {
    fprintf(stderr, "orbit: the planet is lost\n");
    return 1;
  }
  puts("back where it began");
  return 0;
}
