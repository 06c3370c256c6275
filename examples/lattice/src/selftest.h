#ifndef SELFTEST_H
#define SELFTEST_H

/* What is known of a gauge field without a computer. 0 where all of it came out. */
int selftest(void);

#endif
