package ai.ubc.cli.laws.broken.engine;

final class Locks {
  private int value;

  int next() {
    synchronized (this) {
      value++;
      return value;
    }
  }
}
