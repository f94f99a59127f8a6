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
