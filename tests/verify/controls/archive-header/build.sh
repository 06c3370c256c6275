gcc -c sum.c
ar rcU libsum.a sum.o
