/* Arguments, environment, standard streams and the exit code, as any C program uses them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

int main(int argc, char **argv) {
  for (int i = 0; i < argc; i++) {
    printf("arg %d %s\n", i, argv[i]);
  }
  for (char **variable = environ; *variable; variable++) {
    printf("env %s\n", *variable);
  }
  const char *name = getenv("NAME");
  printf("NAME is %s\n", name ? name : "not set");
  char line[256];
  int lines = 0;
  while (fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    printf("line %d has %zu bytes: %s\n", ++lines, strlen(line), line);
  }
  fprintf(stderr, "%d lines\n", lines);
  return argc > 1 ? atoi(argv[1]) : 0;
}
