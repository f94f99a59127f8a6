package ai.ubc.codec.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultBundleTest {
  private static final String HALF =
      "{\"outcome\":\"EXIT\",\"detail\":0,\"units\":4611686018427387904}";

  private static byte[] bundle(String manifest) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : new String[] {"0/stdout", "0/stderr", "1/stdout", "1/stderr"}) {
        zip.putNextEntry(new ZipEntry(name));
      }
      zip.putNextEntry(new ZipEntry("result.json"));
      zip.write(manifest.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"version\":1,\"items\":[null,null]}",
        "{\"version\":1,\"items\":[" + HALF + ",null]}",
        "{\"version\":1,\"items\":[" + HALF + "," + HALF + "]}",
        "{\"version\":1,\"items\":[{\"outcome\":null,\"detail\":0,\"units\":1},{}]}",
        "{\"version\":1,\"items\":[{\"outcome\":\"EXIT\",\"detail\":0,\"units\":-1}," + HALF + "]}",
        "{\"version\":1}",
        "null",
        "[]"
      })
  void whatIsNoResultIsSaidSoWithoutTheWordsOfALibrary(String manifest) throws IOException {
    byte[] bytes = bundle(manifest);
    assertThatThrownBy(() -> ResultBundle.read(new ByteArrayInputStream(bytes)))
        .isInstanceOf(MalformedBundleException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("Deserialization", "ai.ubc"));
  }
}
