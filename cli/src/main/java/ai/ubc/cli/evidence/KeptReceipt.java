package ai.ubc.cli.evidence;

import ai.ubc.cli.client.ClientSettings;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.Context;
import ai.ubc.codec.evidence.EvidenceReport;
import ai.ubc.codec.evidence.MalformedReceiptException;
import ai.ubc.codec.evidence.MapReceipt;
import ai.ubc.codec.evidence.MapReceiptFile;
import ai.ubc.codec.evidence.MapReceiptVerifier;
import ai.ubc.codec.evidence.MapReport;
import ai.ubc.codec.evidence.Receipt;
import ai.ubc.codec.evidence.ReceiptFile;
import ai.ubc.codec.evidence.ReceiptVerifier;
import ai.ubc.codec.evidence.Supplied;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcException;
import ai.ubc.verifier.ReportText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The receipt of a job, or of a map, that was bought: kept, looked at, and named to whoever bought
 * it.
 */
public final class KeptReceipt {
  private KeptReceipt() {}

  /**
   * Keeps the receipt of a decided job below the user's directory and names it on standard error.
   * The result is there without it, so what goes wrong is told and changes nothing else.
   *
   * @param after position of an entry that the receipt must cover
   * @return what the JSON says of it: its {@code file}, {@code conclusion} and {@code checking}, or
   *     why there is none as {@code message}
   */
  public static Map<String, Object> ofJob(
      Session session, long job, long after, ClientSettings settings) throws InterruptedException {
    PrintStream err = settings.surroundings().err();
    try {
      Supplied supplied = trusting(settings);
      Path file = ReceiptFiles.keep(session, job, after, settings.surroundings().home());
      EvidenceReport report = ReceiptVerifier.verify(ReceiptFiles.read(file), supplied);
      err.println("ubc: receipt in " + file + ": " + ReportText.line(report));
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("file", file.toString());
      facts.put("conclusion", report.conclusion());
      facts.put("checking", report.checking());
      return facts;
    } catch (CommandFailure | UbcException e) {
      return missing(e, err);
    }
  }

  /**
   * A job whose receipt is wanted.
   *
   * @param job its number
   * @param after position of an entry that the receipt must cover; 0 for none
   */
  public record Wanted(long job, long after) {}

  /**
   * Keeps the receipt of a map in a file and names it on standard error, as {@link #ofJob} does.
   *
   * @param jobs all jobs that were bought for the map
   * @param items what its items gave
   * @return what the JSON says of it: its {@code file}, {@code conclusion} and {@code sum}, or why
   *     there is none as {@code message}
   */
  public static Map<String, Object> ofMap(
      Session session,
      List<Wanted> jobs,
      List<MapReceipt.Item> items,
      Path file,
      ClientSettings settings)
      throws InterruptedException {
    PrintStream err = settings.surroundings().err();
    try {
      Supplied supplied = trusting(settings);
      List<Receipt> receipts = new ArrayList<>();
      for (Wanted wanted : jobs) {
        receipts.add(ReceiptFile.read(session.jobReceipt(wanted.job(), wanted.after())));
      }
      receipts.sort(Comparator.comparingLong(Receipt::job));
      byte[] whole = MapReceiptFile.write(new MapReceipt(items, receipts));
      ReceiptFiles.write(file, whole);
      MapReport report = MapReceiptVerifier.verify(whole, supplied);
      err.println("ubc: receipt in " + file + ": " + ReportText.line(report));
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("file", file.toString());
      facts.put("conclusion", report.conclusion());
      facts.put("sum", report.sum());
      return facts;
    } catch (CommandFailure | UbcException | MalformedReceiptException e) {
      return missing(e, err);
    }
  }

  private static Map<String, Object> missing(Exception e, PrintStream err) {
    err.println("ubc: no receipt was kept: " + e.getMessage());
    return Map.of("message", String.valueOf(e.getMessage()));
  }

  /** What a reader has who trusts the network of the context in use, if there is one. */
  static Supplied trusting(ClientSettings settings) throws CommandFailure {
    Optional<Context> context = settings.context();
    return context.isPresent()
        ? Supplied.nothing().trusting(ReceiptFiles.fingerprint(context.get().fingerprint()))
        : Supplied.nothing();
  }
}
