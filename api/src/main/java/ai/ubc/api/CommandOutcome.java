package ai.ubc.api;

import org.jspecify.annotations.Nullable;

/**
 * What became of a command that was logged.
 *
 * @param hash Keccak-256 of the signed bytes (header and block)
 * @param seq position of its entry in the log
 * @param code 0 when it was carried out, else the refusal's number
 * @param refusal the refusal's name; absent when it was carried out
 */
public record CommandOutcome(String hash, long seq, int code, @Nullable String refusal) {}
