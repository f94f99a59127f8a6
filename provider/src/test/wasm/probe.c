/*
 * Makes system calls as standard input says, one a line, and prints each one's error number and what it gave. A line is
 * a call's name and its arguments, separated by spaces; numbers are decimal, "-" stands for an empty text.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wasi/api.h>

static char *words[16];
static int count;

static const char *text(int i) { return strcmp(words[i], "-") == 0 ? "" : words[i]; }
static uint64_t number(int i) { return strtoull(words[i], NULL, 10); }
static int64_t signed_number(int i) { return strtoll(words[i], NULL, 10); }
static __wasi_fd_t fd(int i) { return (__wasi_fd_t)number(i); }

static void print_stat(__wasi_errno_t error, const __wasi_filestat_t *s) {
  printf("%d", error);
  if (error == 0) {
    printf(" ino %llu type %d links %llu size %llu mtime %llu", s->ino, s->filetype, s->nlink, s->size, s->mtim);
  }
}

static void print_number(__wasi_errno_t error, uint64_t value) {
  printf("%d", error);
  if (error == 0) {
    printf(" %llu", value);
  }
}

static void print_bytes(__wasi_errno_t error, const char *bytes, size_t length) {
  printf("%d", error);
  if (error == 0) {
    printf(" %zu ", length);
    fwrite(bytes, 1, length, stdout);
  }
}

static void list(void) {
  static uint8_t buffer[4096];
  __wasi_size_t used = 0;
  __wasi_size_t capacity = (__wasi_size_t)number(2);
  __wasi_errno_t error = __wasi_fd_readdir(fd(1), buffer, capacity, number(3), &used);
  printf("%d", error);
  if (error != 0) {
    return;
  }
  printf(" used %zu", used);
  for (size_t at = 0; at + sizeof(__wasi_dirent_t) <= used;) {
    __wasi_dirent_t entry;
    memcpy(&entry, buffer + at, sizeof entry);
    at += sizeof entry;
    size_t there = entry.d_namlen < used - at ? entry.d_namlen : used - at;
    printf(" %.*s:%d:%llu", (int)there, buffer + at, entry.d_type, entry.d_next);
    at += entry.d_namlen;
  }
}

static void poll(void) {
  __wasi_subscription_t in[4];
  __wasi_event_t out[4];
  __wasi_size_t ready = 0;
  __wasi_size_t n = 0;
  memset(in, 0, sizeof in);
  for (int i = 1; i + 2 < count; i += 3, n++) {
    in[n].userdata = n + 1;
    in[n].u.tag = (uint8_t)number(i);
    if (in[n].u.tag == 0) {
      in[n].u.u.clock.id = (__wasi_clockid_t)(number(i + 1) & 15);
      in[n].u.u.clock.flags = (__wasi_subclockflags_t)(number(i + 1) >> 4);
      in[n].u.u.clock.timeout = number(i + 2);
    } else {
      in[n].u.u.fd_read.file_descriptor = fd(i + 1);
    }
  }
  __wasi_errno_t error = __wasi_poll_oneoff(in, out, n, &ready);
  printf("%d", error);
  for (size_t i = 0; error == 0 && i < ready; i++) {
    printf(" %llu:%d:%d", out[i].userdata, out[i].type, out[i].error);
  }
}

static void call(void) {
  static char buffer[70000];
  __wasi_filestat_t stat;
  __wasi_fdstat_t fdstat;
  __wasi_prestat_t prestat;
  __wasi_fd_t opened = 0;
  __wasi_size_t size = 0;
  __wasi_filesize_t position = 0;
  __wasi_timestamp_t time = 0;
  __wasi_errno_t error;
  const char *name = words[0];
  __wasi_iovec_t into[2] = {{(uint8_t *)buffer, 0}, {(uint8_t *)buffer, 0}};
  __wasi_ciovec_t from[2] = {{(const uint8_t *)buffer, 0}, {(const uint8_t *)buffer, 0}};

  if (strcmp(name, "open") == 0) { /* directory path how rights flags */
    error = __wasi_path_open(fd(1), 0, text(2), (__wasi_oflags_t)number(3), number(4), ~0ull, (__wasi_fdflags_t)number(5), &opened);
    print_number(error, opened);
  } else if (strcmp(name, "close") == 0) {
    printf("%d", __wasi_fd_close(fd(1)));
  } else if (strcmp(name, "write") == 0) { /* descriptor text */
    from[0].buf = (const uint8_t *)text(2);
    from[0].buf_len = strlen(text(2));
    error = __wasi_fd_write(fd(1), from, 2, &size);
    print_number(error, size);
  } else if (strcmp(name, "pwrite") == 0) { /* descriptor text offset */
    from[0].buf = (const uint8_t *)text(2);
    from[0].buf_len = strlen(text(2));
    error = __wasi_fd_pwrite(fd(1), from, 1, number(3), &size);
    print_number(error, size);
  } else if (strcmp(name, "fill") == 0) { /* descriptor count: writes so many bytes */
    from[0].buf_len = number(2);
    error = __wasi_fd_write(fd(1), from, 1, &size);
    print_number(error, size);
  } else if (strcmp(name, "read") == 0) { /* descriptor count count */
    into[0].buf_len = number(2);
    into[1].buf = (uint8_t *)buffer + number(2);
    into[1].buf_len = count > 3 ? number(3) : 0;
    error = __wasi_fd_read(fd(1), into, 2, &size);
    print_bytes(error, buffer, size);
  } else if (strcmp(name, "pread") == 0) { /* descriptor count offset */
    into[0].buf_len = number(2);
    error = __wasi_fd_pread(fd(1), into, 1, number(3), &size);
    print_bytes(error, buffer, size);
  } else if (strcmp(name, "vectors") == 0) { /* descriptor how-many address-of-result */
    error = __wasi_fd_read(fd(1), into, number(2), (__wasi_size_t *)(uintptr_t)number(3));
    printf("%d", error);
  } else if (strcmp(name, "wild") == 0) { /* descriptor address length */
    from[0].buf = (const uint8_t *)(uintptr_t)number(2);
    from[0].buf_len = number(3);
    error = __wasi_fd_write(fd(1), from, 1, &size);
    print_number(error, size);
  } else if (strcmp(name, "seek") == 0) { /* descriptor offset whence */
    error = __wasi_fd_seek(fd(1), signed_number(2), (__wasi_whence_t)number(3), &position);
    print_number(error, position);
  } else if (strcmp(name, "tell") == 0) {
    error = __wasi_fd_tell(fd(1), &position);
    print_number(error, position);
  } else if (strcmp(name, "advise") == 0) {
    printf("%d", __wasi_fd_advise(fd(1), 0, 0, 0));
  } else if (strcmp(name, "allocate") == 0) { /* descriptor offset length */
    printf("%d", __wasi_fd_allocate(fd(1), number(2), number(3)));
  } else if (strcmp(name, "size") == 0) { /* descriptor length */
    printf("%d", __wasi_fd_filestat_set_size(fd(1), number(2)));
  } else if (strcmp(name, "times") == 0) {
    printf("%d", __wasi_fd_filestat_set_times(fd(1), 0, 0, 0));
  } else if (strcmp(name, "ptimes") == 0) { /* directory path */
    printf("%d", __wasi_path_filestat_set_times(fd(1), 0, text(2), 0, 0, 0));
  } else if (strcmp(name, "sync") == 0) {
    printf("%d %d", __wasi_fd_sync(fd(1)), __wasi_fd_datasync(fd(1)));
  } else if (strcmp(name, "stat") == 0) {
    error = __wasi_fd_filestat_get(fd(1), &stat);
    print_stat(error, &stat);
  } else if (strcmp(name, "pstat") == 0) { /* directory path */
    error = __wasi_path_filestat_get(fd(1), 0, text(2), &stat);
    print_stat(error, &stat);
  } else if (strcmp(name, "fdstat") == 0) {
    error = __wasi_fd_fdstat_get(fd(1), &fdstat);
    printf("%d", error);
    if (error == 0) {
      printf(" type %d flags %d rights %llu %llu", fdstat.fs_filetype, fdstat.fs_flags, fdstat.fs_rights_base, fdstat.fs_rights_inheriting);
    }
  } else if (strcmp(name, "flags") == 0) { /* descriptor flags */
    printf("%d", __wasi_fd_fdstat_set_flags(fd(1), (__wasi_fdflags_t)number(2)));
  } else if (strcmp(name, "rights") == 0) {
    printf("%d", __wasi_fd_fdstat_set_rights(fd(1), 0, 0));
  } else if (strcmp(name, "prestat") == 0) { /* descriptor room */
    error = __wasi_fd_prestat_get(fd(1), &prestat);
    printf("%d", error);
    if (error == 0) {
      printf(" %zu", prestat.u.dir.pr_name_len);
      error = __wasi_fd_prestat_dir_name(fd(1), (uint8_t *)buffer, number(2));
      printf(" %d %.*s", error, error == 0 ? (int)prestat.u.dir.pr_name_len : 0, buffer);
    }
  } else if (strcmp(name, "list") == 0) { /* descriptor room cookie */
    list();
  } else if (strcmp(name, "renumber") == 0) {
    printf("%d", __wasi_fd_renumber(fd(1), fd(2)));
  } else if (strcmp(name, "mkdir") == 0) {
    printf("%d", __wasi_path_create_directory(fd(1), text(2)));
  } else if (strcmp(name, "rmdir") == 0) {
    printf("%d", __wasi_path_remove_directory(fd(1), text(2)));
  } else if (strcmp(name, "unlink") == 0) {
    printf("%d", __wasi_path_unlink_file(fd(1), text(2)));
  } else if (strcmp(name, "rename") == 0) { /* directory path directory path */
    printf("%d", __wasi_path_rename(fd(1), text(2), fd(3), text(4)));
  } else if (strcmp(name, "link") == 0) {
    printf("%d", __wasi_path_link(fd(1), 0, text(2), fd(3), text(4)));
  } else if (strcmp(name, "symlink") == 0) {
    printf("%d", __wasi_path_symlink(text(1), fd(2), text(3)));
  } else if (strcmp(name, "readlink") == 0) {
    printf("%d", __wasi_path_readlink(fd(1), text(2), (uint8_t *)buffer, 100, &size));
  } else if (strcmp(name, "clock") == 0) { /* clock */
    error = __wasi_clock_time_get((__wasi_clockid_t)number(1), 0, &time);
    print_number(error, time);
  } else if (strcmp(name, "resolution") == 0) {
    error = __wasi_clock_res_get((__wasi_clockid_t)number(1), &time);
    print_number(error, time);
  } else if (strcmp(name, "random") == 0) { /* count */
    error = __wasi_random_get((uint8_t *)buffer, number(1));
    printf("%d ", error);
    for (uint64_t i = 0; i < number(1); i++) {
      printf("%02x", (uint8_t)buffer[i]);
    }
  } else if (strcmp(name, "poll") == 0) { /* (type clock-or-descriptor timeout)... */
    poll();
  } else if (strcmp(name, "sockets") == 0) {
    printf("%d %d", __wasi_sock_shutdown(fd(1), 0), __wasi_sock_send(fd(1), from, 1, 0, &size));
    __wasi_roflags_t flags;
    printf(" %d", __wasi_sock_recv(fd(1), into, 1, 0, &size, &flags));
  } else if (strcmp(name, "yield") == 0) {
    printf("%d", __wasi_sched_yield());
  } else if (strcmp(name, "exit") == 0) {
    fflush(stdout);
    __wasi_proc_exit((__wasi_exitcode_t)number(1));
  } else if (strcmp(name, "grow") == 0) { /* pages */
    printf("%d", (int)__builtin_wasm_memory_grow(0, number(1)));
  } else if (strcmp(name, "touch") == 0) { /* address: reads a byte there */
    printf("%d", *(volatile unsigned char *)(uintptr_t)number(1));
  } else {
    printf("unknown call");
  }
}

int main(int argc, char **argv) {
  static char line[8192];
  extern char **environ;
  for (int i = 0; i < argc; i++) {
    printf("arg %s\n", argv[i]);
  }
  for (char **variable = environ; variable != NULL && *variable != NULL; variable++) {
    printf("env %s\n", *variable);
  }
  while (fgets(line, sizeof line, stdin) != NULL) {
    count = 0;
    for (char *word = strtok(line, " \n"); word != NULL && count < 16; word = strtok(NULL, " \n")) {
      words[count++] = word;
    }
    if (count > 0) {
      printf("%s ", words[0]);
      call();
      printf("\n");
    }
  }
  return 0;
}
