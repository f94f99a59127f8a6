// Makes the program that runs scripts as jobs: the QuickJS of npm's quickjs-wasi and adapter.wasm in one WASI command.
//
//   node link.mjs WORK OUTPUT
//
// WORK keeps the npm packages, pinned by package-lock.json. Does nothing where OUTPUT was made from the same sources.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outline } from './outline.mjs';

const [work, output] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const SOURCES = ['adapter.wasm', 'exports.json', 'link.mjs', 'outline.mjs', 'package.json', 'package-lock.json'];
const FEATURES = [
  '--enable-bulk-memory',
  '--enable-multivalue',
  '--enable-mutable-globals',
  '--enable-nontrapping-float-to-int',
  '--enable-reference-types',
  '--enable-sign-ext',
];

const hash = createHash('sha256');
SOURCES.forEach((name) => hash.update(readFileSync(join(here, name))));
const sources = hash.digest('hex');
const stamp = join(work, 'sources');
if (existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) {
  process.exit(0);
}

mkdirSync(work, { recursive: true });
mkdirSync(dirname(output), { recursive: true });
copyFileSync(join(here, 'package.json'), join(work, 'package.json'));
copyFileSync(join(here, 'package-lock.json'), join(work, 'package-lock.json'));
const quiet = { cwd: work, stdio: ['ignore', 'ignore', 'inherit'] };
execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--no-update-notifier', '--loglevel=error'], quiet);

const tool = (name, ...args) =>
  execFileSync(process.execPath, [join('node_modules', 'binaryen', 'bin', name), ...args, ...FEATURES], quiet);
const engine = join('node_modules', 'quickjs-wasi', 'quickjs.wasm');
tool('wasm-merge', engine, 'eng', join(here, 'adapter.wasm'), 'env', '-o', 'merged.wasm');
tool('wasm-metadce', 'merged.wasm', '--graph-file', join(here, 'exports.json'), '-o', 'command.wasm');
tool('wasm-dis', 'command.wasm', '-o', 'command.wat');
writeFileSync(join(work, 'outlined.wat'), outline(readFileSync(join(work, 'command.wat'), 'utf8')));
tool('wasm-as', 'outlined.wat', '-o', 'javascript.wasm');
copyFileSync(join(work, 'javascript.wasm'), output);
// Its licence asks to be where the engine is.
copyFileSync(join(work, 'node_modules', 'quickjs-wasi', 'LICENSE'), `${output}.LICENSE`);
writeFileSync(stamp, sources);
