package ai.ubc.codec.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.job.ItemOutput.ItemOutcome;
import ai.ubc.codec.job.JobSpec.ItemSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobBundleTest {
  @TempDir private Path directory;

  private static final String SPEC =
      "{\"version\":1,\"items\":[{\"args\":[],\"env\":{},\"stdin\":false}],\"memoryPages\":16,\"outputBytes\":100}";

  @Test
  void aBundleUnpacksToWhatWasPacked() throws IOException {
    Path in = Files.createDirectories(directory.resolve("in/deep/er"));
    Files.writeString(in.resolve("a.txt"), "text");
    Files.createDirectories(directory.resolve("in/empty"));
    Path stdin = Files.writeString(directory.resolve("stdin"), "line");
    JobSpec spec =
        new JobSpec(
            1,
            List.of(
                new ItemSpec(List.of("x", "ü"), Map.of("K", "V"), false),
                new ItemSpec(List.of(), Map.of(), true)),
            16,
            1_000);
    byte[] archive = write(spec, Optional.of(directory.resolve("in")), List.of(stdin));
    assertThat(write(spec, Optional.of(directory.resolve("in")), List.of(stdin)))
        .isEqualTo(archive);
    assertThat(JobBundle.check(new ByteArrayInputStream(archive))).isEqualTo(spec);
    JobBundle bundle =
        JobBundle.extract(
            new ByteArrayInputStream(archive), Files.createDirectory(directory.resolve("to")));
    assertThat(bundle.spec()).isEqualTo(spec);
    assertThat(bundle.inputDirectory().orElseThrow().resolve("deep/er/a.txt")).hasContent("text");
    assertThat(bundle.inputDirectory().orElseThrow().resolve("empty")).isDirectory();
    assertThat(bundle.stdin(0)).isEmpty();
    assertThat(bundle.stdin(1).orElseThrow()).hasContent("line");
  }

  @Test
  void aBundleWithoutInputHasNone() throws IOException {
    byte[] archive = write(JobSpec.ofOne(List.of(), Map.of(), false), Optional.empty(), List.of());
    assertThat(
            JobBundle.extract(
                    new ByteArrayInputStream(archive),
                    Files.createDirectory(directory.resolve("to")))
                .inputDirectory())
        .isEmpty();
  }

  @Test
  void namesThatLeaveTheDirectoryOrMeanNothingAreRefused() throws IOException {
    List<String> names =
        new ArrayList<>(
            List.of(
                "/in/x",
                "in/../../x",
                "in/./x",
                "in//x",
                "in\\x",
                "in/\u0001",
                "other",
                "in/" + "x".repeat(1_100)));
    names.add("..");
    for (String name : names) {
      byte[] archive = zip(Map.of("job.json", SPEC, name, ""));
      assertThatThrownBy(() -> JobBundle.check(new ByteArrayInputStream(archive)))
          .as(name)
          .isInstanceOf(MalformedBundleException.class);
      assertThatThrownBy(() -> JobBundle.extract(new ByteArrayInputStream(archive), directory))
          .as(name)
          .isInstanceOf(MalformedBundleException.class);
    }
    assertThat(directory.resolveSibling("x")).doesNotExist();
  }

  @Test
  void aNameIsAFileOrADirectory() throws IOException {
    for (Map<String, String> files :
        List.of(
            Map.of("in/a", "", "in/a/b", ""),
            Map.of("in/a/", "", "in/a", ""),
            Map.of("in/a/b/", "", "in/a", ""))) {
      Map<String, String> all = new TreeMap<>(files);
      all.put("job.json", SPEC);
      assertThatThrownBy(() -> JobBundle.check(new ByteArrayInputStream(zip(all))))
          .isInstanceOf(MalformedBundleException.class);
    }
  }

  @Test
  void manifestsThatAreNoJobAreRefused() {
    for (String manifest :
        List.of(
            "",
            "{",
            "null",
            "[]",
            SPEC.replace("\"version\":1", "\"version\":2"),
            SPEC.replace("16", "0"),
            SPEC.replace("100", "-1"),
            SPEC.replace("{\"args\":[],\"env\":{},\"stdin\":false}", ""),
            SPEC.replace("\"args\":[]", "\"args\":null"),
            SPEC.replace("false", "true"))) {
      assertThatThrownBy(
              () -> JobBundle.check(new ByteArrayInputStream(zip(Map.of("job.json", manifest)))))
          .as(manifest)
          .isInstanceOf(MalformedBundleException.class);
    }
    assertThatThrownBy(() -> JobBundle.check(new ByteArrayInputStream(zip(Map.of("in/x", "")))))
        .isInstanceOf(MalformedBundleException.class);
    assertThatThrownBy(() -> JobBundle.check(new ByteArrayInputStream(new byte[100])))
        .isInstanceOf(MalformedBundleException.class);
  }

  @Test
  void aBombIsRefusedWithoutUnpackingItAll() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("in/bomb"));
      byte[] mebibyte = new byte[1 << 20];
      for (int i = 0; i < 257; i++) {
        zip.write(mebibyte);
      }
    }
    assertThatThrownBy(() -> JobBundle.check(new ByteArrayInputStream(bytes.toByteArray())))
        .isInstanceOf(MalformedBundleException.class)
        .hasMessageContaining("unpacks");
  }

  @Test
  void mutatedArchivesAreReadOrRefusedButNeverElse() throws IOException {
    byte[] archive = zip(new TreeMap<>(Map.of("job.json", SPEC, "in/a", "text", "in/b/", "")));
    Random random = new Random(31);
    for (int round = 0; round < 2_000; round++) {
      byte[] changed = archive.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      try {
        JobBundle.check(new ByteArrayInputStream(changed));
      } catch (IOException e) {
        assertThat(e).hasMessageNotContaining("Exception");
      }
    }
  }

  @Test
  void aResultReadsAsItWasWritten() throws IOException {
    List<ItemOutput> items =
        List.of(
            new ItemOutput(
                ItemOutcome.EXIT,
                3,
                10,
                "o".getBytes(UTF_8),
                "e".getBytes(UTF_8),
                files("a/b", "x", "ä", "y")),
            ItemOutput.invalid());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ResultBundle.write(bytes, items);
    List<ItemOutput> read = ResultBundle.read(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(JobHashes.resultRoot(read)).isEqualTo(JobHashes.resultRoot(items));
    assertThat(read.getFirst().stdout()).asString(UTF_8).isEqualTo("o");
    assertThat(read.getFirst().files().get("ä")).asString(UTF_8).isEqualTo("y");
    assertThat(JobHashes.units(read)).isEqualTo(10);
  }

  @Test
  void resultsThatAreNotWholeAreRefused() {
    String manifest = "{\"version\":1,\"items\":[{\"outcome\":\"EXIT\",\"detail\":0,\"units\":1}]}";
    for (Map<String, String> files :
        List.of(
            Map.of("result.json", manifest),
            Map.of("result.json", manifest, "0/stdout", ""),
            Map.of("result.json", manifest, "0/stdout", "", "0/stderr", "", "1/stdout", ""),
            Map.of("result.json", manifest, "0/stdout", "", "0/stderr", "", "0/out/", ""),
            Map.of(
                "result.json",
                manifest.replace("\"version\":1", "\"version\":2"),
                "0/stdout",
                "",
                "0/stderr",
                ""),
            Map.of(
                "result.json",
                manifest.replace("\"EXIT\"", "null"),
                "0/stdout",
                "",
                "0/stderr",
                ""),
            Map.of(
                "result.json",
                manifest.replace("\"units\":1", "\"units\":-1"),
                "0/stdout",
                "",
                "0/stderr",
                ""),
            Map.of("result.json", "{", "0/stdout", "", "0/stderr", ""),
            Map.of("result.json", "null", "0/stdout", "", "0/stderr", ""),
            Map.of("0/stdout", "", "0/stderr", ""))) {
      assertThatThrownBy(
              () -> ResultBundle.read(new ByteArrayInputStream(zip(new TreeMap<>(files)))))
          .as(files.toString())
          .isInstanceOf(MalformedBundleException.class);
    }
  }

  private static SortedMap<String, byte[]> files(String... namesAndContents) {
    TreeMap<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      files.put(namesAndContents[i], namesAndContents[i + 1].getBytes(UTF_8));
    }
    return files;
  }

  private static byte[] write(JobSpec spec, Optional<Path> in, List<Path> stdins)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JobBundle.write(bytes, spec, in, stdins);
    return bytes.toByteArray();
  }

  private static byte[] zip(Map<String, String> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }
}
