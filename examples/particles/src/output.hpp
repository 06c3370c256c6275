#pragma once

#include "electrons.hpp"

#include <string>

// One HDF5 file from all processes together: the density, and the electrons in their order. False
// where that did not work.
bool write_output(const std::string& path, const Box& box, const Electrons& electrons);
