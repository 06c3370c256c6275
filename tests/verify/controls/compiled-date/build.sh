gcc -o solve solve.c
