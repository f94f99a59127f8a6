/* Writing text without stdio, which would be most of a small program. */
#ifndef TEXT_H
#define TEXT_H

#include <stdint.h>
#include <string.h>
#include <unistd.h>

static char text_buffer[8192];
static size_t text_length;

static void text_flush(void) {
  size_t done = 0;
  while (done < text_length) {
    ssize_t count = write(1, text_buffer + done, text_length - done);
    if (count <= 0) {
      _exit(1);
    }
    done += (size_t)count;
  }
  text_length = 0;
}

static void text_bytes(const char *bytes, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (text_length == sizeof text_buffer) {
      text_flush();
    }
    text_buffer[text_length++] = bytes[i];
  }
}

static inline void text(const char *string) { text_bytes(string, strlen(string)); }

/* A number, right-aligned in a column. */
static inline void text_number(uint64_t number, size_t column) {
  char digits[20];
  size_t count = 0;
  do {
    digits[count++] = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  for (size_t i = count; i < column; i++) {
    text(" ");
  }
  while (count > 0) {
    text_bytes(&digits[--count], 1);
  }
}

/* Says what is wrong on standard error and ends the program. */
static _Noreturn void text_fail(const char *what, const char *which) {
  text_flush();
  write(2, what, strlen(what));
  write(2, which, strlen(which));
  write(2, "\n", 1);
  _exit(2);
}

/* A decimal number from 1 to most. */
static inline uint64_t text_to_number(const char *string, uint64_t most) {
  uint64_t number = 0;
  for (const char *c = string; *c != 0; c++) {
    if (*c < '0' || *c > '9' || number > most / 10) {
      text_fail("not a number in range: ", string);
    }
    number = number * 10 + (uint64_t)(*c - '0');
  }
  if (number < 1 || number > most) {
    text_fail("not a number in range: ", string);
  }
  return number;
}

#endif
