/* Programs that want more than their share: the first argument says of what. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char block[1 << 20];

static int is(const char *left, const char *right) { return !strcmp(left, right); }

__attribute__((noinline)) static unsigned stack(volatile char *above, int depth) {
  volatile char frame[4096];
  frame[0] = above[0] + 1;
  return depth ? stack(frame, depth - 1) + frame[0] : frame[0];
}

static void files(void) {
  char name[32];
  for (int i = 0;; i++) {
    snprintf(name, sizeof name, "/out/%d", i);
    close(open(name, O_CREAT | O_WRONLY, 0666));
  }
}

static void descriptors(void) {
  int opened = 0;
  while (open("/in", O_RDONLY | O_DIRECTORY) >= 0) {
    opened++;
  }
  printf("%d directories are open, then: %s\n", opened, strerror(errno));
}

static void deep_directories(void) {
  int directory = open("/out", O_RDONLY | O_DIRECTORY);
  for (;;) {
    mkdirat(directory, "d", 0777);
    int below = openat(directory, "d", O_RDONLY | O_DIRECTORY);
    close(directory);
    directory = below;
  }
}

int main(int argc, char **argv) {
  const char *what = argc > 1 ? argv[1] : "";
  volatile unsigned work = 0;
  if (is(what, "loop")) {
    for (;;) {
      work++;
    }
  } else if (is(what, "stack")) {
    return stack(block, 2000000000);
  } else if (is(what, "memory")) {
    for (char *volatile piece; (piece = malloc(sizeof block));) {
      memset(piece, 1, sizeof block);
    }
    puts("there is no more");
  } else if (is(what, "output")) {
    for (int i = 0; i < 10 * 1024; i++) {
      write(i & 1 ? 2 : 1, block, sizeof block);
    }
  } else if (is(what, "sparse")) {
    int file = open("/out/sparse", O_CREAT | O_RDWR, 0666);
    pwrite(file, "x", 1, 10LL << 30);
  } else if (is(what, "files")) {
    files();
  } else if (is(what, "directories")) {
    deep_directories();
  } else if (is(what, "descriptors")) {
    descriptors();
  } else if (is(what, "sleep")) {
    for (struct timespec century = {100LL * 365 * 24 * 3600, 0};;) {
      nanosleep(&century, NULL);
    }
  } else if (is(what, "random")) {
    for (;;) {
      getentropy(block, 256);
    }
  } else if (is(what, "abort")) {
    abort();
  } else if (is(what, "wild")) {
    return *(volatile int *)0xFFFFFFF0u;
  }
  return 0;
}
