package ai.ubc.codec;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.crypto.Signatures;
import ai.ubc.domain.Address;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the notary signs for a provider: the store holds, until a log time, a body whose content is
 * this result of this job. The EIP-712 struct {@code BodyReceipt(uint64 job,bytes32
 * resultRoot,int64 units,bytes32 body,uint64 heldUntilMs)}; its signature stands in the opening in
 * the compact form of EIP-2098, so whoever has the log has the store's word too.
 *
 * @param job the job
 * @param resultRoot root of the result that the body holds
 * @param units metered units that the result says
 * @param body the body's SHA-256
 * @param heldUntilMs log time until which the store keeps the body, milliseconds
 */
public record BodyReceipt(long job, Hash32 resultRoot, long units, Hash32 body, long heldUntilMs) {
  private static final int BLOCK_BYTES = 88;

  /** What the receipt in this opening says. */
  public static BodyReceipt of(Command.OpenResult opening) {
    return new BodyReceipt(
        opening.job(),
        opening.resultRoot(),
        opening.units(),
        opening.body(),
        opening.heldUntilMs());
  }

  /** The notary's signature over this, compact (EIP-2098). */
  public Signatures.Compact sign(Eip712 domain, KeyPair notary) {
    return Signatures.Compact.of(notary.sign(digest(domain)));
  }

  /** Who signed this; empty when no key did. */
  public Optional<Address> signer(Eip712 domain, Signatures.Compact signature) {
    return Signatures.recover(digest(domain), signature.bytes());
  }

  /** Whether the opening carries the notary's signature over what it says. */
  public static boolean isProven(Eip712 domain, Address notary, Command.OpenResult opening) {
    return of(opening)
        .signer(domain, new Signatures.Compact(opening.receiptR(), opening.receiptVs()))
        .filter(notary::equals)
        .isPresent();
  }

  private byte[] digest(Eip712 domain) {
    UnsafeBuffer block = new UnsafeBuffer(new byte[BLOCK_BYTES]);
    block.putLong(0, job, LITTLE_ENDIAN);
    put(block, 8, resultRoot);
    block.putLong(40, units, LITTLE_ENDIAN);
    put(block, 48, body);
    block.putLong(80, heldUntilMs, LITTLE_ENDIAN);
    return domain.digest(block, 0, LogEntry.BODY_RECEIPT_TEMPLATE);
  }

  private static void put(UnsafeBuffer block, int offset, Hash32 hash) {
    block.putLong(offset, hash.word0(), BIG_ENDIAN);
    block.putLong(offset + 8, hash.word1(), BIG_ENDIAN);
    block.putLong(offset + 16, hash.word2(), BIG_ENDIAN);
    block.putLong(offset + 24, hash.word3(), BIG_ENDIAN);
  }
}
