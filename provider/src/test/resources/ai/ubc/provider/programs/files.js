#!/usr/bin/env node
const fs = require('node:fs');
const path = require('path');

const walk = (dir, depth = 0) => {
  for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
    const file = path.join(dir, entry.name);
    console.log('  '.repeat(depth) + entry.name, entry.isDirectory() ? '/' : fs.statSync(file).size);
    if (entry.isDirectory()) walk(file, depth + 1);
  }
};
walk('/in');
const numbers = fs.readFileSync('/in/a/numbers.txt', 'utf8').trim().split(/\s+/).map(Number);
console.log(numbers.reduce((x, y) => x + y));
console.log(fs.readFileSync(0, 'utf8').toUpperCase(), process.argv.slice(2), process.env.NAME);
fs.mkdirSync('/out/a/b', { recursive: true });
fs.writeFileSync('/out/a/b/text', 'größe\n');
fs.appendFileSync('/out/a/b/text', new Uint8Array([33, 10]));
fs.renameSync('/out/a/b/text', '/out/text');
for (const attempt of [
  () => fs.readFileSync('/etc/passwd'),
  () => fs.readFileSync('/in/../etc/passwd'),
  () => fs.writeFileSync('/in/new', 'x'),
  () => fs.readFileSync('/in/none'),
  () => fs.readdirSync('/out/text'),
  () => require('net'),
]) {
  try {
    attempt();
    console.log('done');
  } catch (error) {
    console.log(error.code ?? error.message);
  }
}
process.exitCode = 7;
