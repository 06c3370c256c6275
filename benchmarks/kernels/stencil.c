/* A step of diffusion in three dimensions: each point from itself and its six neighbours. */
#include <math.h>

#include "kernel.h"

enum { SIDE = 34 };

typedef double grid[SIDE][SIDE][SIDE];

static grid one, two;

void prepare(void)
{
    for (int i = 0; i < SIDE; i++)
        for (int j = 0; j < SIDE; j++)
            for (int k = 0; k < SIDE; k++) {
                one[i][j][k] = (i * 31 + j * 17 + k * 7) % 101;
                two[i][j][k] = one[i][j][k];
            }
}

static void sweep(grid to, grid from)
{
    const double rate = 0.1;
    for (int i = 1; i < SIDE - 1; i++)
        for (int j = 1; j < SIDE - 1; j++)
            for (int k = 1; k < SIDE - 1; k++)
                to[i][j][k] = (1 - 6 * rate) * from[i][j][k]
                    + rate * (from[i - 1][j][k] + from[i + 1][j][k] + from[i][j - 1][k]
                              + from[i][j + 1][k] + from[i][j][k - 1] + from[i][j][k + 1]);
}

void step(void)
{
    sweep(two, one);
    sweep(one, two);
}

double outcome(void)
{
    double sum = 0;
    for (int i = 0; i < SIDE; i++)
        for (int j = 0; j < SIDE; j++)
            for (int k = 0; k < SIDE; k++) sum += fabs(one[i][j][k]);
    return sum;
}
