package ai.ubc.codec;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.crypto.Signatures;
import ai.ubc.domain.Address;
import java.util.HexFormat;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Proves to a gateway who reads: the EIP-712 struct {@code Access(uint32 account,uint64
 * expiresMs)}, signed by the account's owner. Written as {@code <account>.<expiresMs>.<signature in
 * hex>} behind the scheme {@code UBC} of an {@code Authorization} header. It moves no money and is
 * never logged.
 *
 * @param account who reads
 * @param expiresMs log time after which it is no longer valid, milliseconds
 * @param signer whose key signed it; the gateway checks that it owns the account
 */
public record AccessToken(int account, long expiresMs, Address signer) {
  private static final int BLOCK_BYTES = 12;

  /** Signs a token and writes it as text. */
  public static String issue(Eip712 domain, KeyPair key, int account, long expiresMs) {
    byte[] signature = key.sign(digest(domain, account, expiresMs));
    return Integer.toUnsignedString(account)
        + "."
        + expiresMs
        + "."
        + HexFormat.of().formatHex(signature);
  }

  /**
   * Reads a token and recovers who signed it; empty when the text is no token or the signature is
   * not valid.
   */
  public static Optional<AccessToken> parse(Eip712 domain, String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      int account = Integer.parseUnsignedInt(parts[0]);
      long expiresMs = Long.parseLong(parts[1]);
      byte[] signature = HexFormat.of().parseHex(parts[2]);
      return Signatures.recover(digest(domain, account, expiresMs), signature)
          .map(signer -> new AccessToken(account, expiresMs, signer));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] digest(Eip712 domain, int account, long expiresMs) {
    UnsafeBuffer block = new UnsafeBuffer(new byte[BLOCK_BYTES]);
    block.putInt(0, account, LITTLE_ENDIAN);
    block.putLong(Integer.BYTES, expiresMs, LITTLE_ENDIAN);
    return domain.digest(block, 0, LogEntry.ACCESS_TEMPLATE);
  }
}
