#include "electrons.hpp"

#include <cmath>

namespace {

// Between 0 and 1, and the same for the same key. The mixer is that of splitmix64.
double random(std::uint64_t key) {
  std::uint64_t z = (key + 1) * 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return double((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

double gamma_of(const Vector& p) {
  return std::sqrt(1 + p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
}

Vector cross(const Vector& a, const Vector& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

Vector sum(const Vector& a, double factor, const Vector& b) {
  return {a[0] + factor * b[0], a[1] + factor * b[1], a[2] + factor * b[2]};
}

// Half of the electric push, a rotation around B that keeps the energy, the other half. The charge
// of the electron is -1.
Vector boris(const Vector& before, const Fields::Both& field, double step) {
  Vector middle = sum(before, -step / 2, field.electric);
  Vector t = sum({}, -step / 2 / gamma_of(middle), field.magnetic);
  double square = t[0] * t[0] + t[1] * t[1] + t[2] * t[2];
  Vector half_turned = sum(middle, 1, cross(middle, t));
  Vector turned = sum(middle, 2 / (1 + square), cross(half_turned, t));
  return sum(turned, -step / 2, field.electric);
}

}  // namespace

Electrons::Electrons(const Box& box, std::int64_t all, const Start& start, MPI_Comm comm)
    : all_(all), comm_(comm) {
  int rank, size;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  first_ = all * rank / size;
  std::size_t count = std::size_t(all * (rank + 1) / size - first_);
  for (std::vector<double>* values : {&x, &y, &px, &py, &pz})
    values->resize(count);
#pragma omp parallel for
  for (std::size_t i = 0; i < count; i++) {
    std::uint64_t key = 5 * (std::uint64_t(first_) + i);
    x[i] = box.size[0] * random(key);
    y[i] = box.size[1] * random(key + 1);
    px[i] = start.momentum[0] + start.spread * (2 * random(key + 2) - 1);
    py[i] = start.momentum[1] + start.spread * (2 * random(key + 3) - 1);
    pz[i] = start.momentum[2] + start.spread * (2 * random(key + 4) - 1);
  }
}

void Electrons::push(const Box& box, const Fields& fields, double step) {
#pragma omp parallel for
  for (std::size_t i = 0; i < count(); i++) {
    Vector p{px[i], py[i], pz[i]};
    double drift = step / 2 / gamma_of(p);
    x[i] += drift * p[0];
    y[i] += drift * p[1];
    p = boris(p, fields.at(place_of(box, x[i], y[i])), step);
    drift = step / 2 / gamma_of(p);
    x[i] += drift * p[0];
    y[i] += drift * p[1];
    px[i] = p[0];
    py[i] = p[1];
    pz[i] = p[2];
  }
}

Charge Electrons::charge(const Box& box) const {
  Charge charge(box);
  std::vector<std::int64_t>& values = charge.values();
#pragma omp parallel
  {
    std::vector<std::int64_t> own(values.size());  // of this thread
#pragma omp for
    for (std::size_t i = 0; i < count(); i++) {
      Place place = place_of(box, x[i], y[i]);
      std::array<std::int64_t, 4> shares = Charge::shares(place);
      for (std::size_t c = 0; c < 4; c++)
        own[place.corners[c]] += shares[c];
    }
#pragma omp critical
    for (std::size_t c = 0; c < own.size(); c++)
      values[c] += own[c];
  }
  MPI_Allreduce(MPI_IN_PLACE, values.data(), int(values.size()), MPI_INT64_T, MPI_SUM, comm_);
  return charge;
}

double Electrons::mean_energy() const {
  double here = 0, everywhere = 0;
#pragma omp parallel for reduction(+ : here)
  for (std::size_t i = 0; i < count(); i++)
    here += gamma_of({px[i], py[i], pz[i]}) - 1;
  MPI_Allreduce(&here, &everywhere, 1, MPI_DOUBLE, MPI_SUM, comm_);
  return everywhere / double(all_);
}
