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
   * That of {@code wasi/1}. Some 2^32 units are executed in a second and some 2^14 pages digested,
   * so that digests take about a fiftieth of a run.
   */
  static final MarkRule STANDARD = new MarkRule(1L << 24, 1L << 24, 1_024);
}
