// Branches and memory: sorts random numbers and counts them in a hash table, as often as the argument says.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define N 200000
#define SLOTS 524288

static uint32_t numbers[N], keys[SLOTS], counts[SLOTS];

static void sort(uint32_t *from, uint32_t *to) {
  while (to - from > 12) {
    uint32_t pivot = from[(to - from) / 2], *left = from, *right = to;
    for (;;) {
      while (*left < pivot) left++;
      do right--; while (*right > pivot);
      if (left >= right) break;
      uint32_t other = *left;
      *left++ = *right;
      *right = other;
    }
    uint32_t *middle = right + 1;
    if (middle - from < to - middle) {
      sort(from, middle);
      from = middle;
    } else {
      sort(middle, to);
      to = middle;
    }
  }
  for (uint32_t *at = from + 1; at < to; at++) {
    uint32_t value = *at, *slot = at;
    for (; slot > from && slot[-1] > value; slot--) *slot = slot[-1];
    *slot = value;
  }
}

int main(int argc, char **argv) {
  int rounds = argc > 1 ? atoi(argv[1]) : 1;
  uint64_t random = 88172645463325252ull, check = 0;
  for (int round = 0; round < rounds; round++) {
    memset(keys, 0, sizeof keys);
    memset(counts, 0, sizeof counts);
    for (int i = 0; i < N; i++) {
      random ^= random << 13;
      random ^= random >> 7;
      random ^= random << 17;
      numbers[i] = 1 + (uint32_t)(random >> 32) % 300000;
      uint32_t slot = numbers[i] * 2654435761u >> 13;
      while (keys[slot] != 0 && keys[slot] != numbers[i]) slot = (slot + 1) & (SLOTS - 1);
      keys[slot] = numbers[i];
      counts[slot]++;
    }
    sort(numbers, numbers + N);
    for (int i = 1; i < N; i++) {
      if (numbers[i - 1] > numbers[i]) return 1;
      check = check * 31 + numbers[i];
    }
    for (int i = 0; i < SLOTS; i++) check += (uint64_t)keys[i] * counts[i] * (uint64_t)i;
  }
  printf("%016llx\n", (unsigned long long)check);
#ifndef __wasm__
  fprintf(stderr, "%ld\n", (long)(clock() * 1000000.0 / CLOCKS_PER_SEC)); // microseconds of processor time
#endif
  return 0;
}
