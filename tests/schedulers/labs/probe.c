/* What the jobs of a lab start: says what it was given, so that tests can hold it to the spec. */
#include <mpi.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#ifdef __SSE4_2__
#define BUILT "x86_64_v2"
#else
#define BUILT "x86_64"
#endif

static volatile sig_atomic_t told;

static void hear(int signal) { told = signal; }

/* Each task says where it is, one after the other. */
static int show_ranks(int argc, char **argv) {
  char here[MPI_MAX_PROCESSOR_NAME], all[64 * MPI_MAX_PROCESSOR_NAME];
  int rank, size, length;
  MPI_Init(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  MPI_Get_processor_name(here, &length);
  int sum = 0, mine = rank + 1;
  MPI_Reduce(&mine, &sum, 1, MPI_INT, MPI_SUM, 0, MPI_COMM_WORLD);
  MPI_Gather(here, sizeof here, MPI_CHAR, all, sizeof here, MPI_CHAR, 0, MPI_COMM_WORLD);
  for (int i = 0; rank == 0 && i < size; i++) printf("task %d on %s\n", i, all + i * sizeof here);
  if (rank == 0) printf("%d tasks, sum %d, built for %s\n", size, sum, BUILT);
  MPI_Finalize();
  return 0;
}

/* Ends with 4 once it is told to save, which has to be before its time is up. */
static int save(void) {
  signal(SIGUSR1, hear);
  while (!told) pause();
  puts("saved");
  return 4;
}

/* The second time that it is started, it ends well. */
static int again(const char *mark, int seconds) {
  if (!access(mark, F_OK)) return puts("started again") < 0;
  fclose(fopen(mark, "w"));
  sleep(seconds);
  return 99;
}

static int copy(const char *from, const char *to) {
  FILE *in = fopen(from, "r"), *out = fopen(to, "w");
  if (!in || !out) return 1;
  for (int c; (c = getc(in)) != EOF;) putc(c, out);
  struct rlimit space;
  getrlimit(RLIMIT_AS, &space);
  printf("%ld MiB\n", space.rlim_cur == RLIM_INFINITY ? 0 : (long)(space.rlim_cur >> 20));
  return fclose(out);
}

/* When it was there, in milliseconds. */
static int span(void) {
  struct timeval from, to;
  gettimeofday(&from, NULL);
  usleep(1500000);
  gettimeofday(&to, NULL);
  return printf("%ld%03ld to %ld%03ld\n", (long)from.tv_sec, (long)from.tv_usec / 1000,
                (long)to.tv_sec, (long)to.tv_usec / 1000) < 0;
}

int main(int argc, char **argv) {
  const char *what = argc > 1 ? argv[1] : "";
  for (int i = 1; i < argc; i++) printf("[%s]\n", argv[i]);
  fflush(stdout);
  if (!strcmp(what, "ranks")) return show_ranks(argc, argv);
  if (!strcmp(what, "fail")) return atoi(argv[2]);
  if (!strcmp(what, "sleep")) return sleep(atoi(argv[2]));
  if (!strcmp(what, "save")) return save();
  if (!strcmp(what, "again")) return again(argv[2], atoi(argv[3]));
  if (!strcmp(what, "copy")) return copy(argv[2], argv[3]);
  if (!strcmp(what, "span")) return span();
  return 0;
}
