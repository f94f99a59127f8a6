package ai.ubc.cli.soak;

/** What a round kills. */
enum Victim {
  EVERYTHING("the whole network"),
  SEQUENCER("the sequencer"),
  GATEWAY("the gateway"),
  POSTGRESQL("PostgreSQL"),
  PROVIDER("a provider"),
  VALIDATOR("a validator"),
  WORKER("a worker");

  private final String words;

  Victim(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
