gcc -o solve $(find terms -name '*.c')
