/* Directories walked, files read at random places, written, renamed and removed; and what must not work does not. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void walk(const char *path, int depth) {
  DIR *directory = opendir(path);
  if (!directory) {
    printf("%s: %s\n", path, strerror(errno));
    return;
  }
  for (struct dirent *entry; (entry = readdir(directory));) {
    char below[1024];
    struct stat found;
    if (entry->d_name[0] == '.') {
      continue;
    }
    snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
    if (stat(below, &found)) {
      printf("%s: %s\n", below, strerror(errno));
    } else if (S_ISDIR(found.st_mode)) {
      printf("%*s%s/\n", 2 * depth, "", entry->d_name);
      walk(below, depth + 1);
    } else {
      printf("%*s%s %lld\n", 2 * depth, "", entry->d_name, (long long)found.st_size);
    }
  }
  closedir(directory);
}

static void try(const char *what, int failed) { printf("%s: %s\n", what, failed ? strerror(errno) : "done"); }

static void try_open(const char *path, int flags) {
  char what[256];
  int file = open(path, flags, 0666);
  snprintf(what, sizeof what, "open %s", path);
  try(what, file < 0);
  if (file >= 0) {
    close(file);
  }
}

int main(void) {
  walk("/in", 0);
  FILE *file = fopen("/in/a/numbers.txt", "r");
  if (!file) {
    perror("/in/a/numbers.txt");
    return 1;
  }
  long sum = 0;
  for (int number; fscanf(file, "%d", &number) == 1;) {
    sum += number;
  }
  char three[4] = {0};
  fseek(file, -4, SEEK_END);
  fread(three, 1, 3, file);
  printf("sum %ld, last %s, at %ld\n", sum, three, ftell(file));
  fclose(file);

  try("mkdir /out/made", mkdir("/out/made", 0777));
  file = fopen("/out/made/first", "w+");
  for (int i = 0; i < 1000; i++) {
    fprintf(file, "%d\n", i);
  }
  fseek(file, 0, SEEK_SET);
  fputs("zero", file);
  fclose(file);
  file = fopen("/out/made/first", "a");
  fputs("end\n", file);
  fclose(file);
  try("rename", rename("/out/made/first", "/out/result"));
  try("rmdir", rmdir("/out/made"));
  file = fopen("/out/lost", "w");
  fclose(file);
  try("unlink", unlink("/out/lost"));
  try("truncate", truncate("/out/result", 10));

  try_open("/in/a/numbers.txt", O_RDWR);
  try_open("/in/new", O_CREAT | O_WRONLY);
  try_open("/in/../in/a/numbers.txt", O_RDONLY);
  try_open("/in/../../etc/passwd", O_RDONLY);
  try_open("/etc/passwd", O_RDONLY);
  try_open("/proc/self/environ", O_RDONLY);
  try_open("/out/../../etc/passwd", O_RDONLY);
  try("symlink", symlink("/etc/passwd", "/out/passwd"));
  try("link", link("/in/a/numbers.txt", "/out/numbers"));
  try("unlink of input", unlink("/in/a/numbers.txt"));
  return 0;
}
