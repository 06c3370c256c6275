gcc -O2 -c sum.c
