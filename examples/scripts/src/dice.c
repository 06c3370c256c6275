/* A quarter of a circle in a square: pi by throwing dice, each thread its own. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static double thrown(uint64_t *state) {
    /* xorshift64*, by Marsaglia and Vigna. */
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (double)(*state * 2685821657736338717u >> 11) * 0x1p-53;
}

static double pi(uint64_t seed, int threads, long throws) {
    long inside = 0;
#pragma omp parallel for num_threads(threads) reduction(+ : inside)
    for (int thread = 0; thread < threads; thread++) {
        uint64_t state = (seed * 1024 + (uint64_t)thread + 1) * 0x9E3779B97F4A7C15u;
        for (long n = 0; n < throws / threads; n++) {
            double x = thrown(&state), y = thrown(&state);
            inside += x * x + y * y < 1;
        }
    }
    return 4.0 * (double)inside / (double)(throws / threads * threads);
}

int main(int count, char **words) {
    if (count != 3) {
        fputs("usage: dice SEED THREADS\n", stderr);
        return 2;
    }
    double found = pi(strtoull(words[1], NULL, 10), atoi(words[2]), 40000000);
    printf("pi is near %.4f\n", found);
    return fabs(found - 3.14159265358979) > 0.002;
}
