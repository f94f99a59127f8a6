#!/usr/bin/env bash
# Builds the example programs again from their sources. Needs Debian's clang, lld, wasi-libc and libclang-rt-14-dev-wasm32;
# with those versions the .wasm files come out as they are committed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
for name in wordcount primes picture; do
  clang --target=wasm32-wasi -std=c11 -Wall -Wextra -Werror -Oz -s \
    -Wl,-z,stack-size=65536 -Wl,--stack-first -o "$name.wasm" "$name/$name.c"
done
ls -l ./*.wasm
