package ai.ubc.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.crypto.KeyPair;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeystoreTest {
  private static final byte[] SECRET =
      HexFormat.of().parseHex("7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d");

  // Made by Python's scrypt and OpenSSL's AES.
  private static final String SCRYPT =
      """
      {"crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"83dbcc02d8ccb40e466191a123791e0e"},
      "ciphertext":"08c2c4e3f0ff32d6ca69bf633cbb051ecb814c05270afc5dbb19b14dcfc91d17",
      "kdf":"scrypt","kdfparams":{"dklen":32,"n":4096,"p":6,"r":8,
      "salt":"ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19"},
      "mac":"ec3b76d7ed0e2dec5e1e8bd5090e3a420922c9b8fd0b071cc39a3411686f5d0d"},
      "id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}
      """;

  // The definition's example.
  private static final String PBKDF2 =
      """
      {"crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"6087dab2f9fdbbfaddc31a909735c1e6"},
      "ciphertext":"5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
      "kdf":"pbkdf2","kdfparams":{"c":262144,"dklen":32,"prf":"hmac-sha256",
      "salt":"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
      "mac":"517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},
      "id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}
      """;

  // From the test data of go-ethereum: accounts/keystore/testdata/keystore/aaa.
  private static final String GETH =
      """
      {"address":"f466859ead1932d743d622cb74fc058882e8648a","crypto":{"cipher":"aes-128-ctr",
      "ciphertext":"cb664472deacb41a2e995fa7f96fe29ce744471deb8d146a0e43c7898c9ddd4d",
      "cipherparams":{"iv":"dfd9ee70812add5f4b8f89d0811c9158"},
      "kdf":"scrypt","kdfparams":{"dklen":32,"n":8,"p":16,"r":8,
      "salt":"0d6769bf016d45c479213990d6a08d938469c4adad8a02ce507b4a4e7b7739f1"},
      "mac":"bac9af994b15a45dd39669fc66f9aa8a3b9dd8c22cb16e4d8d7ea089d0f1a1a9"},
      "id":"472e8b3d-afb6-45b5-8111-72c89895099a","version":3}
      """;

  // From the same, v3_test_vector.json: a key of which two leading zeros were left out.
  private static final String SHORT_KEY =
      """
      {"crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"3ca92af36ad7c2cd92454c59cea5ef00"},
      "ciphertext":"108b7d34f3442fc26ab1ab90ca91476ba6bfa8c00975a49ef9051dc675aa",
      "kdf":"scrypt","kdfparams":{"dklen":32,"n":2,"r":8,"p":1,
      "salt":"d0769e608fb86cda848065642a9c6fa046845c928175662b8e356c77f914cd3b"},
      "mac":"75d0e6759f7b3cefa319c3be41680ab6beea7d8328653474bd06706d4cc67420"},
      "id":"a37e1559-5955-450d-8075-7b8931b392b2","version":3}
      """;

  @Test
  void publishedKeystoresGiveTheirPublishedKeys() throws IOException {
    assertThat(Keystore.decrypt(GETH, "foobar").addressText())
        .isEqualTo("0xf466859ead1932d743d622cb74fc058882e8648a");
    assertThat(HexFormat.of().formatHex(Keystore.decrypt(SHORT_KEY, "foo").secret()))
        .isEqualTo("000081c29e8142bb6a81bef5a92bda7a8328a5c85bb2f9542e76f9b0f94fc018");
  }

  @Test
  void whatWouldTakeMoreMemoryThanIsReasonableIsRefusedUnread() {
    String greedy = GETH.replace("\"n\":8", "\"n\":16777216");
    assertThatThrownBy(() -> Keystore.decrypt(greedy, "foobar"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("out of reach");
  }

  @Test
  void keystoresOfOthersAreRead() throws IOException {
    assertThat(Keystore.decrypt(SCRYPT, "pässword").secret()).isEqualTo(SECRET);
    assertThat(Keystore.decrypt(PBKDF2, "testpassword").secret()).isEqualTo(SECRET);
  }

  @Test
  void whatWasEncryptedComesBackUnderItsPasswordOnly() throws IOException {
    Wallet wallet = Wallet.of(KeyPair.of(SECRET));
    String keystore = Keystore.encrypt(wallet, "pässword", new SecureRandom());
    assertThat(keystore)
        .contains("\"version\":3", wallet.address().toString().substring(2))
        .doesNotContain(HexFormat.of().formatHex(SECRET));
    assertThat(Keystore.decrypt(keystore, "pässword").address()).isEqualTo(wallet.address());
    assertThatThrownBy(() -> Keystore.decrypt(keystore, "password"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("password is another");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\":3|\"version\":1|version 3",
        "aes-128-ctr|aes-128-cbc|cipher",
        "\"dklen\":32|\"dklen\":16|32 bytes",
        "hmac-sha256|hmac-sha512|PBKDF2",
        "\"c\":262144|\"c\":0|PBKDF2",
        "\"c\":262144|\"c\":2000000000|PBKDF2",
        "\"pbkdf2\"|\"bcrypt\"|key derivation",
        "\"pbkdf2\"|\"scrypt\"|scrypt parameters",
        "5318b4d5|zz18b4d5|damaged",
        "5318b4d5|5318b4d4|changed",
      })
  void whatIsNotOfTheFormIsRefused(String part, String other, String message) {
    assertThatThrownBy(() -> Keystore.decrypt(PBKDF2.replace(part, other), "testpassword"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  @Test
  void whatIsNoJsonIsRefused() {
    assertThatThrownBy(() -> Keystore.decrypt("a key", "testpassword"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("JSON");
  }
}
