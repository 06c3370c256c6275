/* Work that a compiler turns into the newest instructions it may use; exits 0 if all is right. */
#include <stdint.h>
#include <stdio.h>

enum { N = 256 };
static volatile double seed = 1.5;
static volatile uint64_t bits = 0x123456789abcdef0u;
static double a[N], b[N], c[N];
static int32_t i[N];

int main(void)
{
    for (int k = 0; k < N; k++) {
        a[k] = seed + k;
        b[k] = seed * k;
        c[k] = k;
        i[k] = k;
    }
    for (int k = 0; k < N; k++)
        c[k] = a[k] * b[k] + c[k];
    for (int k = 0; k < N; k++)
        i[k] = i[k] * 3 > 7 ? i[k] << (i[k] & 7) : -i[k];
    double sum = 0;
    int64_t whole = 0;
    for (int k = 0; k < N; k++) {
        sum += c[k];
        whole += i[k];
    }
    uint64_t x = bits;
    int count = __builtin_popcountll(x) + __builtin_clzll(x) + __builtin_ctzll(x);
    x = (x & (x - 1)) ^ (x & -x) ^ (~x & bits >> 3);
    printf("%.1f %lld %d %llx\n", sum, (long long)whole, count, (unsigned long long)x);
    return 0;
}
