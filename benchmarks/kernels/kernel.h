/* What each kernel gives to main.c: data of its own, one step over it, and what came out. */
#ifndef KERNEL_H
#define KERNEL_H

void prepare(void);
void step(void);
double outcome(void);

#endif
