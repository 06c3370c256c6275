/* Prints the words that Linux would show in /proc/cpuinfo for the Arm CPU that runs this. */
#include <stdio.h>
#include <sys/auxv.h>

static const char *const first[] = {
    "fp", "asimd", "evtstrm", "aes", "pmull", "sha1", "sha2", "crc32", "atomics", "fphp",
    "asimdhp", "cpuid", "asimdrdm", "jscvt", "fcma", "lrcpc", "dcpop", "sha3", "sm3", "sm4",
    "asimddp", "sha512", "sve", "asimdfhm", "dit", "uscat", "ilrcpc", "flagm", "ssbs", "sb",
    "paca", "pacg",
};
static const char *const second[] = {
    "dcpodp", "sve2", "sveaes", "svepmull", "svebitperm", "svesha3", "svesm4", "flagm2", "frint",
    "svei8mm", "svef32mm", "svef64mm", "svebf16", "i8mm", "bf16", "dgh", "rng", "bti", "mte",
};

static void show(unsigned long bits, const char *const *names, unsigned count)
{
    for (unsigned n = 0; n < count; n++)
        if (bits >> n & 1) printf(" %s", names[n]);
}

int main(void)
{
    printf("processor\t: 0\nFeatures\t:");
    show(getauxval(AT_HWCAP), first, sizeof first / sizeof *first);
    show(getauxval(AT_HWCAP2), second, sizeof second / sizeof *second);
    printf("\nCPU implementer\t: 0x41\nCPU part\t: 0x000\n\n");
    return 0;
}
