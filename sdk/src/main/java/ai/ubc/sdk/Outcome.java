package ai.ubc.sdk;

import ai.ubc.domain.Refusal;
import java.util.Optional;

/**
 * What became of a command that was logged.
 *
 * @param seq position of its entry in the log
 * @param refusal why it was not carried out; empty when it was
 */
public record Outcome(long seq, Optional<Refusal> refusal) {}
