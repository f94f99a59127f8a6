package ai.ubc.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.cli.files.Examples;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import javax.imageio.ImageIO;

/** What the demonstration asserts of its jobs, computed here anew. */
final class DemoChecks {
  private DemoChecks() {}

  /** The number of primes up to a limit, by a sieve of our own. */
  static long primesUpTo(int limit) {
    BitSet composite = new BitSet(limit + 1);
    long count = 0;
    for (int i = 2; i <= limit; i++) {
      if (!composite.get(i)) {
        count++;
        for (long j = (long) i * i; j <= limit; j += i) {
          composite.set((int) j);
        }
      }
    }
    return count;
  }

  /** Bytes of all files of a directory. */
  static long bytesIn(Path directory) throws IOException {
    long bytes = 0;
    for (String name : Examples.TEXTS) {
      bytes += Files.size(directory.resolve(name));
    }
    return bytes;
  }

  /** Whether a text holds a number as a word of its own. */
  static boolean mentions(byte[] text, long number) {
    return new String(text, UTF_8).replace(",", "").matches("(?s).*\\b" + number + "\\b.*");
  }

  /** Whether the bytes are a picture that shows more than one colour. */
  static boolean isPicture(byte[] file) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
    if (image == null) {
      return false;
    }
    int first = image.getRGB(0, 0);
    for (int x = 0; x < image.getWidth(); x++) {
      if (image.getRGB(x, image.getHeight() / 2) != first) {
        return true;
      }
    }
    return false;
  }
}
