int lambda(int x) { return x + 6; }
