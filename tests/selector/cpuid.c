/* Prints the words that Linux would show in /proc/cpuinfo for the CPU that runs this. */
#include <cpuid.h>
#include <stdio.h>

struct bit { unsigned leaf, sub, word, bit; const char *name; };
enum { A, B, C, D };

static const struct bit bits[] = {
    {1, 0, D, 23, "mmx"}, {1, 0, D, 25, "sse"}, {1, 0, D, 26, "sse2"}, {1, 0, C, 0, "pni"},
    {1, 0, C, 1, "pclmulqdq"}, {1, 0, C, 9, "ssse3"}, {1, 0, C, 12, "fma"}, {1, 0, C, 13, "cx16"},
    {1, 0, C, 19, "sse4_1"}, {1, 0, C, 20, "sse4_2"}, {1, 0, C, 22, "movbe"},
    {1, 0, C, 23, "popcnt"}, {1, 0, C, 25, "aes"}, {1, 0, C, 26, "xsave"}, {1, 0, C, 28, "avx"},
    {1, 0, C, 29, "f16c"}, {1, 0, C, 30, "rdrand"}, {7, 0, B, 0, "fsgsbase"},
    {7, 0, B, 3, "bmi1"}, {7, 0, B, 5, "avx2"}, {7, 0, B, 8, "bmi2"}, {7, 0, B, 16, "avx512f"},
    {7, 0, B, 17, "avx512dq"}, {7, 0, B, 18, "rdseed"}, {7, 0, B, 19, "adx"},
    {7, 0, B, 21, "avx512ifma"}, {7, 0, B, 23, "clflushopt"}, {7, 0, B, 24, "clwb"},
    {7, 0, B, 28, "avx512cd"}, {7, 0, B, 29, "sha_ni"}, {7, 0, B, 30, "avx512bw"},
    {7, 0, B, 31, "avx512vl"}, {7, 0, C, 1, "avx512vbmi"}, {7, 0, C, 9, "vaes"},
    {7, 0, C, 10, "vpclmulqdq"}, {0x80000001, 0, C, 0, "lahf_lm"}, {0x80000001, 0, C, 5, "abm"},
    {0x80000001, 0, C, 6, "sse4a"}, {0x80000001, 0, C, 11, "xop"},
    {0x80000001, 0, C, 16, "fma4"}, {0x80000001, 0, C, 21, "tbm"},
    {0x80000001, 0, D, 29, "lm"}, {0x80000001, 0, D, 30, "3dnowext"},
    {0x80000001, 0, D, 31, "3dnow"}, {13, 1, A, 0, "xsaveopt"}, {13, 1, A, 1, "xsavec"},
};

int main(void)
{
    unsigned r[4], vendor[4] = {0};
    __cpuid(0, r[A], vendor[0], vendor[2], vendor[1]);
    printf("processor\t: 0\nvendor_id\t: %.12s\nmodel name\t: qemu\nflags\t\t:", (char *)vendor);
    for (unsigned k = 0; k < sizeof bits / sizeof *bits; k++)
        if (__get_cpuid_count(bits[k].leaf, bits[k].sub, &r[A], &r[B], &r[C], &r[D])
            && r[bits[k].word] >> bits[k].bit & 1)
            printf(" %s", bits[k].name);
    printf("\n\n");
    return 0;
}
