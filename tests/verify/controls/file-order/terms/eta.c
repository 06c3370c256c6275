int eta(int x) { return x + 3; }
