/* A job: counts the words of the files of /in, prints the number, and leaves it in /out.
   It is an ordinary C program; there is no network and no clock but the job's own, so that
   whoever runs it again finds the same. */
#include <ctype.h>
#include <dirent.h>
#include <stdio.h>

static long words_of(const char *name) {
  char path[1024];
  snprintf(path, sizeof path, "/in/%s", name);
  FILE *file = fopen(path, "r");
  if (file == NULL) {
    return 0;
  }
  long words = 0;
  int inside = 0;
  for (int c = fgetc(file); c != EOF; c = fgetc(file)) {
    words += isalpha(c) && !inside;
    inside = isalpha(c);
  }
  fclose(file);
  return words;
}

int main(void) {
  DIR *in = opendir("/in");
  if (in == NULL) {
    fprintf(stderr, "give me a directory with --in\n");
    return 1;
  }
  long words = 0;
  for (struct dirent *entry = readdir(in); entry != NULL; entry = readdir(in)) {
    if (entry->d_name[0] != '.') {
      words += words_of(entry->d_name);
    }
  }
  closedir(in);
  printf("%ld words\n", words);
  FILE *out = fopen("/out/words.txt", "w");
  if (out == NULL) {
    return 1;
  }
  fprintf(out, "%ld\n", words);
  return fclose(out) == 0 ? 0 : 1;
}
