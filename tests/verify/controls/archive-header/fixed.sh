gcc -c sum.c
ar rcD libsum.a sum.o
