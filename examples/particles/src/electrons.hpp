// The electrons of this process. Each coordinate has an array of its own.
#pragma once

#include "field.hpp"

#include <cstdint>
#include <mpi.h>
#include <vector>

struct Start {
  Vector momentum;
  double spread;
};

class Electrons {
public:
  // This process's part of `all` electrons, at random over the box: each one depends on its number
  // alone, and not on who computes it. Not thermal: momenta are spread evenly.
  Electrons(const Box& box, std::int64_t all, const Start& start, MPI_Comm comm);

  // Positions half a step, momenta a whole one as Boris does it, positions the other half.
  void push(const Box& box, const Fields& fields, double step);

  Charge charge(const Box& box) const;  // of all processes
  double mean_energy() const;           // of all processes: kinetic, in m c^2

  std::int64_t all() const { return all_; }
  std::int64_t first() const { return first_; }  // the number of this process's first one
  std::size_t count() const { return x.size(); }
  MPI_Comm comm() const { return comm_; }

  std::vector<double> x, y, px, py, pz;

private:
  std::int64_t all_, first_;
  MPI_Comm comm_;
};
