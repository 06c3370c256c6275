gcc -O2 -flto -c sum.c
