#include "su3.h"

#include "random.h"

#include <math.h>
#include <string.h>

#define EACH_LANE _Pragma("omp simd") for (int v = 0; v < LANES; v++)

void su3_unit(su3 *to) {
  memset(to, 0, sizeof *to);
  for (int i = 0; i < 3; i++)
    EACH_LANE to->re[i][i][v] = 1;
}

void su3_multiply(su3 *restrict to, const su3 *restrict a, const su3 *restrict b) {
  memset(to, 0, sizeof *to);
  for (int i = 0; i < 3; i++)
    for (int k = 0; k < 3; k++)
      for (int j = 0; j < 3; j++)
        EACH_LANE {
          to->re[i][j][v] += a->re[i][k][v] * b->re[k][j][v] - a->im[i][k][v] * b->im[k][j][v];
          to->im[i][j][v] += a->re[i][k][v] * b->im[k][j][v] + a->im[i][k][v] * b->re[k][j][v];
        }
}

void su3_multiply_dagger(su3 *restrict to, const su3 *restrict a, const su3 *restrict b) {
  memset(to, 0, sizeof *to);
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      for (int k = 0; k < 3; k++)
        EACH_LANE {
          to->re[i][j][v] += a->re[i][k][v] * b->re[j][k][v] + a->im[i][k][v] * b->im[j][k][v];
          to->im[i][j][v] += a->im[i][k][v] * b->re[j][k][v] - a->re[i][k][v] * b->im[j][k][v];
        }
}

void su3_dagger_multiply(su3 *restrict to, const su3 *restrict a, const su3 *restrict b) {
  memset(to, 0, sizeof *to);
  for (int k = 0; k < 3; k++)
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++)
        EACH_LANE {
          to->re[i][j][v] += a->re[k][i][v] * b->re[k][j][v] + a->im[k][i][v] * b->im[k][j][v];
          to->im[i][j][v] += a->re[k][i][v] * b->im[k][j][v] - a->im[k][i][v] * b->re[k][j][v];
        }
}

void su3_add(su3 *restrict to, double factor, const su3 *restrict a) {
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      EACH_LANE {
        to->re[i][j][v] += factor * a->re[i][j][v];
        to->im[i][j][v] += factor * a->im[i][j][v];
      }
}

void su3_trace(double to[restrict LANES], const su3 *restrict a, const su3 *restrict b) {
  EACH_LANE to[v] = 0;
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      EACH_LANE to[v] += a->re[i][j][v] * b->re[i][j][v] + a->im[i][j][v] * b->im[i][j][v];
}

static void normalise(su3 *u, int row) {
  double scale[LANES] = {0};
  for (int j = 0; j < 3; j++)
    EACH_LANE scale[v] += u->re[row][j][v] * u->re[row][j][v] + u->im[row][j][v] * u->im[row][j][v];
  EACH_LANE scale[v] = 1 / sqrt(scale[v]);
  for (int j = 0; j < 3; j++)
    EACH_LANE {
      u->re[row][j][v] *= scale[v];
      u->im[row][j][v] *= scale[v];
    }
}

/* Takes from a row its part along another one, which is of length 1. */
static void orthogonalise(su3 *u, int row, int other) {
  double re[LANES] = {0}, im[LANES] = {0};
  for (int j = 0; j < 3; j++)
    EACH_LANE {
      re[v] += u->re[other][j][v] * u->re[row][j][v] + u->im[other][j][v] * u->im[row][j][v];
      im[v] += u->re[other][j][v] * u->im[row][j][v] - u->im[other][j][v] * u->re[row][j][v];
    }
  for (int j = 0; j < 3; j++)
    EACH_LANE {
      double r = u->re[other][j][v], i = u->im[other][j][v];
      u->re[row][j][v] -= re[v] * r - im[v] * i;
      u->im[row][j][v] -= re[v] * i + im[v] * r;
    }
}

/* The third row is the complex conjugate of the cross product of the others: then det u = 1. */
static void complete(su3 *u) {
  for (int j = 0; j < 3; j++) {
    int p = (j + 1) % 3, q = (j + 2) % 3;
    EACH_LANE {
      u->re[2][j][v] = u->re[0][p][v] * u->re[1][q][v] - u->im[0][p][v] * u->im[1][q][v] -
                       u->re[0][q][v] * u->re[1][p][v] + u->im[0][q][v] * u->im[1][p][v];
      u->im[2][j][v] = -u->re[0][p][v] * u->im[1][q][v] - u->im[0][p][v] * u->re[1][q][v] +
                       u->re[0][q][v] * u->im[1][p][v] + u->im[0][q][v] * u->re[1][p][v];
    }
  }
}

void su3_project(su3 *u) {
  normalise(u, 0);
  orthogonalise(u, 1, 0);
  normalise(u, 1);
  complete(u);
}

double su3_defect(const su3 *u) {
  su3 product, again = *u;
  su3_multiply_dagger(&product, u, u);
  complete(&again); /* the same matrix, if and only if its determinant is 1 */
  double worst = 0;
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      for (int v = 0; v < LANES; v++) {
        worst = fmax(worst, fabs(product.re[i][j][v] - (i == j)));
        worst = fmax(worst, fabs(product.im[i][j][v]));
        worst = fmax(worst, fabs(again.re[i][j][v] - u->re[i][j][v]));
        worst = fmax(worst, fabs(again.im[i][j][v] - u->im[i][j][v]));
      }
  return worst;
}

static void rotate(su3 *restrict to, const su3 *restrict from, int by) {
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      for (int v = 0; v < LANES; v++) {
        to->re[i][j][v] = from->re[i][j][(v + by) % LANES];
        to->im[i][j][v] = from->im[i][j][(v + by) % LANES];
      }
}

void su3_rotate(su3 *to, const su3 *from) { rotate(to, from, 1); }
void su3_rotate_back(su3 *to, const su3 *from) { rotate(to, from, LANES - 1); }

void su3_random(su3 *to, int lane, uint64_t key) {
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) {
      uint64_t place = 16 * key + (uint64_t)(4 * i + j);
      to->re[i][j][lane] = random_between(2 * place);
      to->im[i][j][lane] = random_between(2 * place + 1);
    }
}
