// What today's scripts take for granted.
class Shape {
  #sides;
  static #count = 0;
  constructor(sides) {
    this.#sides = sides;
    Shape.#count++;
  }
  get sides() {
    return this.#sides;
  }
  static get count() {
    return Shape.#count;
  }
}
const { a, ...rest } = { a: 1, b: 2, c: [3, 4] };
function* upTo(n) {
  for (let i = 1; i <= n; i++) yield i;
}
const later = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));

console.log(a, rest, [...upTo(3)], new Shape(4).sides, Shape.count);
console.log(2n ** 70n, 0.1 + 0.2, 1 / 3, (255).toString(16), NaN, -0);
console.log('Größe'.normalize('NFD').length, /(?<year>\d{4})/.exec('in 2026').groups.year, [3, 1, 2].toSorted());
console.log(new Map([['k', { deep: [1, { er: true }] }]]), new Set([1, 'x']), new Uint8Array([1, 2]));
console.log('%s has %d, %j', 'one', 5, { x: null }, undefined, null, () => 1);
console.log(JSON.stringify({ date: new Date(0), nested: { list: [1, 2] } }));
(async () => {
  const started = Date.now();
  const values = await Promise.all([later(2000, 'slow'), later(10, 'fast')]);
  console.log(values, Date.now() - started >= 2000);
  for await (const value of [later(5, 'x'), 'y']) console.log(value);
  try {
    await Promise.reject(new TypeError('refused'));
  } catch (error) {
    console.log(error.name, error.message);
  }
})();
console.log('random', Math.random() !== Math.random(), new Date().getUTCFullYear());
console.error('to the other stream');
