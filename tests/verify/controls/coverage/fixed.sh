gcc -c solve.c
