package ai.ubc.codec.seal;

import ai.ubc.domain.Hash32;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * For whom a job is sealed: the header of its input. It is part of the input and so stands under
 * the hash that the ledger holds.
 *
 * @param commitment the one key that counts
 * @param own the key for the buyer itself
 * @param recipients accounts that may have got the lease, no account twice
 */
public record SealedInput(Hash32 commitment, WrappedKey own, List<Recipient> recipients) {
  /** Most recipients. */
  public static final int RECIPIENTS_MAX = 64;

  private static final int FIXED_BYTES = Hash32.BYTES + WrappedKey.BYTES + Short.BYTES;
  private static final int RECIPIENT_BYTES = Integer.BYTES + ReaderKey.BYTES + WrappedKey.BYTES;

  /**
   * A provider that can read.
   *
   * @param key its reader key, as its owner stated it
   * @param wrapped the job key for it
   */
  public record Recipient(ReaderKey key, WrappedKey wrapped) {}

  /** Copies the recipients and refuses too many, or one twice. */
  public SealedInput {
    recipients = List.copyOf(recipients);
    Set<Integer> accounts = new HashSet<>();
    recipients.forEach(r -> accounts.add(r.key().account()));
    if (recipients.size() > RECIPIENTS_MAX || accounts.size() < recipients.size()) {
      throw new IllegalArgumentException(
          "a sealed input names at most " + RECIPIENTS_MAX + " recipients, each once");
    }
  }

  /** The entry of an account. */
  public Optional<Recipient> recipient(int account) {
    return recipients.stream().filter(r -> r.key().account() == account).findFirst();
  }

  /**
   * The sealed input.
   *
   * @param key the key with this commitment
   * @param bundle the input bundle
   */
  public byte[] seal(JobKey key, byte[] bundle, SecureRandom random) {
    return key.seal(SealedBody.Kind.INPUT, header(), bundle, random);
  }

  private byte[] header() {
    ByteBuffer header =
        ByteBuffer.allocate(FIXED_BYTES + recipients.size() * RECIPIENT_BYTES)
            .put(commitment.bytes())
            .put(own.bytes())
            .putShort((short) recipients.size());
    for (Recipient recipient : recipients) {
      header
          .putInt(recipient.key().account())
          .put(recipient.key().bytes())
          .put(recipient.wrapped().bytes());
    }
    return header.array();
  }

  /** Reads the header of a sealed input; empty when it has another form. */
  public static Optional<SealedInput> read(byte[] header) {
    ByteBuffer from = ByteBuffer.wrap(header);
    try {
      Hash32 commitment = Words.get(from);
      WrappedKey own = WrappedKey.read(from);
      int count = Short.toUnsignedInt(from.getShort());
      if (from.remaining() != count * RECIPIENT_BYTES) {
        return Optional.empty();
      }
      List<Recipient> recipients = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ReaderKey key = ReaderKey.read(from.getInt(), from);
        recipients.add(new Recipient(key, WrappedKey.read(from)));
      }
      return Optional.of(new SealedInput(commitment, own, recipients));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
