package ai.ubc.sdk;

import ai.ubc.api.StoreReceipt;
import ai.ubc.codec.crypto.Signatures;

/** Takes from a store's receipt what an opening needs. */
final class BodyHoldMapper {
  private BodyHoldMapper() {}

  static BodyHold read(String path, byte[] json) throws GatewayProblem {
    StoreReceipt receipt = Transport.parse(path, json, StoreReceipt.class);
    try {
      return new BodyHold(receipt.heldUntilMs(), Signatures.Compact.parse(receipt.signature()));
    } catch (IllegalArgumentException e) {
      throw new GatewayProblem(
          GatewayProblem.BAD_ANSWER, 0, path + " answered with a signature that is none", 0, e);
    }
  }
}
