package ai.ubc.api;

/**
 * The store's word that it holds a result's body, signed by the network's notary: what an opening
 * of the result must carry.
 *
 * @param job the job
 * @param resultRoot root of the result that the body holds, hexadecimal with {@code 0x}
 * @param units metered units that the result says
 * @param body the body's SHA-256, hexadecimal with {@code 0x}
 * @param heldUntilMs log time until which the store keeps the body, milliseconds
 * @param signature the notary's, compact (EIP-2098): 64 bytes, hexadecimal with {@code 0x}
 */
public record StoreReceipt(
    long job, String resultRoot, long units, String body, long heldUntilMs, String signature) {}
