#include <stdio.h>

#ifndef __SSE4_2__
#error "compiled for another CPU"
#endif
#if WARM != 1
#error "compiled without the option of the spec"
#endif

int main(void) { return printf("rods\n") < 0; }
