package ai.ubc.cli.laws.broken.engine;

import java.time.InstantSource;

record ReadsClock(InstantSource clock, long deadlineMs) {
  boolean isOver() {
    return clock.millis() > deadlineMs;
  }
}
