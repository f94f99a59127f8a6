package ai.ubc.codec;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.codec.generated.TypedDataTable;
import ai.ubc.domain.Hash32;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * EIP-712 digests of the signed templates of one network: the struct is the SBE block, member by
 * member. The domain is {name "UBC", version "1", chainId, salt = genesis hash}. Immutable; from
 * any thread.
 */
public final class Eip712 {
  private static final String DOMAIN_TYPE =
      "EIP712Domain(string name,string version,uint256 chainId,bytes32 salt)";
  private static final int WORD = 32;

  private final byte[] domainSeparator;
  private final Map<Integer, byte[]> typeHashes = new HashMap<>();

  /** The signing domain of the network with this chain id and genesis hash. */
  public Eip712(long chainId, Hash32 genesisHash) {
    domainSeparator =
        KeccakHash.of(
            ByteBuffer.allocate(5 * WORD)
                .put(hash(DOMAIN_TYPE))
                .put(hash("UBC"))
                .put(hash("1"))
                .put(new byte[WORD - Long.BYTES])
                .putLong(chainId)
                .put(genesisHash.bytes())
                .array());
    for (int template : TypedDataTable.templates()) {
      typeHashes.put(template, hash(TypedDataTable.type(template)));
    }
  }

  /** The hash of the domain, as contracts and wallets compute it. */
  public byte[] domainSeparator() {
    return domainSeparator.clone();
  }

  /**
   * The digest to sign for the block of {@code templateId} at {@code at}.
   *
   * @return 32 bytes
   * @throws IllegalArgumentException when the template is not a signed one
   */
  public byte[] digest(DirectBuffer block, int at, int templateId) {
    return KeccakHash.of(
        ByteBuffer.allocate(2 + 2 * WORD)
            .put((byte) 0x19)
            .put((byte) 0x01)
            .put(domainSeparator)
            .put(structHash(block, at, templateId))
            .array());
  }

  private byte[] structHash(DirectBuffer block, int at, int templateId) {
    byte[] typeHash = typeHashes.get(templateId);
    if (typeHash == null) {
      throw new IllegalArgumentException("template " + templateId + " is not signed");
    }
    byte[] widths = TypedDataTable.widths(templateId);
    ByteBuffer words = ByteBuffer.allocate((1 + widths.length) * WORD).put(typeHash);
    int offset = at;
    for (byte width : widths) {
      putWord(words, block, offset, width);
      offset += Math.abs(width);
    }
    return KeccakHash.of(words.array());
  }

  // Integers are little-endian in SBE and right-aligned big-endian words in EIP-712; bytes keep
  // their order, addresses
  // are right-aligned and bytes32 fill the word.
  private static void putWord(ByteBuffer words, DirectBuffer block, int offset, byte width) {
    if (width == WORD || width == 20) {
      byte[] bytes = new byte[width];
      block.getBytes(offset, bytes);
      words.position(words.position() + WORD - width).put(bytes);
      return;
    }
    long value =
        switch (width) {
          case 1 -> block.getByte(offset) & 0xFFL;
          case 2 -> block.getShort(offset, LITTLE_ENDIAN) & 0xFFFFL;
          case 4 -> block.getInt(offset, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
          default -> block.getLong(offset, LITTLE_ENDIAN);
        };
    long sign = width < 0 && value < 0 ? -1 : 0;
    words.putLong(sign).putLong(sign).putLong(sign).putLong(value);
  }

  private static byte[] hash(String text) {
    return KeccakHash.of(text.getBytes(UTF_8));
  }
}
