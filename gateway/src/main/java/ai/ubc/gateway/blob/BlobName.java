package ai.ubc.gateway.blob;

import ai.ubc.domain.Hash32;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;

/**
 * The name of a body.
 *
 * @param hash its SHA-256
 */
public record BlobName(Hash32 hash) {
  /**
   * Reads 64 hexadecimal digits, with or without {@code 0x}.
   *
   * @throws RequestFailure {@code INVALID_REQUEST} when the text is anything else
   */
  public static BlobName parse(String text) {
    try {
      return new BlobName(Hash32.parse(text));
    } catch (IllegalArgumentException e) {
      throw RequestFailure.of(
          ProblemCode.INVALID_REQUEST,
          "A body is named by its SHA-256, 64 hexadecimal digits; this is not one: " + text);
    }
  }

  /** 64 hexadecimal digits without prefix: the file's name. */
  public String hex() {
    return hash.hex();
  }

  /** {@code 0x} and 64 hexadecimal digits: the name in JSON and on the ledger. */
  @Override
  public String toString() {
    return hash.toString();
  }
}
