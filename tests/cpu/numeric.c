/* Three loops whose last bits give contraction away. Prints a hash of every result's bits. */
#include <complex.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>

enum { N = 4096, SITES = 512 };

static double x[N], y[N], z[N];
static double complex u[SITES][3][3], v[SITES][3], w[SITES][3];

static double next(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) / 9007199254740992.0 + 0.25;
}

static void push(void)
{
    for (int i = 0; i < N; i++)
        z[i] = x[i] * y[i] + sqrt(x[i] * x[i] + y[i] * y[i]) / (1.0 + x[i] * z[i]);
}

static void stencil(void)
{
    for (int i = 1; i < N - 1; i++)
        y[i] = 0.5 * x[i] + 0.25 * (z[i - 1] + z[i + 1]);
}

static void multiply(void)
{
    for (int s = 0; s < SITES; s++)
        for (int i = 0; i < 3; i++) {
            double complex sum = 0;
            for (int j = 0; j < 3; j++)
                sum += u[s][i][j] * v[s][j];
            w[s][i] = sum;
        }
}

static uint64_t hash(uint64_t h, const void *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        h = (h ^ ((const unsigned char *)bytes)[i]) * 1099511628211u;
    return h;
}

int main(void)
{
    uint64_t state = 1, h = 14695981039346656037u;
    for (int i = 0; i < N; i++)
        x[i] = next(&state), y[i] = next(&state), z[i] = next(&state);
    for (int s = 0; s < SITES; s++)
        for (int i = 0; i < 3; i++) {
            v[s][i] = next(&state) + I * next(&state);
            for (int j = 0; j < 3; j++)
                u[s][i][j] = next(&state) - I * next(&state);
        }
    push(), stencil(), multiply();
    printf("%016llx\n", (unsigned long long)hash(hash(hash(h, y, sizeof y), z, sizeof z), w, sizeof w));
    /* The library's own functions, which choose a version when the program starts. */
    for (int i = 0; i < N; i++) {
        double found[] = {sin(x[i]), exp(y[i]), pow(x[i], z[i]), log(z[i]), tan(x[i]), atan(y[i])};
        h = hash(h, found, sizeof found);
    }
    printf("%016llx\n", (unsigned long long)h);
    return 0;
}
