// What is to be computed, as a script in Python says it. It is read on each process by the
// interpreter itself, so that it may compute what it likes.
#pragma once

#include "electrons.hpp"

#include <stdexcept>
#include <string>

struct Simulation {
  Box box;
  std::int64_t electrons;
  double step;
  int steps;
  Start start;
  Fields fields;
};

struct WrongScript : std::runtime_error {
  using std::runtime_error::runtime_error;
};

Simulation read_script(const std::string& path);
