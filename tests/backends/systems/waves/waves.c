#include "config.h"
#include <stdio.h>

#ifndef __SSE4_2__
#error "compiled for another CPU"
#endif
#ifndef WARM
#error "compiled without the option of the spec"
#endif

int main(void) { return printf("waves\n") < 0; }
