package ai.ubc.cli.laws.broken.engine;

record ReadsClock(long deadlineMs) {
  boolean isOver() {
    return System.currentTimeMillis() > deadlineMs;
  }
}
