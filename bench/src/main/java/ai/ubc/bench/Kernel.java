package ai.ubc.bench;

import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A small program that exists twice: as source in C, and as the WebAssembly built from it. */
enum Kernel {
  /** SHA-256: integer arithmetic. */
  DIGEST("digest", 500, 3.0),
  /** Products of matrices of doubles. */
  MATRIX("matrix", 100, 6.0),
  /** Sorting, and a hash table. */
  SORT("sort", 25, 3.0);

  private final String file;
  private final int rounds;
  private final double ratioMax;

  Kernel(String file, int rounds, double ratioMax) {
    this.file = file;
    this.rounds = rounds;
    this.ratioMax = ratioMax;
  }

  /** The name of its source, without the ending. */
  String file() {
    return file;
  }

  /** Rounds that take native code some tenths of a second. */
  int rounds() {
    return rounds;
  }

  /** The goal: metered WebAssembly takes at most so many times as long as native code. */
  double ratioMax() {
    return ratioMax;
  }

  /** A request that runs it for so many rounds. */
  RunRequest request(int times) {
    return new RunRequest(
        Content.of(module()),
        List.of(Item.of(Integer.toString(times))),
        Optional.empty(),
        new Limits(Limits.UNITS_CEILING, 1_024, 1 << 16),
        Seed.ZERO);
  }

  private byte[] module() {
    try (InputStream in =
        Objects.requireNonNull(Kernel.class.getResourceAsStream(file + ".wasm"))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
