#include "selftest.hpp"

#include "electrons.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace {

const double pi = std::acos(-1.0);
const Box box{{1, 1}, {4, 4}};
const std::int64_t count = 1000;

bool told(const char* what, bool good, double found) {
  int rank;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  if (rank == 0)
    std::printf("%s %s: %.3g\n", good ? "ok   " : "WRONG", what, found);
  return good;
}

Profile everywhere(Vector value) {
  return [value](double, double) { return value; };
}

double worst_of_all(double here) {
  double worst;
  MPI_Allreduce(&here, &worst, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
  return worst;
}

// Once round in a field across their momentum: the electrons come back. How far off they are
// for this number of steps; all of them go the same way.
double gyration(int steps, double& energy_off) {
  const Vector magnetic{1, 2, 2}, momentum{0, std::sqrt(2.0), -std::sqrt(2.0)};
  const double field = 3, gamma = std::sqrt(1 + 4.0);
  Electrons electrons(box, count, {momentum, 0}, MPI_COMM_WORLD);
  std::vector<double> x = electrons.x, y = electrons.y;
  Fields fields(box, everywhere({}), everywhere(magnetic));
  for (int i = 0; i < steps; i++)
    electrons.push(box, fields, 2 * pi * gamma / field / steps);
  energy_off = std::fabs(electrons.mean_energy() - (gamma - 1));
  double off = 0;
  for (std::size_t i = 0; i < electrons.count(); i++)
    off = std::max(off, std::hypot(electrons.x[i] - x[i], electrons.y[i] - y[i]));
  return worst_of_all(off);
}

bool gyrates() {
  double energy_off;
  double coarse = gyration(100, energy_off), fine = gyration(200, energy_off);
  double order = std::log2(coarse / fine);
  bool kept = told("gyration keeps the energy", energy_off < 1e-12, energy_off);
  bool back = std::fabs(order - 2) < 0.01;
  return told("and comes back, to second order in time", back, order) && kept;
}

// An electron at rest in a field E gets the momentum -E t, and so the energy sqrt(1 + (E t)^2) - 1.
bool accelerates() {
  const double field = 0.5, time = 8;
  Electrons electrons(box, count, {{}, 0}, MPI_COMM_WORLD);
  Fields fields(box, everywhere({field, 0, 0}), everywhere({}));
  for (int i = 0; i < 80; i++)
    electrons.push(box, fields, time / 80);
  double off = std::fabs(electrons.mean_energy() - (std::hypot(1, field * time) - 1));
  return told("acceleration gives the energy", off < 1e-12, off);
}

// With E across a stronger B, what has the velocity E x B / B^2 goes straight on.
bool drifts() {
  const double velocity = 0.3, momentum = velocity / std::sqrt(1 - velocity * velocity);
  Electrons electrons(box, count, {{momentum, 0, 0}, 0}, MPI_COMM_WORLD);
  std::vector<double> x = electrons.x;
  Fields fields(box, everywhere({0, velocity * 2, 0}), everywhere({0, 0, 2}));
  for (int i = 0; i < 100; i++)
    electrons.push(box, fields, 0.05);
  double off = 0;
  for (std::size_t i = 0; i < electrons.count(); i++)
    off = std::max(off, std::fabs(electrons.x[i] - x[i] - velocity * 5));
  off = worst_of_all(off);
  return told("E across B drives at E/B", off < 1e-3, off);
}

bool deposits() {
  Charge charge = Electrons(box, count, {{}, 0}, MPI_COMM_WORLD).charge(box);
  double found = double(charge.total()) / double(Charge::one);
  return told("all charge is on the grid", charge.total() == count * Charge::one, found);
}

}  // namespace

bool selftest() {
  bool good = gyrates();
  good = accelerates() && good;
  good = drifts() && good;
  return deposits() && good;
}
