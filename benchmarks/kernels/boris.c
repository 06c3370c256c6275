/* A relativistic Boris push: each particle's momentum turns in a magnetic field, between two kicks
 * of an electric one. Two square roots and three divisions a particle. */
#include <math.h>

#include "kernel.h"

enum { PARTICLES = 4096 };

static double px[PARTICLES], py[PARTICLES], pz[PARTICLES];
static double x[PARTICLES], y[PARTICLES], z[PARTICLES];
/* Not constants, so that nothing is worked out before the program runs. */
static volatile double field[6] = {1e-3, -2e-3, 5e-4, 0.3, 0.1, 0.8};

void prepare(void)
{
    for (int i = 0; i < PARTICLES; i++) {
        px[i] = 0.5 + 1e-4 * i;
        py[i] = 0.1 - 2e-4 * i;
        pz[i] = 1e-4 * (i % 77);
        x[i] = y[i] = z[i] = 1e-3 * i;
    }
}

void step(void)
{
    const double ex = field[0], ey = field[1], ez = field[2];
    const double bx = field[3], by = field[4], bz = field[5];
    const double dt = 0.01, half = 0.5 * dt;

    for (int i = 0; i < PARTICLES; i++) {
        double ux = px[i] + half * ex, uy = py[i] + half * ey, uz = pz[i] + half * ez;
        const double turn = half / sqrt(1 + ux * ux + uy * uy + uz * uz);
        const double tx = turn * bx, ty = turn * by, tz = turn * bz;
        const double scale = 2 / (1 + tx * tx + ty * ty + tz * tz);
        const double vx = ux + uy * tz - uz * ty;
        const double vy = uy + uz * tx - ux * tz;
        const double vz = uz + ux * ty - uy * tx;
        ux += scale * (vy * tz - vz * ty) + half * ex;
        uy += scale * (vz * tx - vx * tz) + half * ey;
        uz += scale * (vx * ty - vy * tx) + half * ez;
        const double speed = dt / sqrt(1 + ux * ux + uy * uy + uz * uz);
        px[i] = ux;
        py[i] = uy;
        pz[i] = uz;
        x[i] += speed * ux;
        y[i] += speed * uy;
        z[i] += speed * uz;
    }
}

double outcome(void)
{
    double sum = 0;
    for (int i = 0; i < PARTICLES; i++)
        sum += fabs(px[i]) + fabs(py[i]) + fabs(pz[i]) + fabs(x[i]) + fabs(y[i]) + fabs(z[i]);
    return sum;
}
