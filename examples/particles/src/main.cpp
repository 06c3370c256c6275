// particles SCRIPT [OUTPUT] | --selftest
#include "output.hpp"
#include "script.hpp"
#include "selftest.hpp"

#include <cstdio>
#include <cstdlib>

namespace {

int simulate(const std::string& script, const char* output, int rank) {
  Simulation asked = read_script(script);
  Electrons electrons(asked.box, asked.electrons, asked.start, MPI_COMM_WORLD);
  double before = electrons.mean_energy();
  for (int i = 0; i < asked.steps; i++)
    electrons.push(asked.box, asked.fields, asked.step);
  double after = electrons.mean_energy();
  if (rank == 0)
    std::printf("%lld electrons, %d steps: mean energy %.9f -> %.9f\n",
                static_cast<long long>(asked.electrons), asked.steps, before, after);
  if (output != nullptr && !write_output(output, asked.box, electrons)) {
    if (rank == 0)
      std::fprintf(stderr, "particles: cannot write %s\n", output);
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}

int start(int count, char** words, int rank) {
  if (count == 2 && std::string(words[1]) == "--selftest")
    return selftest() ? EXIT_SUCCESS : EXIT_FAILURE;
  if (count < 2 || count > 3 || words[1][0] == '-') {
    if (rank == 0)
      std::fputs("usage: particles SCRIPT [OUTPUT] | --selftest\n", stderr);
    return 2;
  }
  try {
    return simulate(words[1], count == 3 ? words[2] : nullptr, rank);
  } catch (const WrongScript& wrong) {
    if (rank == 0)
      std::fprintf(stderr, "particles: %s\n", wrong.what());
    return EXIT_FAILURE;
  }
}

}  // namespace

int main(int count, char** words) {
  MPI_Init(&count, &words);
  int rank;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  int status = start(count, words, rank);
  MPI_Finalize();
  return status;
}
