/* What a program can ask its host: the time, and random bytes. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static int64_t now(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

int main(void) {
  int64_t start = now(CLOCK_MONOTONIC);
  time_t today = now(CLOCK_REALTIME) / 1000000000;
  char text[64];
  strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", gmtime(&today));
  printf("it is %s\n", text);
  volatile unsigned work = 0;
  for (int i = 0; i < 100000; i++) {
    work = work * 3 + i;
  }
  int64_t worked = now(CLOCK_MONOTONIC);
  printf("work came to %u and takes time: %d\n", work, worked > start);
  struct timespec hour = {3600, 0};
  nanosleep(&hour, NULL);
  printf("an hour later: %d\n", now(CLOCK_MONOTONIC) - worked >= 3600000000000LL);
  printf("now %lld\n", (long long)now(CLOCK_REALTIME));
  unsigned char bytes[16];
  getentropy(bytes, sizeof bytes);
  for (size_t i = 0; i < sizeof bytes; i++) {
    printf("%02x", bytes[i]);
  }
  printf("\n");
  return 0;
}
