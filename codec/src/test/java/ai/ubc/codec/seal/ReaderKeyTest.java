package ai.ubc.codec.seal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.Eip712;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.crypto.Signatures;
import ai.ubc.domain.Hash32;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.StructuredDataEncoder;

final class ReaderKeyTest {
  private static final Hash32 GENESIS = new Hash32(1, 2, 3, 4);

  @Test
  void theSignatureIsOneOverTypedDataAsAnotherLibraryHashesIt() throws Exception {
    byte[] secret = new byte[32];
    secret[31] = 9;
    KeyPair owner = KeyPair.of(secret);
    Hash32 publicKey = new Hash32(-5, 6, 7, 8);
    ReaderKey key = ReaderKey.issue(new Eip712(31_337, GENESIS), owner, 7, publicKey);
    String json =
        """
        {"types":{
          "EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},
            {"name":"chainId","type":"uint256"},{"name":"salt","type":"bytes32"}],
          "EncryptionKey":[{"name":"account","type":"uint32"},
            {"name":"publicKey","type":"bytes32"}]},
        "primaryType":"EncryptionKey",
        "domain":{"name":"UBC","version":"1","chainId":31337,"salt":"%s"},
        "message":{"account":"7","publicKey":"%s"}}
        """
            .formatted(GENESIS, publicKey);
    byte[] digest = new StructuredDataEncoder(json).hashStructuredData();
    assertThat(key.signature()).isEqualTo(Signatures.Compact.of(owner.sign(digest)));
  }
}
