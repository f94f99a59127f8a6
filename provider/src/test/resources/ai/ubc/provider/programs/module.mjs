import fs, { readFileSync } from 'node:fs';
import { double } from './double.mjs';

const { default: again } = await import('./double.mjs');
console.log(double(21), again, readFileSync === fs.readFileSync, typeof require);
