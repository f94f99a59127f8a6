package ai.ubc.provider.wasi;

/**
 * Where marks are taken.
 *
 * @param stepMin units between the first marks of an item; doubled as often as there are too many
 * @param stepPage least units between marks for each page of memory and output
 * @param marksMax the most marks of an item; one that runs on has at least half as many
 */
record MarkRule(long stepMin, long stepPage, int marksMax) {

  /**
   * That of {@code wasi/1}. Fast code executes some 2^33 units in a second, in which some 2^14.5
   * pages can be digested; so digests take about a hundredth of a run.
   */
  static final MarkRule STANDARD = new MarkRule(1L << 25, 1L << 25, 1_024);
}
