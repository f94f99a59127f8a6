// A job: reads the files of /in, writes to standard output, and leaves files in /out.
// There is no network and no clock but the job's own: whoever runs it again finds the same.
const fs = require('fs');

const words = new Map();
for (const name of fs.readdirSync('/in')) {
  const text = fs.readFileSync(`/in/${name}`, 'utf8');
  for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) {
    words.set(word, (words.get(word) ?? 0) + 1);
  }
}

const lines = [...words].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
for (const [word, times] of lines) console.log(`${times} ${word}`);
fs.writeFileSync('/out/words.json', JSON.stringify(Object.fromEntries(lines)));
