package ai.ubc.domain;

/**
 * The deterministic ledger as the log drives it. For each entry, in order: {@link #begin}, for a
 * user's command {@link #admit}, then (if admitted) one method of {@link Commands}, then {@link
 * #end}. The same entries give the same results, events and snapshot on every machine. One thread.
 */
public interface StateMachine extends Commands {
  /**
   * Starts an entry.
   *
   * @param seq position in the log, one more than the last
   * @param logTimeMs log time, never less than the last entry's
   */
  void begin(long seq, long logTimeMs);

  /**
   * Judges whether the signer may give this command now, and whether it was given before.
   *
   * @param commandHash0 Keccak-256 of the signed bytes, first word of four
   * @return {@link Refusal#DONE} to go on; else the entry's final code. When {@link #originalSeq()}
   *     is then not 0 the command ran before and this is its first answer.
   */
  int admit(
      long signer0,
      long signer1,
      int signer2,
      int account,
      long nonce,
      long notAfterMs,
      long commandHash0,
      long commandHash1,
      long commandHash2,
      long commandHash3);

  /** Ends the entry with its code, remembering it for retries of an admitted command. */
  void end(int code);

  /**
   * Position of the entry that carried out this command first, or 0 when the current entry is not a
   * repetition.
   */
  long originalSeq();
}
