package ai.ubc.codec.evidence;

import ai.ubc.codec.Eip712;
import ai.ubc.codec.LogRoot;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.evidence.Receipt.ProvenRecord;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.codec.journal.JournalRecord;
import ai.ubc.codec.tree.TreeHash;
import ai.ubc.codec.tree.TreeHead;
import ai.ubc.codec.tree.TreeProofs;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The receipts in {@code src/test/receipts}, and what a notary that lies could make of them. */
final class KeptReceipts {
  static final List<String> NAMES =
      List.of(
          "accepted",
          "abandoned",
          "cancelled",
          "fraud",
          "held",
          "no-draw",
          "no-verdict",
          "others-matched",
          "redrawn",
          "rotated",
          "running",
          "second",
          "session-key",
          "unchecked",
          "unmatched",
          "waited",
          "waited-bond",
          "waited-close",
          "waited-key",
          "waiting",
          "withheld");

  private KeptReceipts() {}

  static byte[] file(String name) {
    try {
      return Files.readAllBytes(Path.of("src", "test", "receipts", name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Receipt receipt(String name) {
    try {
      return ReceiptFile.read(file(name));
    } catch (MalformedReceiptException e) {
      throw new IllegalStateException(name, e);
    }
  }

  static Supplied trusting(String name) {
    return Supplied.nothing().trusting(GenesisFile.hash(receipt(name).genesis()));
  }

  /** The key of an account of the kept networks; 200 is the notary's. */
  static KeyPair key(int account) {
    byte[] secret = new byte[Hash32.BYTES];
    Arrays.fill(secret, (byte) 1);
    secret[Hash32.BYTES - 1] = (byte) account;
    return KeyPair.of(secret);
  }

  /**
   * A receipt of these records as a notary would make it that says of any log that it is the
   * network's: positions in between hold nothing.
   */
  static byte[] notarised(Receipt kept, List<JournalRecord> records, long timeMs) {
    return notarised(kept, records, kept.pools(), timeMs);
  }

  /** The same with other lists of those who could be drawn. */
  static byte[] notarised(
      Receipt kept, List<JournalRecord> records, List<Pool> pools, long timeMs) {
    Genesis genesis = kept.genesis();
    Map<List<Long>, Hash32> nodes = new HashMap<>();
    TreeHead head = new TreeHead();
    Map<Long, JournalRecord> bySeq = new HashMap<>();
    records.forEach(record -> bySeq.put(record.seq(), record));
    long size = records.getLast().seq() + 1;
    for (long seq = 1; seq <= size; seq++) {
      JournalRecord record = bySeq.get(seq);
      head.append(
          record == null ? Hash32.ZERO : TreeHash.leaf(record.leaf()),
          (level, index, hash) -> nodes.put(List.of((long) level, index), hash));
    }
    TreeProofs proofs =
        new TreeProofs(
            (level, index) -> Objects.requireNonNull(nodes.get(List.of((long) level, index))));
    List<ProvenRecord> proven = new ArrayList<>();
    records.forEach(
        record -> proven.add(new ProvenRecord(record, proofs.inclusion(record.seq() - 1, size))));
    LogRoot root = new LogRoot(size, head.root(), timeMs);
    byte[] signature =
        root.sign(new Eip712(genesis.chainId(), GenesisFile.hash(genesis)), key(200));
    return ReceiptFile.write(new Receipt(kept.job(), genesis, root, signature, proven, pools));
  }
}
