#!/usr/bin/env bash
# Builds the programs that the tests run again from their sources; see examples/build.sh for what it needs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
target=../resources/ai/ubc/provider/wasi
mkdir -p "$target"
clang --target=wasm32-wasi -std=c11 -Wall -Wextra -Werror -Oz -s -o "$target/probe.wasm" probe.c
clang --target=wasm32-unknown-unknown -std=c11 -O2 -ffreestanding -nostdlib -mbulk-memory -s \
  -o "$target/compute.wasm" compute.c
ls -l "$target"
