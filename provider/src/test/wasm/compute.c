/*
 * Everything that compilers make of C, without a system: loops, switches, recursion, calls through pointers, 32 and 64 bit
 * integers, floating point, bulk memory, a heap that grows. The results are only mixed into one number.
 */
#include <stdint.h>

typedef uint32_t (*operation)(uint32_t, uint32_t);

static uint32_t add(uint32_t a, uint32_t b) { return a + b; }
static uint32_t rotate(uint32_t a, uint32_t b) { return a << (b & 31) | a >> (-b & 31); }
static uint32_t divide(uint32_t a, uint32_t b) { return a / (b | 1); }
static const operation operations[] = {add, rotate, divide};

static unsigned char block[65536];
static double series[64];
static float floats[64];
volatile uint32_t result;
volatile uint32_t rounds = 40;

__attribute__((noinline)) static uint32_t ackermann(uint32_t m, uint32_t n) {
  return m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
}

__attribute__((noinline)) static uint32_t choose(uint32_t x) {
  switch (x % 9) {
    case 0: return 17;
    case 1: return x * 3;
    case 2: return x ^ 0x5555;
    case 3: if (x & 64) return 5; break;
    case 4: return x - 4;
    case 5: x += 7;
    case 6: return x / 3;
    case 7: return ~x;
  }
  return x + 1;
}

__attribute__((noinline)) static uint64_t wide(uint64_t x) {
  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  return x * 6364136223846793005ull + x / 1000003 + (uint64_t)((int64_t)x % 977);
}

__attribute__((noinline)) static uint32_t floating(uint32_t seed) {
  double sum = 0;
  float small = 1;
  for (int i = 0; i < 64; i++) {
    series[i] = (double)(int32_t)(seed * (uint32_t)i) / 3.0;
    floats[i] = (float)series[i] * 1.25f - (float)i;
    sum += __builtin_sqrt(series[i] < 0 ? -series[i] : series[i]) + __builtin_floor(series[i]);
    small = __builtin_wasm_min_f32(small, floats[i]) + __builtin_copysignf(1.5f, floats[i]);
  }
  union { double d; uint64_t bits; } whole = {sum};
  union { float f; uint32_t bits; } part = {small};
  return (uint32_t)whole.bits ^ (uint32_t)(whole.bits >> 32) ^ part.bits ^ (uint32_t)(int32_t)(sum / 1e12);
}

__attribute__((noinline)) static uint32_t bulk(uint32_t seed) {
  __builtin_memset(block, (int)(seed & 255), 40000 + seed % 999);
  __builtin_memcpy(block + 50000, block + seed % 30000, 9000 + seed % 99);
  uint32_t sum = 0;
  for (uint32_t i = 0; i < sizeof block; i += 257) {
    sum = sum * 31 + block[i];
  }
  return sum;
}

void _start(void) {
  uint32_t state = 12345;
  uint64_t big = 88172645463325252ull;
  for (uint32_t round = 0; round < rounds; round++) {
    state = operations[round % 3](state, choose(state));
    for (uint32_t i = 0; i < 50 + round; i++) {
      state += choose(state + i);
      if (state % 5 == 0) {
        continue;
      }
      if (state % 101 == 0) {
        break;
      }
      big = wide(big + state);
    }
    state ^= (uint32_t)(big >> 20) ^ floating(state) ^ bulk(state);
  }
  state += ackermann(2, 60);
  state += (uint32_t)__builtin_wasm_memory_grow(0, 3);
  result = state;
}
