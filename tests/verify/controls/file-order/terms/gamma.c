int gamma(int x) { return x + 5; }
