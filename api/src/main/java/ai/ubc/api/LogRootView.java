package ai.ubc.api;

/**
 * The root of the tree (RFC 9162) over the log's records, signed by the network's notary: the
 * EIP-712 struct {@code LogRoot(uint64 size,bytes32 root,uint64 timeMs)} in the network's domain.
 *
 * @param size number of records
 * @param root the root, hexadecimal with {@code 0x}
 * @param timeMs log time of the last record, milliseconds
 * @param signature r, s and v: 65 bytes, hexadecimal without {@code 0x}
 * @param notary the address whose key signed, as genesis names it
 */
public record LogRootView(long size, String root, long timeMs, String signature, String notary) {}
