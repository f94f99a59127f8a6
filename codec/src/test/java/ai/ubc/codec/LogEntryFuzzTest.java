package ai.ubc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.generated.CommandCodec;
import ai.ubc.codec.generated.EventDecoder;
import ai.ubc.codec.generated.EventEncoder;
import ai.ubc.codec.generated.EventRecords;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Hash32;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Whatever bytes come: what decodes has one form, and the rest is refused as it is meant to be. */
final class LogEntryFuzzTest {
  private static final Eip712 DOMAIN = new Eip712(0, new Hash32(1, 2, 3, 4));

  @FuzzTest(maxDuration = "5m")
  void anEntryThatDecodesIsEncodedToTheSameBytes(byte[] bytes) {
    UnsafeBuffer entry = new UnsafeBuffer(bytes);
    if (!LogEntry.isWellFormed(entry, 0, bytes.length)) {
      return;
    }
    int template = LogEntry.templateId(entry, 0);
    int signed = LogEntry.signedLength(bytes.length);
    if (!LogEntry.isUser(template)) {
      byte[] system = LogEntry.system(entry, 0, signed);
      assertThat(Arrays.copyOf(system, signed)).isEqualTo(Arrays.copyOf(bytes, signed));
      return;
    }
    Command.Head head = CommandCodec.head(entry, LogEntry.HEADER_BYTES);
    Command command = CommandCodec.decode(entry, LogEntry.HEADER_BYTES, template);
    UnsafeBuffer again = new UnsafeBuffer(new byte[bytes.length]);
    assertThat(CommandCodec.encode(head, command, again, 0)).isEqualTo(signed);
    assertThat(Arrays.copyOf(again.byteArray(), signed)).isEqualTo(Arrays.copyOf(bytes, signed));
  }

  @FuzzTest(maxDuration = "5m")
  void whatIsAdmittedIsProven(byte[] sent) {
    LogEntry.admit(DOMAIN, sent)
        .ifPresent(entry -> {
          assertThat(LogEntry.isSignedCommand(sent)).isTrue();
          assertThat(LogEntry.isWellFormed(new UnsafeBuffer(entry), 0, entry.length)).isTrue();
          assertThat(LogEntry.isSignerProven(DOMAIN, entry)).isTrue();
          assertThat(Arrays.copyOf(entry, sent.length)).isEqualTo(sent);
        });
    AccessToken.parse(DOMAIN, new String(sent, StandardCharsets.ISO_8859_1))
        .ifPresent(token -> assertThat(token.account()).isPositive());
  }

  @FuzzTest(maxDuration = "5m")
  void eventsThatDecodeAreTheSameWhenEncodedAndDecodedAgain(byte[] bytes) {
    List<Event> events = new ArrayList<>();
    try {
      EventDecoder.dispatch(
          new UnsafeBuffer(bytes), 0, bytes.length, new EventRecords(events::add));
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("event");
      return;
    }
    EventEncoder encoder = new EventEncoder(new ExpandableArrayBuffer(Math.max(1, bytes.length)));
    EventDecoder.dispatch(new UnsafeBuffer(bytes), 0, bytes.length, encoder);
    // A block may be longer than this version knows; what it does not know is left out.
    assertThat(encoder.length()).isLessThanOrEqualTo(bytes.length);
    List<Event> again = new ArrayList<>();
    EventDecoder.dispatch(encoder.buffer(), 0, encoder.length(), new EventRecords(again::add));
    assertThat(again).isEqualTo(events);
  }
}
