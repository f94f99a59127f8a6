package ai.ubc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.domain.Hash32;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.StructuredDataEncoder;

final class LogRootTest {
  private static final Hash32 GENESIS = new Hash32(1, 2, 3, 4);
  private static final Eip712 DOMAIN = new Eip712(31_337, GENESIS);
  private static final LogRoot ROOT = new LogRoot(77, new Hash32(-1, 6, 7, 8), 1_700_000_000_123L);

  private static KeyPair key() {
    byte[] secret = new byte[32];
    secret[31] = 9;
    return KeyPair.of(secret);
  }

  @Test
  void theSignerIsRecoveredFromWhatItSigned() {
    byte[] signature = ROOT.sign(DOMAIN, key());
    assertThat(ROOT.signer(DOMAIN, signature)).contains(key().address());
  }

  @Test
  void anotherStatementOrNetworkHasAnotherSigner() {
    byte[] signature = ROOT.sign(DOMAIN, key());
    List<LogRoot> others =
        List.of(
            new LogRoot(78, ROOT.root(), ROOT.timeMs()),
            new LogRoot(77, Hash32.ZERO, ROOT.timeMs()),
            new LogRoot(77, ROOT.root(), 0));
    for (LogRoot other : others) {
      assertThat(other.signer(DOMAIN, signature)).isNotEqualTo(ROOT.signer(DOMAIN, signature));
    }
    assertThat(ROOT.signer(new Eip712(31_337, Hash32.ZERO), signature))
        .isNotEqualTo(ROOT.signer(DOMAIN, signature));
    assertThat(ROOT.signer(DOMAIN, new byte[64])).isEmpty();
  }

  @Test
  void theSignatureIsOneOverTypedDataAsAnotherLibraryHashesIt() throws Exception {
    String json =
        """
        {"types":{
          "EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},
            {"name":"chainId","type":"uint256"},{"name":"salt","type":"bytes32"}],
          "LogRoot":[{"name":"size","type":"uint64"},{"name":"root","type":"bytes32"},
            {"name":"timeMs","type":"uint64"}]},
        "primaryType":"LogRoot",
        "domain":{"name":"UBC","version":"1","chainId":31337,"salt":"%s"},
        "message":{"size":"%d","root":"%s","timeMs":"%d"}}
        """
            .formatted(GENESIS, ROOT.size(), ROOT.root(), ROOT.timeMs());
    byte[] digest = new StructuredDataEncoder(json).hashStructuredData();
    assertThat(ROOT.sign(DOMAIN, key())).isEqualTo(key().sign(digest));
  }
}
