package ai.ubc.cli.laws.broken.engine;

record StartsThread(Runnable work) {
  void run() {
    Thread.ofVirtual().start(work);
  }
}
