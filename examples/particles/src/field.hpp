// Fields that are given on the corners of a grid, and the charge that is gathered there. The box is
// periodic in x and y; nothing depends on z.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

using Vector = std::array<double, 3>;
using Profile = std::function<Vector(double x, double y)>;

struct Box {
  std::array<double, 2> size;
  std::array<int, 2> cells;

  std::size_t corners() const { return std::size_t(cells[0]) * std::size_t(cells[1]); }
  double cell_area() const { return size[0] * size[1] / double(corners()); }
};

// The corners around a position, and how far beyond the first one it is, in cells.
struct Place {
  std::array<std::size_t, 4> corners;  // (0, 0), (1, 0), (0, 1), (1, 1)
  double x, y;

  std::array<double, 4> weights() const {
    return {(1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y};
  }
};

Place place_of(const Box& box, double x, double y);

// E and B at the corners, from profiles that are asked once for each.
class Fields {
public:
  Fields(const Box& box, const Profile& electric, const Profile& magnetic);

  struct Both {
    Vector electric, magnetic;
  };
  Both at(const Place& place) const;

private:
  std::vector<Both> corners_;
};

// Each electron's charge is shared among the corners around it, in whole numbers of 2^-32: sums of
// whole numbers are the same in any order, so for any number of threads and processes.
class Charge {
public:
  static constexpr std::int64_t one = std::int64_t(1) << 32;

  explicit Charge(const Box& box) : shares_(box.corners()) {}

  static std::array<std::int64_t, 4> shares(const Place& place);
  std::vector<std::int64_t>& values() { return shares_; }

  std::vector<double> density(const Box& box) const;  // electrons per area
  std::int64_t total() const;                         // one for each electron

private:
  std::vector<std::int64_t> shares_;
};
