package ai.ubc.codec.evidence;

import ai.ubc.codec.LogRoot;
import ai.ubc.codec.evidence.Receipt.ProvenRecord;
import ai.ubc.codec.journal.JournalRecord;
import ai.ubc.codec.tree.TreeProofs;
import ai.ubc.domain.Address;
import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Puts a receipt together (EVD-010): the records of the job, and what they rest on: the offer, the
 * registrations, changes of owner and mandates of those who acted, the beacon's records that
 * published the heads of the draws, and who could be drawn (EVD-012). One receipt, one thread.
 */
public final class ReceiptAssembly {
  private final GenesisAccounts accounts;
  private final ReceiptSource source;
  private final long size;
  private final TreeMap<Long, JournalRecord> records = new TreeMap<>();

  private ReceiptAssembly(Genesis genesis, ReceiptSource source, long size) {
    this.accounts = new GenesisAccounts(genesis);
    this.source = source;
    this.size = size;
  }

  /**
   * The receipt of a job as of a signed root.
   *
   * @param signature the notary's signature over the root
   * @throws IllegalArgumentException when the log of that size has no record of the job, or a
   *     record can not be read
   */
  public static Receipt of(
      long job,
      Genesis genesis,
      LogRoot root,
      byte[] signature,
      ReceiptSource source,
      TreeProofs proofs) {
    ReceiptAssembly assembly = new ReceiptAssembly(genesis, source, root.size());
    assembly.collect(job);
    List<ProvenRecord> proven = new ArrayList<>();
    assembly.records.forEach((seq, record) ->
        proven.add(new ProvenRecord(record, proofs.inclusion(seq - 1, root.size()))));
    return new Receipt(job, genesis, root, signature, proven, assembly.pools(job));
  }

  private List<Pool> pools(long job) {
    List<Pool> pools = new ArrayList<>();
    for (JournalRecord record : records.values()) {
      for (Event event : view(record).events()) {
        if (event instanceof Event.DrawMade made && made.job() == job) {
          source
              .ofRound(job, made.round())
              .filter(pool -> pool.eligible().size() <= Pool.ELIGIBLE_MAX)
              .ifPresent(pools::add);
        }
      }
    }
    return pools;
  }

  private void collect(long job) {
    source.ofJob(job).forEach(this::add);
    if (records.isEmpty()) {
      throw new IllegalArgumentException("the log of " + size + " has no record of job " + job);
    }
    for (JournalRecord record : List.copyOf(records.values())) {
      restOn(view(record), job);
    }
    for (JournalRecord record : List.copyOf(records.values())) {
      if (view(record).asked() instanceof RecordView.User user && user.head().account() != 0) {
        int account = user.head().account();
        registration(account);
        if (!ownerBefore(account, record.seq()).filter(user.signer()::equals).isPresent()) {
          add(source.ofMandate(account, user.signer(), record.seq()));
        }
      }
    }
  }

  // Who owned the account then, with the records that show it; a key that owns an account acts as
  // its owner, whatever mandate it had once.
  private Optional<Address> ownerBefore(int account, long seq) {
    Optional<Address> owner =
        accounts.has(account)
            ? Optional.of(accounts.owner(account))
            : source.ofAccount(account).stream().mapToObj(this::signer).findFirst();
    for (long change : source.ofOwners(account)) {
      if (change < seq) {
        add(change);
        add(source.ofNaming(account, change));
        owner = Optional.of(signer(change));
      }
    }
    return owner;
  }

  private Address signer(long seq) {
    if (view(source.record(seq)).asked() instanceof RecordView.User user) {
      return user.signer();
    }
    throw new IllegalArgumentException("record " + seq + " is of no user");
  }

  private void restOn(RecordView view, long job) {
    Stream.concat(view.eventsOf(job).stream(), view.matchOf(job).stream())
        .forEach(event -> {
          if (event instanceof Event.OfferTaken taken) {
            add(source.ofOffer(taken.order()));
          }
        });
    for (Event event : view.events()) {
      if (event instanceof Event.BeaconOpened opened && opened.slot() > 1) {
        add(source.ofBeacon(opened.slot() - 1));
      }
    }
  }

  private void registration(int account) {
    if (account != 0 && !accounts.has(account)) {
      add(source.ofAccount(account));
    }
  }

  private void add(OptionalLong seq) {
    seq.ifPresent(this::add);
  }

  private void add(long seq) {
    if (seq <= size) {
      records.computeIfAbsent(seq, source::record);
    }
  }

  private static RecordView view(JournalRecord record) {
    try {
      return RecordView.of(record);
    } catch (BrokenLinkException e) {
      throw new IllegalArgumentException(e.sentence(), e);
    }
  }
}
