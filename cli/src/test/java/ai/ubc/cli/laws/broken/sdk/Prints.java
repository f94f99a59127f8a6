package ai.ubc.cli.laws.broken.sdk;

record Prints(int value) {
  void print() {
    System.out.println(value);
  }
}
