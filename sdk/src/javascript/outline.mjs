// Takes repeated small conditionals out of functions too large for a JVM method, into functions of their own. In
// QuickJS's interpreter loop they are the counting of references, inlined some hundred times.
//
// A conditional can move when it branches to nothing outside itself, does not return, and sets at most one local: the
// locals that it uses become parameters, the one that it sets the result. What it does stays the same.

/** A function with more text than this is too large. */
const LARGE_CHARACTERS = 320_000;
const PARAMETERS_MAX = 8;
const NODES_MIN = 6;
const NODES_MAX = 400;
const LOCALS = new Set(['local.get', 'local.set', 'local.tee']);
const LABELLED = new Set(['block', 'loop', 'br', 'br_if', 'br_table']);

/** The text of one function as nested lists of words. */
function parse(text) {
  const stack = [[]];
  for (const [token] of text.matchAll(/\(;.*?;\)|;;.*|[()]|"(?:[^"\\]|\\.)*"|[^\s()]+/g)) {
    if (token === '(') {
      stack.push([]);
    } else if (token === ')') {
      const list = stack.pop();
      stack.at(-1).push(list);
    } else if (!token.startsWith(';') && !token.startsWith('(;')) {
      stack.at(-1).push(token);
    }
  }
  return stack[0][0];
}

const print = (node) => (Array.isArray(node) ? `(${node.map(print).join(' ')})` : node);

/** All lists of a list, itself first. */
function* lists(node) {
  yield node;
  for (const child of node) {
    if (Array.isArray(child)) {
      yield* lists(child);
    }
  }
}

const isLabel = (word) => typeof word === 'string' && word.startsWith('$');

/** The locals that a conditional uses and the one that it sets, or undefined where it can not move. */
function movable(conditional) {
  const labels = new Set();
  const targets = new Set();
  const used = new Set();
  const written = new Set();
  let nodes = 0;
  for (const node of lists(conditional)) {
    nodes++;
    if (node[0] === 'return') {
      return undefined;
    }
    if (LOCALS.has(node[0])) {
      used.add(node[1]);
    }
    if (node[0] === 'local.set' || node[0] === 'local.tee') {
      written.add(node[1]);
    }
    if (LABELLED.has(node[0])) {
      const names = node.filter(isLabel);
      names.forEach((name) => (node[0] === 'block' || node[0] === 'loop' ? labels : targets).add(name));
    }
  }
  const fits = nodes >= NODES_MIN && nodes <= NODES_MAX && used.size <= PARAMETERS_MAX && written.size <= 1;
  const stays = [...targets].some((target) => !labels.has(target));
  return fits && !stays ? { used: [...used], written: [...written][0] } : undefined;
}

/** The same code with its locals and labels named in the order of their appearance. */
function renamed(node, locals, labels) {
  return node.map((child) => {
    if (Array.isArray(child)) {
      return renamed(child, locals, labels);
    }
    if (isLabel(child) && LOCALS.has(node[0])) {
      return locals.get(child);
    }
    if (isLabel(child) && LABELLED.has(node[0])) {
      labels.has(child) || labels.set(child, `$label${labels.size}`);
      return labels.get(child);
    }
    return child;
  });
}

/** The module's text with what repeats in its large functions taken out of them. */
export function outline(module) {
  const added = new Map();

  const take = (conditional, types) => {
    const found = movable(conditional);
    if (!found) {
      return undefined;
    }
    const { used, written } = found;
    const locals = new Map(used.map((local, i) => [local, `$local${i}`]));
    const parameters = used.map((local) => `(param ${locals.get(local)} ${types.get(local)})`);
    const code = [
      ...parameters,
      written ? `(result ${types.get(written)})` : '',
      print(renamed(conditional, locals, new Map())),
      written ? `(local.get ${locals.get(written)})` : '',
    ].join(' ');
    added.has(code) || added.set(code, `$outlined${added.size}`);
    const call = ['call', added.get(code), ...used.map((local) => ['local.get', local])];
    return written ? ['local.set', written, call] : call;
  };

  const shrink = (node, types) => {
    for (let i = 0; i < node.length; i++) {
      const child = node[i];
      if (Array.isArray(child)) {
        const isStatement = child[0] === 'if' && Array.isArray(child[1]) && child[1][0] !== 'result';
        const call = isStatement ? take(child, types) : undefined;
        if (call) {
          node[i] = call;
        } else {
          shrink(child, types);
        }
      }
    }
    return node;
  };

  const text = module.replace(/^ \(func [^]*?^ \)$/gm, (source) => {
    if (source.length < LARGE_CHARACTERS) {
      return source;
    }
    const tree = parse(source);
    const types = new Map(
      tree.filter((part) => part[0] === 'param' || part[0] === 'local').map(([, name, type]) => [name, type]),
    );
    return ` ${print(shrink(tree, types))}`;
  });
  const functions = [...added].map(([code, name]) => ` (func ${name} ${code})\n`).join('');
  return text.replace(/\)\s*$/, `${functions})\n`);
}
