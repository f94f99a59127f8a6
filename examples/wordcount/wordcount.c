/*
 * Counts lines, words and bytes of every file below /in, or of standard input when /in is empty, and lists the most
 * frequent words. A word is a run of letters, digits and bytes beyond ASCII; upper and lower case of ASCII are one.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include "../text.h"

#define TABLE_SIZE (1u << 16)
#define WORD_MAX 64
#define TOP 12

struct word {
  char *letters;
  uint64_t count;
};

struct counts {
  uint64_t lines, words, bytes;
};

static struct word table[TABLE_SIZE];
static uint32_t distinct;
static struct counts total;
static unsigned files;

static void add_word(const char *letters, size_t length) {
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < length; i++) {
    hash = (hash ^ (unsigned char)letters[i]) * 16777619u;
  }
  uint32_t at = hash % TABLE_SIZE;
  while (table[at].letters != NULL &&
         (strlen(table[at].letters) != length || memcmp(table[at].letters, letters, length) != 0)) {
    at = (at + 1) % TABLE_SIZE;
  }
  if (table[at].letters == NULL) {
    if (++distinct > TABLE_SIZE * 3 / 4) {
      text_fail("too many different words", "");
    }
    table[at].letters = malloc(length + 1);
    if (table[at].letters == NULL) {
      text_fail("out of memory", "");
    }
    memcpy(table[at].letters, letters, length);
    table[at].letters[length] = 0;
  }
  table[at].count++;
}

static int is_word_byte(unsigned char c) {
  return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static struct counts count(int descriptor, const char *name) {
  static char buffer[1 << 16];
  char word[WORD_MAX];
  size_t length = 0;
  int inside = 0;
  struct counts counts = {0, 0, 0};
  ssize_t got;
  while ((got = read(descriptor, buffer, sizeof buffer)) > 0) {
    counts.bytes += (uint64_t)got;
    for (ssize_t i = 0; i < got; i++) {
      unsigned char c = (unsigned char)buffer[i];
      counts.lines += c == '\n';
      if (is_word_byte(c)) {
        counts.words += !inside;
        inside = 1;
        if (length < WORD_MAX) {
          word[length++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        }
      } else if (inside) {
        add_word(word, length);
        inside = 0;
        length = 0;
      }
    }
  }
  if (got < 0) {
    text_fail("can not be read: ", name);
  }
  if (inside) {
    add_word(word, length);
  }
  return counts;
}

static void row(struct counts counts, const char *name) {
  text_number(counts.lines, 8);
  text_number(counts.words, 9);
  text_number(counts.bytes, 10);
  text("  ");
  text(name);
  text("\n");
}

static void count_file(const char *path, const char *name) {
  int descriptor = open(path, O_RDONLY);
  if (descriptor < 0) {
    text_fail("can not be opened: ", path);
  }
  struct counts counts = count(descriptor, path);
  close(descriptor);
  row(counts, name);
  total.lines += counts.lines;
  total.words += counts.words;
  total.bytes += counts.bytes;
  files++;
}

static void count_directory(const char *path, size_t root_length) {
  DIR *directory = opendir(path);
  if (directory == NULL) {
    text_fail("can not be opened: ", path);
  }
  struct dirent *entry;
  while ((entry = readdir(directory)) != NULL) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
      continue;
    }
    size_t length = strlen(path) + 1 + strlen(entry->d_name);
    char *child = malloc(length + 1);
    if (child == NULL) {
      text_fail("out of memory", "");
    }
    strcpy(child, path);
    strcat(child, "/");
    strcat(child, entry->d_name);
    if (entry->d_type == DT_DIR) {
      count_directory(child, root_length);
    } else {
      count_file(child, child + root_length);
    }
    free(child);
  }
  closedir(directory);
}

/* Most frequent first; among equals the order of the letters. */
static int by_frequency(const void *left, const void *right) {
  const struct word *l = left, *r = right;
  if (l->count != r->count) {
    return l->count < r->count ? 1 : -1;
  }
  return strcmp(l->letters, r->letters);
}

static void list_words(void) {
  struct word *words = malloc((distinct + 1) * sizeof *words);
  if (words == NULL) {
    text_fail("out of memory", "");
  }
  uint32_t used = 0;
  for (uint32_t i = 0; i < TABLE_SIZE; i++) {
    if (table[i].letters != NULL) {
      words[used++] = table[i];
    }
  }
  qsort(words, used, sizeof *words, by_frequency);
  text("\n   times  word\n");
  for (uint32_t i = 0; i < used && i < TOP; i++) {
    text_number(words[i].count, 8);
    text("  ");
    text(words[i].letters);
    text("\n");
  }
  text_number(distinct, 8);
  text("  different words\n");
}

int main(void) {
  text("   lines    words     bytes  file\n");
  count_directory("/in", strlen("/in/"));
  if (files == 0) {
    total = count(0, "standard input");
    row(total, "standard input");
  } else {
    row(total, "total");
  }
  list_words();
  text_flush();
  return 0;
}
