gcc -O3 -o solve solve.c
