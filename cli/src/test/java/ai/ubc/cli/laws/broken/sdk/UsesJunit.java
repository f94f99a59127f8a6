package ai.ubc.cli.laws.broken.sdk;

import org.junit.jupiter.api.Assertions;

record UsesJunit(int value) {
  void check() {
    Assertions.assertEquals(1, value);
  }
}
