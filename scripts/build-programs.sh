#!/usr/bin/env bash
# Builds the test programs again from their C sources, and says which came out otherwise than they are committed. Needs Debian's
# clang, lld, wasi-libc and libclang-rt-14-dev-wasm32.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../provider/src/test/resources/ai/ubc/provider/programs"
if ! command -v clang >/dev/null; then
  echo "clang is not installed: the committed modules stay as they are"
  exit 0
fi
built="$(mktemp -d)"
trap 'rm -rf "$built"' EXIT
for source in *.c; do
  module="${source%.c}.wasm"
  clang --target=wasm32-wasi -std=gnu11 -Wall -Wextra -Werror -O2 -s -o "$built/$module" "$source"
  if cmp -s "$built/$module" "$module"; then
    echo "$module is the same"
  else
    cp "$built/$module" "$module"
    echo "$module is new"
  fi
done
