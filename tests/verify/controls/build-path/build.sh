gcc -g -o solve "$PWD/solve.c"
