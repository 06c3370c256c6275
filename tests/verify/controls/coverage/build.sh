gcc --coverage -c solve.c
