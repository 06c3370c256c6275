int kappa(int x) { return x + 5; }
