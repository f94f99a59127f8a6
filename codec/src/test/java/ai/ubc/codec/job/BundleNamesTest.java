package ai.ubc.codec.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.domain.Hash32;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class BundleNamesTest {
  private static final String ITEM =
      "{\"version\":1,\"items\":[{\"args\":[],\"env\":ENV,\"stdin\":false}],"
          + "\"memoryPages\":1,\"outputBytes\":0}";

  @Test
  void aPartOfANameIsNoLongerThanAnyFileSystemHolds() throws IOException {
    byte[] longest = bundle("{}", "in/" + "ä".repeat(127) + "a");
    assertThat(JobBundle.check(new ByteArrayInputStream(longest)).items()).hasSize(1);
    byte[] tooLong = bundle("{}", "in/" + "ä".repeat(128));
    assertThatThrownBy(() -> JobBundle.check(new ByteArrayInputStream(tooLong)))
        .isInstanceOf(MalformedBundleException.class);
    assertThat(ResultBundle.canHold(0, "a".repeat(255))).isTrue();
    assertThat(ResultBundle.canHold(0, "a".repeat(256))).isFalse();
    assertThat(ResultBundle.canHold(0, "a\nb")).isFalse();
  }

  @Test
  void anEnvironmentVariableHasAValue() throws IOException {
    byte[] bundle = bundle("{\"A\":null}", "in/a");
    assertThatThrownBy(() -> JobBundle.check(new ByteArrayInputStream(bundle)))
        .isInstanceOf(MalformedBundleException.class);
  }

  @Test
  void everyJobOfEveryNetworkHasItsOwnRandomSeed() {
    Hash32 genesis = new Hash32(1, 2, 3, 4);
    assertThat(JobHashes.randomSeed(genesis, 1))
        .isEqualTo(JobHashes.randomSeed(genesis, 1))
        .isNotEqualTo(JobHashes.randomSeed(genesis, 2))
        .isNotEqualTo(JobHashes.randomSeed(Hash32.ZERO, 1));
  }

  @Test
  void aBundleThatEndsTooEarlyIsMalformedWhereverItEnds() throws IOException {
    byte[] whole = bundle("{}", "in/a");
    int refused = 0;
    for (int length = 0; length < whole.length; length++) {
      byte[] torn = Arrays.copyOf(whole, length);
      try {
        JobBundle.check(new ByteArrayInputStream(torn));
      } catch (MalformedBundleException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  private static byte[] bundle(String env, String file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      Zips.begin(zip, "job.json");
      zip.write(ITEM.replace("ENV", env).getBytes(UTF_8));
      Zips.begin(zip, file);
    }
    return bytes.toByteArray();
  }
}
