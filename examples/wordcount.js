// Counts lines, words and bytes of the files below /in, or of standard input; lists the most frequent words.
const fs = require('fs');

const LISTED = 10;
const files = fs.readdirSync('/in');
const times = new Map();
const total = { lines: 0, words: 0, bytes: 0 };

const row = ({ lines, words, bytes }, name) =>
  console.log([lines, words, bytes].map((n) => String(n).padStart(9)).join('') + `  ${name}`);

const count = (file, name) => {
  const bytes = fs.readFileSync(file);
  const text = new TextDecoder().decode(bytes);
  const found = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
  const counts = { lines: text.split('\n').length - 1, words: found.length, bytes: bytes.length };
  for (const word of found) times.set(word, (times.get(word) ?? 0) + 1);
  for (const key of Object.keys(total)) total[key] += counts[key];
  row(counts, name);
};

if (files.length === 0) {
  count(0, 'standard input');
} else {
  for (const name of files) count(`/in/${name}`, name);
  row(total, 'total');
}
const frequent = [...times].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, LISTED);
for (const [word, n] of frequent) console.log(`${String(n).padStart(9)}  ${word}`);
