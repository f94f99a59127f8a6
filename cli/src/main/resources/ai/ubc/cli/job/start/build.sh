#!/bin/sh
# Compiles job.c to job.wasm. On Debian: apt install clang lld wasi-libc libclang-rt-14-dev-wasm32
set -eu
cd "$(dirname "$0")"
clang --target=wasm32-wasi -std=c11 -Wall -Wextra -O2 -s -o job.wasm job.c
