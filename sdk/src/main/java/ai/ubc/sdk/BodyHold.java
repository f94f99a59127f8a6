package ai.ubc.sdk;

import ai.ubc.codec.crypto.Signatures;

/**
 * The store's word that it holds a result, as its opening carries it.
 *
 * @param heldUntilMs log time until which it does, milliseconds
 * @param signature the notary's, over job, result, body and this time
 */
public record BodyHold(long heldUntilMs, Signatures.Compact signature) {}
