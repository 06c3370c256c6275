/* Repeats a kernel's step for a while; prints CPU seconds for one step and the kernel's outcome. */
#include <stdio.h>
#include <time.h>

#include "kernel.h"

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(void)
{
    enum { FIXED = 100, BATCH = 20 };
    prepare();
    for (int n = 0; n < FIXED; n++) step(); /* warm, and the same number of steps in every build */
    const double result = outcome();
    const double begin = cpu_seconds();
    double elapsed;
    long steps = 0;
    do {
        for (int n = 0; n < BATCH; n++) step();
        steps += BATCH;
        elapsed = cpu_seconds() - begin;
    } while (elapsed < 0.05);
    printf("%.9g %.17g\n", elapsed / (double)steps, result);
    return 0;
}
