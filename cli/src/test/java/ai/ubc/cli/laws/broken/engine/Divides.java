package ai.ubc.cli.laws.broken.engine;

public record Divides(long dividend, long divisor) {
  int roundedDown() {
    return (int) Math.floor((double) dividend / divisor);
  }
}
