#include <stdio.h>
int main(void) { return puts("built on " __DATE__ " at " __TIME__) < 0; }
