#include "field.hpp"

#include <cmath>
#include <numeric>

Place place_of(const Box& box, double x, double y) {
  double column = x / box.size[0] * box.cells[0], row = y / box.size[1] * box.cells[1];
  double left = std::floor(column), below = std::floor(row);
  auto wrapped = [](double index, int cells) {
    int rest = int(std::int64_t(index) % cells);
    return std::size_t(rest < 0 ? rest + cells : rest);
  };
  std::size_t width = std::size_t(box.cells[0]);
  std::size_t i = wrapped(left, box.cells[0]), j = wrapped(below, box.cells[1]);
  std::size_t next_i = (i + 1) % width, next_j = (j + 1) % std::size_t(box.cells[1]);
  return {{j * width + i, j * width + next_i, next_j * width + i, next_j * width + next_i},
          column - left,
          row - below};
}

Fields::Fields(const Box& box, const Profile& electric, const Profile& magnetic) {
  corners_.reserve(box.corners());
  for (int j = 0; j < box.cells[1]; j++)
    for (int i = 0; i < box.cells[0]; i++) {
      double x = i * box.size[0] / box.cells[0], y = j * box.size[1] / box.cells[1];
      corners_.push_back({electric(x, y), magnetic(x, y)});
    }
}

Fields::Both Fields::at(const Place& place) const {
  Both sum{};
  std::array<double, 4> weights = place.weights();
  for (std::size_t c = 0; c < 4; c++) {
    const Both& corner = corners_[place.corners[c]];
    for (std::size_t d = 0; d < 3; d++) {
      sum.electric[d] += weights[c] * corner.electric[d];
      sum.magnetic[d] += weights[c] * corner.magnetic[d];
    }
  }
  return sum;
}

std::array<std::int64_t, 4> Charge::shares(const Place& place) {
  std::array<double, 4> weights = place.weights();
  std::array<std::int64_t, 4> parts{};
  for (std::size_t c = 1; c < 4; c++)
    parts[c] = std::llround(weights[c] * double(one));
  parts[0] = one - parts[1] - parts[2] - parts[3];  // so that nothing is lost by rounding
  return parts;
}

std::vector<double> Charge::density(const Box& box) const {
  std::vector<double> density(shares_.size());
  for (std::size_t c = 0; c < density.size(); c++)
    density[c] = double(shares_[c]) / double(one) / box.cell_area();
  return density;
}

std::int64_t Charge::total() const {
  return std::accumulate(shares_.begin(), shares_.end(), std::int64_t(0));
}
