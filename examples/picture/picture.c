/*
 * Draws a part of the Mandelbrot set, in integer arithmetic only, and writes it as a PNG to /out/picture.png. The first
 * argument is the width in pixels, 480 unless given; the height is two thirds of it.
 */
#include <fcntl.h>
#include <stdlib.h>

#include "../text.h"

#define WIDTH_MAX 4000
#define STEPS 400
#define ONE (1 << 24) /* fixed point with 24 bits after it */
#define BLOCK_MAX 65535u

static int file;
static uint32_t crc_table[256];
static uint32_t crc;

static void write_all(const unsigned char *bytes, size_t count) {
  while (count > 0) {
    ssize_t done = write(file, bytes, count);
    if (done <= 0) {
      text_fail("can not be written: ", "/out/picture.png");
    }
    bytes += done;
    count -= (size_t)done;
  }
}

static void make_crc_table(void) {
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t value = i;
    for (int bit = 0; bit < 8; bit++) {
      value = value & 1 ? 0xEDB88320u ^ (value >> 1) : value >> 1;
    }
    crc_table[i] = value;
  }
}

static void put(const unsigned char *bytes, size_t count) {
  for (size_t i = 0; i < count; i++) {
    crc = crc_table[(crc ^ bytes[i]) & 255] ^ (crc >> 8);
  }
  write_all(bytes, count);
}

static void big_endian(unsigned char *to, uint32_t value) {
  for (int i = 0; i < 4; i++) {
    to[i] = (unsigned char)(value >> (24 - 8 * i));
  }
}

static void begin_chunk(const char *type, uint32_t length) {
  unsigned char bytes[4];
  big_endian(bytes, length);
  write_all(bytes, 4);
  crc = 0xFFFFFFFFu;
  put((const unsigned char *)type, 4);
}

static void end_chunk(void) {
  unsigned char bytes[4];
  big_endian(bytes, ~crc);
  write_all(bytes, 4);
}

/* Steps until the point leaves the circle of radius 2, or STEPS. */
static int escape(int64_t cx, int64_t cy) {
  int64_t x = 0, y = 0;
  for (int step = 0; step < STEPS; step++) {
    int64_t xx = (x * x) >> 24, yy = (y * y) >> 24;
    if (xx + yy > 4LL * ONE) {
      return step;
    }
    y = ((x * y) >> 23) + cy;
    x = xx - yy + cx;
  }
  return STEPS;
}

/* A wheel of colours from blue over white and orange to black; inside the set it is black. */
static void colour(int steps, unsigned char *rgb) {
  static const unsigned char stops[6][3] = {
      {0, 7, 100}, {32, 107, 203}, {237, 255, 255}, {255, 170, 0}, {60, 10, 0}, {0, 7, 100}};
  if (steps == STEPS) {
    memset(rgb, 0, 3);
    return;
  }
  int at = steps * 5 % 320;
  int stop = at / 64, part = at % 64;
  for (int i = 0; i < 3; i++) {
    rgb[i] = (unsigned char)((stops[stop][i] * (64 - part) + stops[stop + 1][i] * part) / 64);
  }
}

static void draw(unsigned char *pixels, uint32_t width, uint32_t height) {
  int64_t step = (int64_t)(3LL * ONE) / width;
  for (uint32_t row = 0; row < height; row++) {
    unsigned char *line = pixels + (size_t)row * (1 + 3 * width);
    line[0] = 0; /* no filter */
    for (uint32_t column = 0; column < width; column++) {
      int64_t cx = -(ONE * 9LL / 4) + step * column;
      int64_t cy = step * ((int64_t)row - height / 2);
      colour(escape(cx, cy), line + 1 + 3 * column);
    }
  }
}

/* A zlib stream of stored blocks: no compression, but any viewer reads it. */
static void put_stored(const unsigned char *bytes, uint32_t size) {
  uint32_t a = 1, b = 0;
  unsigned char trailer[4];
  put((const unsigned char *)"\x78\x01", 2);
  for (uint32_t at = 0; at < size; at += BLOCK_MAX) {
    uint32_t length = size - at < BLOCK_MAX ? size - at : BLOCK_MAX;
    unsigned char header[5] = {at + length == size, length & 255, length >> 8, ~length & 255,
                               (~length >> 8) & 255};
    put(header, 5);
    put(bytes + at, length);
  }
  for (uint32_t i = 0; i < size; i++) {
    a = (a + bytes[i]) % 65521;
    b = (b + a) % 65521;
  }
  big_endian(trailer, b << 16 | a);
  put(trailer, 4);
}

int main(int argc, char **argv) {
  uint32_t width = argc > 1 ? (uint32_t)text_to_number(argv[1], WIDTH_MAX) : 480;
  uint32_t height = width * 2 / 3 > 0 ? width * 2 / 3 : 1;
  uint32_t size = height * (1 + 3 * width);
  unsigned char *pixels = malloc(size);
  if (pixels == NULL) {
    text_fail("out of memory", "");
  }
  draw(pixels, width, height);

  file = open("/out/picture.png", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file < 0) {
    text_fail("can not be opened: ", "/out/picture.png");
  }
  make_crc_table();
  write_all((const unsigned char *)"\x89PNG\r\n\x1a\n", 8);
  unsigned char header[13] = {0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0}; /* 8 bits of red, green, blue */
  big_endian(header, width);
  big_endian(header + 4, height);
  begin_chunk("IHDR", sizeof header);
  put(header, sizeof header);
  end_chunk();
  begin_chunk("IDAT", 2 + size + 5 * ((size + BLOCK_MAX - 1) / BLOCK_MAX) + 4);
  put_stored(pixels, size);
  end_chunk();
  begin_chunk("IEND", 0);
  end_chunk();
  close(file);

  text("picture.png: ");
  text_number(width, 0);
  text(" x ");
  text_number(height, 0);
  text(" pixels\n");
  text_flush();
  return 0;
}
