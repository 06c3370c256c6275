gcc -o solve $(find terms -name '*.c' | LC_ALL=C sort)
