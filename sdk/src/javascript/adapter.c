/*
 * Makes a WASI command of npm's quickjs-wasi, which is a library: it exports the engine's functions and asks its host for
 * six more. This file gives it those six and a _start, and gives JavaScript the system calls of WASI as functions;
 * everything else is in prelude.js.
 *
 * It shares the engine's memory. Its own data and stack lie in the first 64 KiB, the far end of the engine's stack, which
 * the engine never reaches: STACK_BYTES keeps it in the upper half of its 1 MiB.
 */
#include <stddef.h>
#include <stdint.h>

#include "prelude.h"

#define STACK_BYTES (512 << 10)
#define ENGINE(result, name, ...) \
  __attribute__((import_module("eng"), import_name(#name))) result name(__VA_ARGS__)
#define WASI(name, ...) \
  __attribute__((import_module("wasi_snapshot_preview1"), import_name(#name))) int wasi_##name(__VA_ARGS__)
#define EXPORT(name) __attribute__((export_name(#name)))

/* A JavaScript value, owned by whom the engine says. */
typedef struct value value;

ENGINE(void, _initialize, void);
ENGINE(int, qjs_init, void);
ENGINE(void, qjs_set_max_stack_size, uint32_t);
ENGINE(void, qjs_set_promise_rejection_handler, int);
ENGINE(void, qjs_set_module_loader, int);
ENGINE(value *, qjs_eval, const char *, uint32_t, const char *, int);
ENGINE(value *, qjs_new_host_function, const char *, uint32_t, int);
ENGINE(value *, qjs_new_number, double);
ENGINE(value *, qjs_new_string, const char *, uint32_t);
ENGINE(value *, qjs_new_object, void);
ENGINE(value *, qjs_new_uint8_array, const void *, uint32_t);
ENGINE(value *, qjs_get_undefined, void);
ENGINE(value *, qjs_get_global, void);
ENGINE(value *, qjs_dup_value, value *);
ENGINE(void, qjs_free_value, value *);
ENGINE(int, qjs_set_prop_string, value *, const char *, value *);
ENGINE(double, qjs_get_float64, value *);
ENGINE(char *, qjs_get_string_len, value *, uint32_t *);
ENGINE(void, qjs_free_cstring, char *);
ENGINE(value *, qjs_get_typed_array_buffer, value *, uint32_t *, uint32_t *, uint32_t *);
ENGINE(uint8_t *, qjs_get_array_buffer, value *, uint32_t *);
ENGINE(int, qjs_is_exception, value *);
ENGINE(value *, qjs_get_exception, void);
ENGINE(value *, qjs_call, value *, value *, int, value **);
ENGINE(int, qjs_is_job_pending, void);
ENGINE(int, qjs_execute_pending_job, void);
ENGINE(int, JS_DetectModule, const char *, uint32_t);
ENGINE(void *, wasm_malloc, uint32_t);
ENGINE(void, wasm_free, void *);

WASI(args_sizes_get, uint32_t *, uint32_t *);
WASI(args_get, char **, char *);
WASI(environ_sizes_get, uint32_t *, uint32_t *);
WASI(environ_get, char **, char *);
WASI(fd_read, int, const void *, uint32_t, uint32_t *);
WASI(fd_write, int, const void *, uint32_t, uint32_t *);
WASI(fd_close, int);
WASI(fd_readdir, int, void *, uint32_t, uint64_t, uint32_t *);
WASI(path_open, int, int, const char *, uint32_t, int, uint64_t, uint64_t, int, int *);
WASI(path_filestat_get, int, int, const char *, uint32_t, void *);
WASI(path_create_directory, int, const char *, uint32_t);
WASI(path_remove_directory, int, const char *, uint32_t);
WASI(path_unlink_file, int, const char *, uint32_t);
WASI(path_rename, int, const char *, uint32_t, int, const char *, uint32_t);
WASI(random_get, void *, uint32_t);
WASI(poll_oneoff, const void *, void *, uint32_t, uint32_t *);
__attribute__((import_module("wasi_snapshot_preview1"), import_name("proc_exit"))) _Noreturn void wasi_proc_exit(int);

struct piece {
  void *at;
  uint32_t length;
};

/* What prelude.js has the engine's questions answered by. */
static value *rejected;
static value *normalize;
static value *load;

static _Noreturn void fail(const char *why, uint32_t length) {
  struct piece piece = {(void *)why, length};
  uint32_t written;
  wasi_fd_write(2, &piece, 1, &written);
  wasi_proc_exit(1);
}

#define FAIL(why) fail(why "\n", sizeof why)

static void *allocate(uint32_t bytes) {
  void *at = wasm_malloc(bytes ? bytes : 1);
  if (!at) {
    FAIL("out of memory");
  }
  return at;
}

static int equal(const char *left, const char *right, uint32_t length) {
  uint32_t i = 0;
  while (i < length && left[i] == right[i] && right[i]) {
    i++;
  }
  return i == length && !right[i];
}

static int integer(value *v) { return (int)qjs_get_float64(v); }

static value *number(double d) { return qjs_new_number(d); }

/* An error of a call as the negative of its number. */
static value *status(int error) { return number(-(double)error); }

static value *bytes_read(int error, void *at, uint32_t length) {
  value *result = error ? status(error) : qjs_new_uint8_array(at, length);
  wasm_free(at);
  return result;
}

/* Arguments or environment, as the one block that WASI gives: "a\0b\0". */
static value *strings(int environment) {
  uint32_t count;
  uint32_t size;
  int error = environment ? wasi_environ_sizes_get(&count, &size) : wasi_args_sizes_get(&count, &size);
  char **at = allocate(count * sizeof(char *));
  char *text = allocate(size);
  if (!error && count) {
    error = environment ? wasi_environ_get(at, text) : wasi_args_get(at, text);
  }
  wasm_free(at);
  return bytes_read(error, text, size);
}

static value *read_some(int descriptor, uint32_t most) {
  struct piece piece = {allocate(most), most};
  uint32_t length = 0;
  int error = wasi_fd_read(descriptor, &piece, 1, &length);
  return bytes_read(error, piece.at, length);
}

static value *list(int directory, uint64_t cookie, uint32_t most) {
  void *at = allocate(most);
  uint32_t length = 0;
  int error = wasi_fd_readdir(directory, at, most, cookie, &length);
  return bytes_read(error, at, length);
}

/* The bytes of a Uint8Array: where they are now, and how many. */
static struct piece bytes_of(value *array) {
  uint32_t from;
  uint32_t length;
  uint32_t each;
  uint32_t whole;
  value *buffer = qjs_get_typed_array_buffer(array, &from, &length, &each);
  struct piece piece = {NULL, 0};
  if (!qjs_is_exception(buffer)) {
    piece.at = qjs_get_array_buffer(buffer, &whole) + from;
    piece.length = length;
  }
  qjs_free_value(buffer);
  return piece;
}

static value *write_some(int descriptor, value *array) {
  struct piece piece = bytes_of(array);
  uint32_t written = 0;
  int error = wasi_fd_write(descriptor, &piece, 1, &written);
  return error ? status(error) : number(written);
}

static value *open_path(int directory, const char *path, uint32_t length, int how, double rights, int flags) {
  int opened = 0;
  int error = wasi_path_open(directory, 1, path, length, how, (uint64_t)rights, (uint64_t)rights, flags, &opened);
  return error ? status(error) : number(opened);
}

static value *stat(int directory, const char *path, uint32_t length) {
  void *at = allocate(64);
  return bytes_read(wasi_path_filestat_get(directory, 1, path, length, at), at, 64);
}

static value *sleep_ns(double ns) {
  /* A subscription to the monotonic clock, by its layout in WASI. */
  uint64_t subscription[6] = {0, 0, 1, (uint64_t)ns, 0, 0};
  uint8_t event[32];
  uint32_t events;
  return status(wasi_poll_oneoff(subscription, event, 1, &events));
}

static value *random_bytes(uint32_t length) {
  void *at = allocate(length);
  return bytes_read(wasi_random_get(at, length), at, length);
}

/* A value of the engine's, or NULL where it threw: then the engine has the exception. */
static value *unless_thrown(value *v) {
  if (!qjs_is_exception(v)) {
    return v;
  }
  qjs_free_value(v);
  return NULL;
}

static value *evaluate(value *source, const char *name, int flags) {
  uint32_t length;
  char *text = qjs_get_string_len(source, &length);
  value *result = qjs_eval(text, length, name, flags);
  qjs_free_cstring(text);
  return unless_thrown(result);
}

static value *run_jobs(void) {
  while (qjs_is_job_pending()) {
    if (qjs_execute_pending_job() < 0) {
      return NULL;
    }
  }
  return qjs_get_undefined();
}

/* Calls that take a text first. */
static value *call_with_text(const char *name, uint32_t n, const char *text, uint32_t length, value **args) {
#define IS(expected) equal(name, expected, n)
  if (IS("open")) {
    return open_path(integer(args[1]), text, length, integer(args[2]), qjs_get_float64(args[3]), integer(args[4]));
  }
  if (IS("stat")) {
    return stat(integer(args[1]), text, length);
  }
  if (IS("mkdir")) {
    return status(wasi_path_create_directory(integer(args[1]), text, length));
  }
  if (IS("rmdir")) {
    return status(wasi_path_remove_directory(integer(args[1]), text, length));
  }
  if (IS("unlink")) {
    return status(wasi_path_unlink_file(integer(args[1]), text, length));
  }
  if (IS("rename")) {
    uint32_t to_length;
    char *to = qjs_get_string_len(args[3], &to_length);
    value *result =
        status(wasi_path_rename(integer(args[1]), text, length, integer(args[2]), to, to_length));
    qjs_free_cstring(to);
    return result;
  }
  if (IS("encode")) {
    return qjs_new_uint8_array(text, length);
  }
  if (IS("isModule")) {
    return number(JS_DetectModule(text, length));
  }
  if (IS("evaluate")) {
    return evaluate(args[1], text, integer(args[2]));
  }
  FAIL("the prelude calls what is not there");
}

static value *call(const char *name, uint32_t n, value **args) {
  if (IS("args")) {
    return strings(0);
  }
  if (IS("environ")) {
    return strings(1);
  }
  if (IS("read")) {
    return read_some(integer(args[0]), (uint32_t)qjs_get_float64(args[1]));
  }
  if (IS("write")) {
    return write_some(integer(args[0]), args[1]);
  }
  if (IS("close")) {
    return status(wasi_fd_close(integer(args[0])));
  }
  if (IS("list")) {
    return list(integer(args[0]), (uint64_t)qjs_get_float64(args[1]), (uint32_t)qjs_get_float64(args[2]));
  }
  if (IS("sleep")) {
    return sleep_ns(qjs_get_float64(args[0]));
  }
  if (IS("random")) {
    return random_bytes((uint32_t)qjs_get_float64(args[0]));
  }
  if (IS("decode")) {
    struct piece piece = bytes_of(args[0]);
    return qjs_new_string(piece.at, piece.length);
  }
  if (IS("runJobs")) {
    return run_jobs();
  }
  if (IS("answer")) {
    rejected = qjs_dup_value(args[0]);
    normalize = qjs_dup_value(args[1]);
    load = qjs_dup_value(args[2]);
    return qjs_get_undefined();
  }
  if (IS("exit")) {
    wasi_proc_exit(integer(args[0]));
  }
  uint32_t length;
  char *text = qjs_get_string_len(args[0], &length);
  value *result = call_with_text(name, n, text, length, args);
  qjs_free_cstring(text);
  return result;
}

/* What the engine asks its host for. */

EXPORT(host_call) value *host_call(const char *name, uint32_t length, value *self, uint32_t count, value **args) {
  (void)self;
  (void)count;
  return call(name, length, args);
}

EXPORT(host_interrupt) int host_interrupt(void) { return 0; }

EXPORT(host_get_timezone_offset) int host_get_timezone_offset(int high, int low) {
  (void)high;
  (void)low;
  return 0;
}

/* Calls a function of the prelude, and frees what it was given. */
static value *call_function(value *function, int count, value **args) {
  value *self = qjs_get_undefined();
  value *result = qjs_call(function, self, count, args);
  qjs_free_value(self);
  for (int i = 0; i < count; i++) {
    qjs_free_value(args[i]);
  }
  return result;
}

EXPORT(host_promise_rejection) void host_promise_rejection(value *promise, value *reason, int handled) {
  value *args[] = {promise, reason, number(handled)};
  qjs_free_value(call_function(rejected, 3, args));
}

static uint32_t length_of(const char *text) {
  uint32_t length = 0;
  while (text[length]) {
    length++;
  }
  return length;
}

/* The text that a function of the prelude gives for others, for the engine to free; NULL where it threw. */
static char *ask(value *function, const char *first, const char *second, uint32_t *length) {
  value *args[] = {qjs_new_string(first, length_of(first)), qjs_new_string(second, length_of(second))};
  value *result = unless_thrown(call_function(function, 2, args));
  if (!result) {
    return NULL;
  }
  char *text = qjs_get_string_len(result, length);
  char *copy = allocate(*length + 1);
  __builtin_memcpy(copy, text, *length);
  copy[*length] = 0;
  qjs_free_cstring(text);
  qjs_free_value(result);
  return copy;
}

EXPORT(host_module_normalize) char *host_module_normalize(const char *base, const char *name) {
  uint32_t length;
  return ask(normalize, base, name, &length);
}

EXPORT(host_module_load) char *host_module_load(const char *name, uint32_t *length) {
  return ask(load, name, "", length);
}

static void give(value *object, const char *name) {
  value *function = qjs_new_host_function(name, length_of(name), 0);
  qjs_set_prop_string(object, name, function);
  qjs_free_value(function);
}

EXPORT(_start) void start(void) {
  static const char *const names[] = {"args",   "environ", "read",   "write",  "close",    "list",     "sleep",
                                      "random", "decode",  "encode", "answer", "exit",     "open",     "stat",
                                      "mkdir",  "rmdir",   "unlink", "rename", "isModule", "evaluate", "runJobs"};
  _initialize();
  if (qjs_init()) {
    FAIL("the engine does not start");
  }
  qjs_set_max_stack_size(STACK_BYTES);
  qjs_set_promise_rejection_handler(1);
  qjs_set_module_loader(1);
  value *object = qjs_new_object();
  for (uint32_t i = 0; i < sizeof names / sizeof *names; i++) {
    give(object, names[i]);
  }
  value *global = qjs_get_global();
  qjs_set_prop_string(global, "system", object);
  qjs_free_value(object);
  qjs_free_value(global);
  if (!unless_thrown(qjs_eval((const char *)PRELUDE, sizeof PRELUDE - 1, "prelude.js", 0))) {
    uint32_t length;
    char *why = qjs_get_string_len(qjs_get_exception(), &length);
    fail(why, length);
  }
}
