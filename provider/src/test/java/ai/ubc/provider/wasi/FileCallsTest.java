package ai.ubc.provider.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.provider.runtime.Bytes;
import ai.ubc.provider.runtime.ItemResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls on files, directories and descriptors. */
class FileCallsTest {

  @TempDir static Path input;

  @BeforeAll
  static void writeInput() throws IOException {
    Files.writeString(input.resolve("b.txt"), "hello input");
    Files.writeString(input.resolve("ä.txt"), "");
    Files.createDirectories(input.resolve("sub/deep"));
    Files.writeString(input.resolve("sub/c.txt"), "below");
  }

  @Test
  void preopenedDirectoriesAreInAndOut() {
    Transcript.check(
        input,
        """
        prestat 3 10 => 0 3 0 /in
        prestat 4 4 => 0 4 0 /out
        prestat 4 3 => 0 4 37
        prestat 5 10 => 8
        prestat 0 9 => 8
        """);
  }

  @Test
  void inputIsReadAtAnyPosition() {
    Transcript.check(
        input,
        """
        open 3 b.txt 0 2 0 => 0 5
        read 5 5 3 => 0 8 hello in
        tell 5 => 0 8
        seek 5 -3 1 => 0 5
        read 5 100 => 0 6  input
        read 5 100 => 0 0
        pread 5 5 6 => 0 5 input
        pread 5 5 100 => 0 0
        seek 5 -1 2 => 0 10
        read 5 9 => 0 1 t
        seek 5 -100 1 => INVAL
        seek 5 0 7 => INVAL
        close 5 => 0
        read 5 1 => BADF
        close 5 => BADF
        """);
  }

  @Test
  void inputIsReadOnly() {
    ItemResult result =
        Transcript.check(
            input,
            """
            open 3 b.txt 0 64 0 => ROFS
            open 3 b.txt 8 2 0 => ROFS
            open 3 new.txt 1 66 0 => ROFS
            mkdir 3 new => ROFS
            unlink 3 b.txt => ROFS
            rmdir 3 sub/deep => ROFS
            rename 3 b.txt 4 b.txt => ROFS
            rename 3 b.txt 3 c.txt => ROFS
            ptimes 3 b.txt => ROFS
            open 3 b.txt 0 2 0 => 0 5
            write 5 x => BADF
            pwrite 5 x 0 => BADF
            size 5 0 => BADF
            allocate 5 0 100 => BADF
            times 5 => ROFS
            """);
    assertThat(result.files()).isEmpty();
  }

  @Test
  void noPathLeavesItsDirectory() {
    Transcript.check(
        input,
        """
        open 3 ../etc/passwd 0 2 0 => NOTCAPABLE
        open 3 /etc/passwd 0 2 0 => NOTCAPABLE
        open 3 sub/../../x 0 2 0 => NOTCAPABLE
        open 3 sub/../b.txt 0 2 0 => 0 5
        open 3 sub 2 0 0 => 0 6
        open 6 ../b.txt 0 2 0 => NOTCAPABLE
        open 6 c.txt 0 2 0 => 0 7
        pstat 3 .. => NOTCAPABLE
        mkdir 4 ../x => NOTCAPABLE
        symlink /etc/passwd 4 link => NOTSUP
        link 3 b.txt 4 link => NOTSUP
        readlink 3 b.txt => INVAL
        readlink 3 nothing => NOENT
        """);
  }

  @Test
  void pathsAreChecked() {
    Transcript.check(
        input,
        """
        open 3 nothing 0 2 0 => NOENT
        open 3 - 0 2 0 => NOENT
        open 3 b.txt/x 0 2 0 => NOTDIR
        open 3 b.txt/ 0 2 0 => NOTDIR
        open 3 b.txt 2 0 0 => NOTDIR
        open 3 nothing/x 0 2 0 => NOENT
        open 3 ./sub//./c.txt 0 2 0 => 0 5
        open 0 b.txt 0 2 0 => NOTDIR
        open 9 b.txt 0 2 0 => BADF
        open 3 sub 8 2 0 => ISDIR
        open 3 sub 0 64 0 => ISDIR
        open 4 a\\b 1 64 0 => ILSEQ
        open 4 a\u007Fb 1 64 0 => ILSEQ
        open 4 x 3 64 0 => INVAL
        open 4 x/ 1 64 0 => NOTDIR
        open 4 {n*256} 1 64 0 => NAMETOOLONG
        open 4 {n/*2050} 0 2 0 => NAMETOOLONG
        """
            .replace("{n*256}", "n".repeat(256))
            .replace("{n/*2050}", "n/".repeat(2_050)));
  }

  @Test
  void filesAreWrittenAnywhereAndKept() {
    ItemResult result =
        Transcript.check(
            input,
            """
            mkdir 4 dir => 0
            open 4 dir/a.txt 1 66 0 => 0 5
            write 5 hello => 0 5
            pwrite 5 J 0 => 0 1
            seek 5 8 0 => 0 8
            write 5 end => 0 3
            pread 5 20 0 => 0 11 Jello\0\0\0end
            open 4 dir/a.txt 0 66 1 => 0 6
            write 6 ! => 0 1
            tell 6 => 0 12
            flags 6 0 => 0
            flags 6 64 => INVAL
            fdstat 6 => 0 type 4 flags 0 rights 1073741823 1073741823
            open 4 dir/a.txt 5 66 0 => EXIST
            open 4 b.txt 9 64 0 => 0 7
            write 7 gone => 0 4
            read 7 1 => BADF
            open 4 b.txt 9 64 0 => 0 8
            write 8 kept => 0 4
            size 8 2 => 0
            allocate 8 1 5 => 0
            allocate 8 0 3 => 0
            allocate 8 0 0 => INVAL
            size 8 18446744073709551615 => FBIG
            pwrite 8 x 18446744073709551615 => INVAL
            sync 8 => 0 0
            times 8 => 0
            advise 8 => 0
            rights 8 => 0
            ptimes 4 b.txt => 0
            """);
    assertThat(result.files())
        .containsOnlyKeys("b.txt", "dir/a.txt")
        .containsEntry("b.txt", Bytes.copyOf("ke\0\0\0\0".getBytes(UTF_8)))
        .containsEntry("dir/a.txt", Bytes.copyOf("Jello\0\0\0end!".getBytes(UTF_8)));
  }

  @Test
  void entriesAreMovedAndRemoved() {
    ItemResult result =
        Transcript.check(
            input,
            """
            mkdir 4 a => 0
            mkdir 4 a => EXIST
            mkdir 4 a/b/ => 0
            open 4 a/f 1 64 0 => 0 5
            write 5 moved => 0 5
            rename 4 a/f 4 a/b/g => 0
            rename 4 a/b/g 4 a/b/g => 0
            rename 4 a 4 a/b/c => INVAL
            rename 4 a/b 4 c => 0
            rmdir 4 c => NOTEMPTY
            rmdir 4 a => 0
            rmdir 4 c/g => NOTDIR
            unlink 4 c => ISDIR
            unlink 4 nothing => NOENT
            mkdir 4 d => 0
            rename 4 c/g 4 d => ISDIR
            rename 4 c 4 d => 0
            open 4 e 1 64 0 => 0 6
            rename 4 d 4 e => NOTDIR
            open 4 f 1 64 0 => 0 7
            unlink 4 f => 0
            unlink 4 e => 0
            write 7 f => 0 1
            mkdir 4 h => 0
            rename 4 h 4 d => NOTEMPTY
            rename 4 d/g 4 x/y => NOENT
            rename 4 d/g 4 z/ => NOTDIR
            rename 4 . 4 q => INVAL
            rename 4 d/g 4 top => 0
            """);
    assertThat(result.files()).containsOnlyKeys("top");
  }

  @Test
  void directoriesAreListedByTheBytesOfNames() {
    Transcript.check(
        input,
        """
        open 3 . 2 0 0 => 0 5
        list 5 4096 0 => 0 used 137 .:3:1 ..:3:2 b.txt:4:3 sub:3:4 ä.txt:4:5
        list 5 4096 3 => 0 used 57 sub:3:4 ä.txt:4:5
        list 5 60 0 => 0 used 60 .:3:1 ..:3:2
        list 5 4096 18446744073709551615 => 0 used 0
        open 3 b.txt 0 2 0 => 0 6
        list 6 4096 0 => NOTDIR
        list 0 4096 0 => NOTDIR
        read 5 1 => ISDIR
        write 5 x => ISDIR
        seek 5 0 0 => ISDIR
        """);
  }

  @Test
  void statsDependOnNothingOfTheHost() {
    Transcript.check(
        input,
        """
        stat 3 => 0 ino 1 type 3 links 1 size 0 mtime {time}
        pstat 3 b.txt => 0 ino 2 type 4 links 1 size 11 mtime {time}
        pstat 3 sub/c.txt => 0 ino 4 type 4 links 1 size 5 mtime {time}
        pstat 3 ä.txt => 0 ino 6 type 4 links 1 size 0 mtime {time}
        pstat 3 b.txt/ => NOTDIR
        stat 4 => 0 ino 4294967296 type 3 links 1 size 0 mtime {time}
        open 4 n 1 66 0 => 0 5
        write 5 abc => 0 3
        stat 5 => 0 ino 4294967297 type 4 links 1 size 3 mtime {time}
        stat 0 => 0 ino 0 type 0 links 1 size 0 mtime {time}
        stat 99 => BADF
        fdstat 0 => 0 type 0 flags 0 rights 2 1073741823
        fdstat 1 => 0 type 0 flags 0 rights 64 1073741823
        fdstat 3 => 0 type 3 flags 0 rights 1073741823 1073741823
        """
            .replace("{time}", String.valueOf(Meter.CLOCK_START)));
  }

  @Test
  void streamsDoNotSeekAndSocketsAreNotThere() {
    Transcript.check(
        input,
        """
        seek 1 0 1 => SPIPE
        tell 0 => SPIPE
        pread 0 1 0 => SPIPE
        write 0 x => BADF
        read 1 1 => BADF
        size 1 0 => SPIPE
        sockets 1 => NOTSOCK NOTSOCK NOTSOCK
        sockets 50 => BADF BADF BADF
        flags 1 1 => 0
        """);
  }

  @Test
  void descriptorsAreRenumbered() {
    Transcript.check(
        input,
        """
        open 3 b.txt 0 2 0 => 0 5
        renumber 5 3 => 0
        read 3 5 => 0 5 hello
        read 5 5 => BADF
        renumber 3 3 => 0
        renumber 3 9 => BADF
        renumber 9 3 => BADF
        open 4 x 1 64 0 => 0 5
        """);
  }

  @Test
  void addressesOutsideMemoryAreFaults() {
    Transcript.check(
        input,
        """
        wild 1 4294967295 1 => FAULT
        wild 1 4294967280 32 => FAULT
        wild 1 0 4294967295 => FAULT
        vectors 0 1 4294967294 => FAULT
        vectors 0 1025 1024 => INVAL
        vectors 0 4294967295 1024 => INVAL
        """);
  }
}
