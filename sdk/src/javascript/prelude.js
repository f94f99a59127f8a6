// What a script finds before it starts: console, process, timers, and the modules fs, path and process, each the part of
// Node's of that name that a job has use for. Runs first, with the system calls of adapter.c as `system`; the script's
// source is the program's first argument, its name the second.
(() => {
  'use strict';
  const system = globalThis.system;
  delete globalThis.system;

  const ERRORS = {
    2: ['EACCES', 'permission denied'],
    8: ['EBADF', 'bad file descriptor'],
    20: ['EEXIST', 'file already exists'],
    25: ['EILSEQ', 'a name that is not allowed'],
    28: ['EINVAL', 'invalid argument'],
    31: ['EISDIR', 'illegal operation on a directory'],
    33: ['EMFILE', 'too many open files'],
    37: ['ENAMETOOLONG', 'name too long'],
    44: ['ENOENT', 'no such file or directory'],
    54: ['ENOTDIR', 'not a directory'],
    55: ['ENOTEMPTY', 'directory not empty'],
    69: ['EROFS', 'read-only file system'],
    76: ['ENOTCAPABLE', 'outside /in and /out'],
  };

  /** The result of a system call; its error as Node's. */
  const checked = (result, call, path) => {
    if (typeof result !== 'number' || result >= 0) {
      return result;
    }
    const [code, what] = ERRORS[-result] ?? [`E${-result}`, 'the call failed'];
    const error = new Error(`${code}: ${what}, ${call}${path === undefined ? '' : ` '${path}'`}`);
    throw Object.assign(error, { code, errno: result, syscall: call, path });
  };

  const encode = (text) => system.encode(String(text));
  const decode = (bytes) => system.decode(bytes);
  const texts = (bytes) => decode(bytes).split('\0').slice(0, -1);

  // ---- Text and bytes ----

  globalThis.TextEncoder ??= class TextEncoder {
    encode(text = '') {
      return encode(text);
    }
  };
  globalThis.TextDecoder ??= class TextDecoder {
    decode(bytes = new Uint8Array(0)) {
      return decode(bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : asBytes(bytes));
    }
  };

  const asBytes = (data) =>
    ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : encode(data);

  const isText = (options) => {
    const encoding = typeof options === 'string' ? options : options?.encoding;
    if (encoding && !/^utf-?8$/i.test(encoding)) {
      throw new TypeError(`encoding ${encoding} is not there; utf8 and bytes are`);
    }
    return Boolean(encoding);
  };

  // ---- Files ----

  const join = (...parts) => {
    const names = [];
    const whole = parts.filter(Boolean).join('/');
    for (const name of whole.split('/')) {
      if (name === '..' && names.length > 0 && names.at(-1) !== '..') {
        names.pop();
      } else if (name !== '' && name !== '.' && !(name === '..' && whole.startsWith('/'))) {
        names.push(name);
      }
    }
    return (whole.startsWith('/') ? '/' : '') + names.join('/') || '.';
  };
  const resolve = (...parts) => parts.reduce((base, p) => (p.startsWith('/') ? join(p) : join(base, p)), '/');
  const basename = (path, suffix = '') => {
    const name = path.replace(/\/+$/, '').split('/').at(-1);
    return suffix && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
  };
  const dirname = (path) => {
    const at = path.replace(/\/+$/, '').lastIndexOf('/');
    return at < 0 ? '.' : at === 0 ? '/' : path.slice(0, at);
  };
  const extname = (path) => /[^.](\.[^.]*)$/.exec(basename(path))?.[1] ?? '';
  const path = { sep: '/', delimiter: ':', join, resolve, normalize: join, basename, dirname, extname };
  path.isAbsolute = (p) => p.startsWith('/');
  path.posix = path;

  /** The directory's descriptor and the path below it. */
  const locate = (file) => {
    const [, root, ...below] = resolve(String(file)).split('/');
    const directory = { in: 3, out: 4 }[root];
    return directory === undefined ? checked(-44, 'open', file) : [directory, below.join('/') || '.'];
  };

  const READ = 1 << 1;
  const WRITE = 1 << 6;
  const READDIR = 1 << 14;
  const HOW = { r: [0, READ, 0], w: [9, WRITE, 0], a: [1, WRITE, 1], wx: [13, WRITE, 0], ax: [5, WRITE, 1] };

  const openSync = (file, flags = 'r') => {
    if (file === '/dev/stdin') {
      return 0;
    }
    const [how, rights, mode] = HOW[flags] ?? checked(-28, 'open', file);
    const [directory, below] = locate(file);
    return checked(system.open(below, directory, how, rights, mode), 'open', file);
  };
  const closeSync = (fd) => void checked(fd > 2 ? system.close(fd) : 0, 'close');

  const readAll = (fd) => {
    const pieces = [];
    let length = 0;
    for (;;) {
      const piece = checked(system.read(fd, 65536), 'read');
      if (piece.length === 0) {
        break;
      }
      pieces.push(piece);
      length += piece.length;
    }
    const all = new Uint8Array(length);
    let at = 0;
    for (const piece of pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  };
  const writeAll = (fd, bytes) => {
    for (let at = 0; at < bytes.length; ) {
      at += checked(system.write(fd, at === 0 ? bytes : bytes.subarray(at)), 'write');
    }
  };
  const withFile = (file, flags, action) => {
    const fd = typeof file === 'number' ? file : openSync(file, flags);
    try {
      return action(fd);
    } finally {
      if (fd !== file) {
        closeSync(fd);
      }
    }
  };

  const statSync = (file, options) => {
    const [directory, below] = locate(file);
    const result = system.stat(below, directory);
    if (result === -44 && options?.throwIfNoEntry === false) {
      return undefined;
    }
    const view = new DataView(checked(result, 'stat', file).buffer);
    const type = view.getUint8(16);
    const mtimeMs = Number(view.getBigUint64(48, true)) / 1e6;
    return {
      size: Number(view.getBigUint64(32, true)),
      ino: Number(view.getBigUint64(8, true)),
      mtimeMs,
      mtime: new Date(mtimeMs),
      isFile: () => type === 4,
      isDirectory: () => type === 3,
      isSymbolicLink: () => false,
    };
  };

  const LIST_BYTES = 65536;

  const readdirSync = (file, options) => {
    const [directory, below] = locate(file);
    const fd = checked(system.open(below, directory, 2, READDIR, 0), 'scandir', file);
    const entries = [];
    try {
      let cookie = 0;
      let length;
      do {
        const bytes = checked(system.list(fd, cookie, LIST_BYTES), 'scandir', file);
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
        length = bytes.length;
        for (let at = 0; at + 24 <= length; ) {
          const end = at + 24 + view.getUint32(at + 16, true);
          if (end > length) {
            break;
          }
          const name = decode(bytes.slice(at + 24, end));
          const type = view.getUint8(at + 20);
          cookie = Number(view.getBigUint64(at, true));
          if (name !== '.' && name !== '..') {
            entries.push({ name, parentPath: file, isFile: () => type === 4, isDirectory: () => type === 3 });
          }
          at = end;
        }
      } while (length === LIST_BYTES);
    } finally {
      closeSync(fd);
    }
    return options?.withFileTypes ? entries : entries.map((entry) => entry.name);
  };

  const existsSync = (file) => {
    try {
      return file === '/dev/stdin' || Boolean(statSync(file));
    } catch {
      return false;
    }
  };
  const mkdirSync = (file, options) => {
    if (options?.recursive) {
      const parent = dirname(resolve(file));
      if (existsSync(file)) {
        return;
      }
      if (!existsSync(parent)) {
        mkdirSync(parent, options);
      }
    }
    const [directory, below] = locate(file);
    checked(system.mkdir(below, directory), 'mkdir', file);
  };
  const remove = (call) => (file) => {
    const [directory, below] = locate(file);
    checked(system[call](below, directory), call, file);
  };
  const renameSync = (from, to) => {
    const [directory, below] = locate(from);
    const [toDirectory, toBelow] = locate(to);
    checked(system.rename(below, directory, toDirectory, toBelow), 'rename', from);
  };
  const readFileSync = (file, options) => {
    const text = isText(options);
    const bytes = withFile(file, 'r', readAll);
    return text ? decode(bytes) : bytes;
  };
  const writeFileSync = (file, data, options) =>
    withFile(file, options?.flag ?? 'w', (fd) => writeAll(fd, asBytes(data)));
  const appendFileSync = (file, data) => withFile(file, 'a', (fd) => writeAll(fd, asBytes(data)));

  const fs = { openSync, closeSync, readFileSync, writeFileSync, appendFileSync, readdirSync, existsSync, mkdirSync };
  Object.assign(fs, { statSync, lstatSync: statSync, renameSync, unlinkSync: remove('unlink'), rmdirSync: remove('rmdir') });
  fs.writeSync = (fd, data) => checked(system.write(fd, asBytes(data)), 'write');
  fs.promises = {};
  for (const name of ['readFile', 'writeFile', 'appendFile', 'readdir', 'mkdir', 'stat', 'rename', 'unlink', 'rmdir']) {
    fs.promises[name] = async (...args) => fs[`${name}Sync`](...args);
  }

  // ---- Console ----

  const inspect = (value, depth, seen) => {
    if (typeof value === 'string') {
      return depth === 0 ? value : JSON.stringify(value).replace(/^"(.*)"$/, (all, text) => (/'/.test(text) ? all : `'${text.replace(/\\"/g, '"')}'`));
    }
    if (typeof value === 'bigint') {
      return `${value}n`;
    }
    if (Object.is(value, -0)) {
      return '-0';
    }
    if (typeof value === 'function') {
      return `[Function${value.name ? `: ${value.name}` : ' (anonymous)'}]`;
    }
    if (typeof value !== 'object' || value === null) {
      return String(value);
    }
    if (value instanceof Error) {
      return `${value}${value.stack ? `\n${value.stack.trimEnd()}` : ''}`;
    }
    if (value instanceof Date || value instanceof RegExp) {
      return value instanceof Date ? value.toISOString() : String(value);
    }
    if (seen.includes(value)) {
      return '[Circular]';
    }
    const inner = (v) => inspect(v, depth + 1, [...seen, value]);
    const name = value.constructor?.name ?? '';
    if (depth > 3) {
      return Array.isArray(value) ? '[Array]' : `[${name || 'Object'}]`;
    }
    const list = (prefix, open, parts, close) =>
      parts.length === 0 ? `${prefix}${open}${close}` : wrapped(prefix, open, parts, close);
    if (Array.isArray(value)) {
      return list('', '[', value.map(inner), ']');
    }
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      return list(`${name}(${value.length}) `, '[', Array.from(value, inner), ']');
    }
    if (value instanceof Map) {
      return list(`Map(${value.size}) `, '{', Array.from(value, ([k, v]) => `${inner(k)} => ${inner(v)}`), '}');
    }
    if (value instanceof Set) {
      return list(`Set(${value.size}) `, '{', Array.from(value, inner), '}');
    }
    const keyed = Object.entries(value).map(([k, v]) => `${/^[\w$]+$/.test(k) ? k : `'${k}'`}: ${inner(v)}`);
    return list(name && name !== 'Object' ? `${name} ` : '', '{', keyed, '}');
  };
  const wrapped = (prefix, open, parts, close) => {
    const line = `${prefix}${open} ${parts.join(', ')} ${close}`;
    return line.length <= 76 && !line.includes('\n')
      ? line
      : `${prefix}${open}\n  ${parts.join(',\n').replaceAll('\n', '\n  ')}\n${close}`;
  };
  const format = (first, ...rest) => {
    let text = first;
    if (typeof first === 'string' && rest.length > 0) {
      text = first.replace(/%[sdifjoO%]/g, (mark) => {
        if (mark === '%%') {
          return '%';
        }
        if (rest.length === 0) {
          return mark;
        }
        const value = rest.shift();
        switch (mark) {
          case '%d':
          case '%i':
          case '%f':
            return String(mark === '%i' ? Math.trunc(Number(value)) : Number(value));
          case '%j':
            return JSON.stringify(value);
          case '%s':
            return typeof value === 'string' ? value : inspect(value, 0, []);
          default:
            return inspect(value, 1, []);
        }
      });
    }
    return [text, ...rest].map((value) => inspect(value, 0, [])).join(' ');
  };
  const print = (fd) => (...values) => writeAll(fd, encode(`${values.length === 0 ? '' : format(...values)}\n`));
  const out = print(1);
  const err = print(2);
  const console = { log: out, info: out, debug: out, dir: (value) => out(value), error: err, warn: err, trace: err };
  console.assert = (holds, ...values) => holds || err('Assertion failed:', ...values);
  globalThis.console = console;
  globalThis.print = out;

  // ---- Process ----

  const [, source, name = 'script.js', ...args] = texts(system.args());
  const environment = texts(system.environ()).map((variable) => {
    const at = variable.indexOf('=');
    return [variable.slice(0, at), variable.slice(at + 1)];
  });
  const process = { argv: ['node', name, ...args], env: Object.fromEntries(environment), exitCode: undefined };
  Object.assign(process, { platform: 'wasi', arch: 'wasm32', cwd: () => '/', version: '', versions: {} });
  process.exit = (code = process.exitCode ?? 0) => system.exit(Number(code));
  process.stdout = { write: (data) => (writeAll(1, asBytes(data)), true), isTTY: false };
  process.stderr = { write: (data) => (writeAll(2, asBytes(data)), true), isTTY: false };
  process.hrtime = { bigint: () => BigInt(Math.round(performance.now() * 1e6)) };
  process.nextTick = (action, ...values) => queueMicrotask(() => action(...values));
  globalThis.process = process;
  globalThis.global = globalThis;
  globalThis.crypto ??= {
    getRandomValues: (array) => {
      asBytes(array).set(system.random(array.byteLength));
      return array;
    },
  };

  // ---- Failure ----

  const die = (error) => {
    err('Uncaught', error);
    system.exit(1);
  };
  const unhandled = new Map();
  const rejected = (promise, reason, handled) =>
    void (handled ? unhandled.delete(promise) : unhandled.set(promise, reason));

  // ---- Timers: the job's clock moves, nobody waits ----

  const timers = new Map();
  let lastTimer = 0;
  const setTimer = (action, delay, repeats, values) => {
    const wait = Math.min(Math.max(Number(delay) || 0, 1), 2 ** 31 - 1);
    timers.set(++lastTimer, { action: () => action(...values), at: performance.now() + wait, wait, repeats });
    return lastTimer;
  };
  globalThis.setTimeout = (action, delay, ...values) => setTimer(action, delay, false, values);
  globalThis.setInterval = (action, delay, ...values) => setTimer(action, delay, true, values);
  globalThis.setImmediate = (action, ...values) => setTimer(action, 0, false, values);
  globalThis.clearTimeout = globalThis.clearInterval = globalThis.clearImmediate = (id) => void timers.delete(id);
  globalThis.queueMicrotask ??= (action) => void Promise.resolve().then(action).catch(die);

  /** The timer that is due first; of equals the one set first. */
  const nextTimer = () => {
    let next;
    for (const [id, timer] of timers) {
      next = next && next[1].at <= timer.at ? next : [id, timer];
    }
    return next;
  };

  const settle = () => {
    for (;;) {
      system.runJobs();
      for (const reason of unhandled.values()) {
        die(reason);
      }
      const next = nextTimer();
      if (!next) {
        return;
      }
      const [id, timer] = next;
      system.sleep(Math.max(0, timer.at - performance.now()) * 1e6);
      if (timer.repeats) {
        timer.at += timer.wait;
      } else {
        timers.delete(id);
      }
      timer.action();
    }
  };

  // ---- Modules ----

  const BUILT_IN = { fs, path, process, 'fs/promises': fs.promises, console, os: { EOL: '\n' } };
  const builtIn = (id) => BUILT_IN[id.replace(/^node:/, '')];
  globalThis[Symbol.for('ubc.modules')] = BUILT_IN;

  const normalize = (base, id) =>
    builtIn(id) ? id.replace(/^node:/, '') : id.startsWith('.') ? join(base.startsWith('/') ? dirname(base) : '/in', id) : id;
  const load = (id) => {
    const module = builtIn(id);
    if (module) {
      const names = Object.keys(module).filter((key) => /^[a-z]\w*$/i.test(key));
      const from = `globalThis[Symbol.for('ubc.modules')][${JSON.stringify(id)}]`;
      return `const m = ${from};\nexport default m;\n${names.map((key) => `const $${key} = m.${key};\nexport { $${key} as ${key} };\n`).join('')}`;
    }
    if (!id.startsWith('/')) {
      throw new Error(`there is no module '${id}'; a script has ${Object.keys(BUILT_IN).join(', ')} and the files of /in`);
    }
    return readFileSync(id, 'utf8');
  };
  const loaded = new Map();
  const requireFrom = (directory) => (id) => {
    if (builtIn(id)) {
      return builtIn(id);
    }
    const file = [id, `${id}.js`, `${id}.json`].map((f) => resolve(directory, f)).find((f) => /^\.?\.?\//.test(id) && existsSync(f));
    if (!file) {
      load(id);
    }
    if (!loaded.has(file)) {
      const module = { exports: {} };
      loaded.set(file, module);
      const text = readFileSync(file, 'utf8');
      if (file.endsWith('.json')) {
        module.exports = JSON.parse(text);
      } else {
        const body = system.evaluate(file, `(function (exports, require, module) {${text}\n})`, 0);
        body(module.exports, requireFrom(dirname(file)), module);
      }
    }
    return loaded.get(file).exports;
  };
  globalThis.require = requireFrom('/in');
  globalThis.module = { exports: {} };
  globalThis.exports = globalThis.module.exports;

  // ---- The script ----

  const GLOBAL = 0;
  const MODULE = 1;

  system.answer(rejected, normalize, load);
  try {
    if (source === undefined) {
      throw new Error('the first argument is the source of a script, the second its name');
    }
    const text = source.startsWith('#!') ? `//${source}` : source;
    const isModule = name.endsWith('.mjs') || (!name.endsWith('.cjs') && system.isModule(text));
    const result = system.evaluate(name, text, isModule ? MODULE : GLOBAL);
    if (isModule) {
      result.catch(die);
    }
    settle();
  } catch (error) {
    die(error);
  }
  system.exit(process.exitCode ?? 0);
})();
