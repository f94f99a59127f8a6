#!/usr/bin/env bash
# Builds adapter.wasm again from adapter.c and prelude.js, here or in the directory that is named, and writes down in
# adapter.sha256 what it was built from. Needs Debian's clang 14, lld and node; with those versions it comes out as it is
# committed, byte for byte.
set -euo pipefail
target="$(realpath "${1:-$(dirname "${BASH_SOURCE[0]}")}")"
cd "$(dirname "${BASH_SOURCE[0]}")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
node -e 'const b = require("fs").readFileSync("prelude.js");
  console.log(`static const unsigned char PRELUDE[] = {${[...b, 0].join(",")}};`)' > "$work/prelude.h"
clang --target=wasm32 -std=c11 -Wall -Wextra -Werror -Oz -s -nostdlib -ffreestanding -mbulk-memory -I "$work" \
  -Wl,--no-entry,--import-memory,--stack-first,-z,stack-size=8192 \
  -o "$work/adapter.wasm" adapter.c
# The linker of this version has memory come from "env", where the engine looks for the adapter; it is the engine's.
node -e 'const text = require("fs").readFileSync(process.argv[1], "latin1");
  process.stdout.write(text.replace("\x03env\x06memory", "\x03eng\x06memory"), "latin1")' "$work/adapter.wasm" > "$target/adapter.wasm"
{
  sha256sum adapter.c build.sh prelude.js
  (cd "$target" && sha256sum adapter.wasm)
} > "$target/adapter.sha256"
