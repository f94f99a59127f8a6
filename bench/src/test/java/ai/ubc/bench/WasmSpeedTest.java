package ai.ubc.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.ubc.provider.wasi.WasiRuntime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** That the kernels compute what they should; nothing here depends on time. */
class WasmSpeedTest {

  private static String output(Kernel kernel) throws Exception {
    return new WasiRuntime().run(kernel.request(1)).items().getFirst().stdout().toUtf8();
  }

  @Test
  void theDigestIsThatOfItsBuffer() throws Exception {
    byte[] buffer = new byte[65_536];
    for (int i = 0; i < buffer.length; i++) {
      buffer[i] = (byte) (i * 31);
    }
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(buffer);
    assertThat(output(Kernel.DIGEST)).isEqualTo(HexFormat.of().formatHex(digest) + '\n');
  }

  @Test
  void everyKernelGivesTheSameAsNativeCode() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "there is no gcc");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    WasmSpeed.measure(Path.of("src/main/c"), 1_000, new PrintStream(out, true, UTF_8));
    assertThat(out.toString(UTF_8)).contains("digest ", "matrix ", "sort ");
  }
}
