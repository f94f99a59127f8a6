package ai.ubc.codec.job;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.domain.Genesis;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whatever bytes come as a bundle or as a genesis: they are refused, or say one thing. */
final class BundleFuzzTest {

  @FuzzTest(maxDuration = "5m")
  void aResultThatIsReadIsTheSameWhenWrittenAndReadAgain(byte[] archive) throws IOException {
    List<ItemOutput> items;
    try {
      items = ResultBundle.read(new ByteArrayInputStream(archive));
    } catch (IOException e) {
      return;
    }
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    ResultBundle.write(written, items);
    List<ItemOutput> again = ResultBundle.read(new ByteArrayInputStream(written.toByteArray()));
    assertThat(JobHashes.resultRoot(again)).isEqualTo(JobHashes.resultRoot(items));
  }

  @FuzzTest(maxDuration = "5m")
  void anInputThatIsTakenHasItems(byte[] archive) {
    try {
      JobSpec spec = JobBundle.check(new ByteArrayInputStream(archive));
      assertThat(spec.items()).isNotEmpty();
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
  }

  @FuzzTest(maxDuration = "5m")
  void aGenesisThatIsReadIsTheSameWhenWrittenAndReadAgain(byte[] text) {
    Genesis genesis;
    try {
      genesis = GenesisFile.fromJson(new String(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return;
    }
    assertThat(GenesisFile.fromJson(GenesisFile.toJson(genesis))).isEqualTo(genesis);
  }
}
