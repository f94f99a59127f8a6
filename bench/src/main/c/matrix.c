// Floating point: products of dense matrices of doubles, as many as the argument says.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define N 200

static double a[N][N], b[N][N], c[N][N];

int main(int argc, char **argv) {
  int rounds = argc > 1 ? atoi(argv[1]) : 1;
  for (int i = 0; i < N; i++) {
    for (int j = 0; j < N; j++) {
      a[i][j] = (i * 7 + j * 3) % 11 / 11.0;
      b[i][j] = (i * 5 + j * 13) % 17 / 17.0;
    }
  }
  for (int round = 0; round < rounds; round++) {
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        double sum = 0;
        for (int k = 0; k < N; k++) sum += a[i][k] * b[k][j];
        c[i][j] = sum;
      }
    }
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) a[i][j] = c[i][j] / (1 + c[j][i]);
    }
  }
  double sum = 0;
  for (int i = 0; i < N; i++) {
    for (int j = 0; j < N; j++) sum += a[i][j];
  }
  uint64_t bits;
  memcpy(&bits, &sum, sizeof bits);
  printf("%.12f %016llx\n", sum, (unsigned long long)bits);
#ifndef __wasm__
  fprintf(stderr, "%ld\n", (long)(clock() * 1000000.0 / CLOCKS_PER_SEC)); // microseconds of processor time
#endif
  return 0;
}
