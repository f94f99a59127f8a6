/*
 * Counts the primes up to a number, 50,000,000 unless the first argument says another, with a segmented sieve of
 * Eratosthenes over the odd numbers. Prints their count, the largest, and their sum, which tables of primes confirm.
 */
#include <stdlib.h>

#include "../text.h"

#define LIMIT_MAX 4000000000u
#define SEGMENT 32768u
#define BASE_MAX 63246u /* the root of LIMIT_MAX */

static unsigned char segment[SEGMENT];
static unsigned char composite[BASE_MAX + 1];
static uint32_t base[7000], next[7000];
static unsigned bases;

static void find_bases(uint32_t root) {
  for (uint32_t i = 3; i <= root; i += 2) {
    if (!composite[i]) {
      base[bases] = i;
      next[bases] = (uint32_t)(((uint64_t)i * i - 1) / 2);
      bases++;
      for (uint32_t j = i * i; j <= root && i <= 251; j += 2 * i) {
        composite[j] = 1;
      }
    }
  }
}

int main(int argc, char **argv) {
  uint64_t limit = argc > 1 ? text_to_number(argv[1], LIMIT_MAX) : 50000000;
  uint32_t root = 1;
  while ((uint64_t)(root + 1) * (root + 1) <= limit) {
    root++;
  }
  find_bases(root);

  uint64_t count = limit >= 2, largest = limit >= 2 ? 2 : 0, sum = largest;
  /* Slot i of the whole sieve stands for the odd number 2 i + 1. */
  uint32_t slots = (uint32_t)((limit + 1) / 2);
  for (uint32_t low = 0; low < slots; low += SEGMENT) {
    uint32_t high = slots - low < SEGMENT ? slots : low + SEGMENT;
    memset(segment, 1, SEGMENT);
    segment[0] = low != 0; /* 1 is not a prime */
    for (unsigned b = 0; b < bases; b++) {
      uint32_t at = next[b];
      uint32_t step = base[b];
      for (; at < high; at += step) {
        segment[at - low] = 0;
      }
      next[b] = at;
    }
    for (uint32_t i = low; i < high; i++) {
      if (segment[i - low]) {
        count++;
        largest = 2 * (uint64_t)i + 1;
        sum += largest;
      }
    }
  }

  text("primes up to ");
  text_number(limit, 0);
  text("\ncount    ");
  text_number(count, 0);
  text("\nlargest  ");
  text_number(largest, 0);
  text("\nsum      ");
  text_number(sum, 0);
  text("\n");
  text_flush();
  return 0;
}
