/* How far a program can go: calls within calls, and memory. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__attribute__((noinline)) static unsigned deep(unsigned depth, volatile unsigned *mark) {
  unsigned below = depth ? deep(depth - 1, mark) : 0;
  *mark = depth;
  return below * 3 + depth;
}

static unsigned ackermann(unsigned m, unsigned n) {
  return m == 0 ? n + 1 : ackermann(m - 1, n == 0 ? 1 : ackermann(m, n - 1));
}

static int ascending(const void *left, const void *right) {
  unsigned l = *(const unsigned *)left;
  unsigned r = *(const unsigned *)right;
  return (l > r) - (l < r);
}

int main(int argc, char **argv) {
  volatile unsigned mark;
  if (argc > 2 && !strcmp(argv[1], "deep")) {
    printf("%u\n", deep(atoi(argv[2]), &mark));
    return 0;
  }
  if (argc > 1 && !strcmp(argv[1], "memory")) {
    /* All that there is, a mebibyte at a time, each byte of it used. */
    unsigned pieces = 0;
    for (char *volatile piece; (piece = malloc(1 << 20)); pieces++) {
      memset(piece, pieces, 1 << 20);
    }
    printf("%u MiB, then none\n", pieces);
    return 0;
  }
  printf("ackermann %u\n", ackermann(2, 300));
  unsigned count = 100000;
  unsigned *numbers = malloc(count * sizeof *numbers);
  unsigned state = 1;
  for (unsigned i = 0; i < count; i++) {
    numbers[i] = state = state * 1664525 + 1013904223;
  }
  qsort(numbers, count, sizeof *numbers, ascending);
  printf("sorted %u .. %u .. %u\n", numbers[0], numbers[count / 2], numbers[count - 1]);
  double sum = 0;
  for (unsigned i = 1; i < count; i++) {
    sum += 1.0 / ((double)i * i);
  }
  printf("sum %.17g\n", sum);
  free(numbers);
  return 0;
}
