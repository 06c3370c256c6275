gcc -O3 -march=native -o solve solve.c
