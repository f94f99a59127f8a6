package ai.ubc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.crypto.Signatures;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.crypto.StructuredDataEncoder;

class BodyReceiptTest {
  private static final long CHAIN_ID = 31_337;

  private final Random random = new Random(21);
  private final Hash32 genesis = Samples.hash(random);
  private final Eip712 domain = new Eip712(CHAIN_ID, genesis);
  private final KeyPair notary = KeyPair.of(Samples.hash(random).bytes());

  private BodyReceipt receipt() {
    return new BodyReceipt(
        random.nextLong() >>> 1,
        Samples.hash(random),
        random.nextLong() >>> 1,
        Samples.hash(random),
        random.nextLong() >>> 1);
  }

  @Test
  void anIndependentImplementationRecoversTheNotary() throws IOException, SignatureException {
    for (int round = 0; round < 40; round++) {
      BodyReceipt receipt = receipt();
      byte[] signature = receipt.sign(domain, notary).bytes();
      byte[] digest = new StructuredDataEncoder(typedData(receipt)).hashStructuredData();
      Sign.SignatureData data =
          new Sign.SignatureData(
              signature[64],
              Arrays.copyOfRange(signature, 0, 32),
              Arrays.copyOfRange(signature, 32, 64));
      assertThat("0x" + Keys.getAddress(Sign.signedMessageHashToKey(digest, data)))
          .isEqualTo(notary.address().toString());
    }
  }

  private String typedData(BodyReceipt receipt) {
    return """
    {"types":{"EIP712Domain":[{"name":"name","type":"string"},
    {"name":"version","type":"string"},{"name":"chainId","type":"uint256"},
    {"name":"salt","type":"bytes32"}],
    "BodyReceipt":[{"name":"job","type":"uint64"},{"name":"resultRoot","type":"bytes32"},
    {"name":"units","type":"int64"},{"name":"body","type":"bytes32"},
    {"name":"heldUntilMs","type":"uint64"}]},"primaryType":"BodyReceipt",
    "domain":{"name":"UBC","version":"1","chainId":%d,"salt":"%s"},
    "message":{"job":"%d","resultRoot":"%s","units":"%d","body":"%s","heldUntilMs":"%d"}}
    """
        .formatted(
            CHAIN_ID,
            genesis,
            receipt.job(),
            receipt.resultRoot(),
            receipt.units(),
            receipt.body(),
            receipt.heldUntilMs());
  }

  @Test
  void aReceiptProvesWhatItSaysAndNothingElse() {
    BodyReceipt receipt = receipt();
    Command.OpenResult opening = opening(receipt, receipt.sign(domain, notary));
    assertThat(BodyReceipt.isProven(domain, notary.address(), opening)).isTrue();
    Hash32 other = Samples.hash(random);
    Signatures.Compact signed = receipt.sign(domain, notary);
    for (Command.OpenResult changed :
        List.of(
            opening(
                with(receipt, receipt.job() + 1, receipt.units(), receipt.heldUntilMs()), signed),
            opening(
                with(receipt, receipt.job(), receipt.units() + 1, receipt.heldUntilMs()), signed),
            opening(
                with(receipt, receipt.job(), receipt.units(), receipt.heldUntilMs() + 1), signed),
            opening(
                new BodyReceipt(
                    receipt.job(), other, receipt.units(), receipt.body(), receipt.heldUntilMs()),
                signed),
            opening(
                new BodyReceipt(
                    receipt.job(),
                    receipt.resultRoot(),
                    receipt.units(),
                    other,
                    receipt.heldUntilMs()),
                signed),
            opening(receipt, new Signatures.Compact(other, signed.vs())),
            opening(receipt, new Signatures.Compact(signed.r(), other)),
            opening(receipt, new Signatures.Compact(Hash32.ZERO, Hash32.ZERO)))) {
      assertThat(BodyReceipt.isProven(domain, notary.address(), changed)).isFalse();
    }
    KeyPair stranger = KeyPair.of(Samples.hash(random).bytes());
    assertThat(
            BodyReceipt.isProven(
                domain, notary.address(), opening(receipt, receipt.sign(domain, stranger))))
        .isFalse();
    Eip712 elsewhere = new Eip712(CHAIN_ID, other);
    assertThat(BodyReceipt.isProven(elsewhere, notary.address(), opening)).isFalse();
  }

  private static BodyReceipt with(BodyReceipt receipt, long job, long units, long heldUntilMs) {
    return new BodyReceipt(job, receipt.resultRoot(), units, receipt.body(), heldUntilMs);
  }

  private static Command.OpenResult opening(BodyReceipt receipt, Signatures.Compact signature) {
    return new Command.OpenResult(
        receipt.job(),
        receipt.resultRoot(),
        receipt.units(),
        Hash32.ZERO,
        receipt.body(),
        receipt.heldUntilMs(),
        signature.r(),
        signature.vs());
  }

  @Test
  void theCompactFormKeepsEverySignature() {
    for (int round = 0; round < 40; round++) {
      byte[] signature = notary.sign(Samples.hash(random).bytes());
      assertThat(Signatures.Compact.of(signature).bytes()).isEqualTo(signature);
    }
  }
}
