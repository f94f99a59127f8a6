package ai.ubc.codec.evidence;

import static ai.ubc.codec.evidence.BrokenLinkException.require;

import ai.ubc.domain.Address;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Whether each key may act for the account it names: as its owner at that time, or under a mandate
 * of that owner (ACC-001, ACC-003, ACC-004, ADM-003, ADM-007, MAN-001 to MAN-005). One thread.
 */
final class PartiesCheck {
  private record Delegate(int account, Address key) {}

  private record Grant(long seq, Event.MandateGranted mandate) {}

  private final JobFacts facts;
  private final Findings findings;
  private final GenesisAccounts accounts;
  private final Map<Integer, Address> owners = new TreeMap<>();
  private final Map<Integer, Address> named = new TreeMap<>();
  private final List<String> changes = new ArrayList<>();
  private final Map<Delegate, Grant> grants = new HashMap<>();
  private final TreeMap<Long, Event.MandateGranted> used = new TreeMap<>();
  // Accounts whose registration or change of owner nothing rests on yet.
  private final TreeSet<Integer> idleAccounts = new TreeSet<>();
  private final TreeSet<Long> idleGrants = new TreeSet<>();

  PartiesCheck(JobFacts facts, Findings findings) {
    this.facts = facts;
    this.findings = findings;
    this.accounts = new GenesisAccounts(facts.genesis);
  }

  /** The record that registered an account. */
  void registered(RecordView view, RecordView.User user, Command.RegisterAccount command)
      throws BrokenLinkException {
    ExpectedEvents expected = new ExpectedEvents(facts, view);
    int account = expected.recorded(Event.AccountRegistered.class, EvidenceLink.PARTIES).account();
    expected.add(new Event.AccountRegistered(account, command.owner()));
    expected.compare(EvidenceLink.PARTIES, EvidenceLink.PARTIES);
    require(
        user.signer().equals(command.owner())
            && user.head().account() == 0
            && !accounts.has(account)
            && owners.put(account, command.owner()) == null,
        EvidenceLink.PARTIES,
        "Record " + view.seq() + " registers an account as the rules do not.");
    idleAccounts.add(account);
  }

  /**
   * Passes who may act for the account in this record.
   *
   * @return the mandate that it acts under; empty for the owner
   */
  Optional<Event.MandateGranted> acting(RecordView view, RecordView.User user)
      throws BrokenLinkException {
    int account = user.head().account();
    idleAccounts.remove(account);
    Optional<Address> owner = owner(account);
    require(
        owner.isPresent(),
        EvidenceLink.PARTIES,
        "The record that registered account " + account + " is missing.");
    if (owner.filter(user.signer()::equals).isPresent()) {
      return Optional.empty();
    }
    Grant grant = grants.get(new Delegate(account, user.signer()));
    if (grant == null) {
      throw new BrokenLinkException(
          EvidenceLink.PARTIES,
          "Record "
              + view.seq()
              + " is by a key that neither owns account "
              + account
              + " nor has a mandate of it here.");
    }
    idleGrants.remove(grant.seq());
    Event.MandateGranted mandate = grant.mandate();
    require(
        view.nowMs() < mandate.expiresMs(),
        EvidenceLink.MANDATE,
        "Record " + view.seq() + " came after the end of mandate " + mandate.mandate() + ".");
    require(
        user.command() instanceof Command.SubmitJob
            || user.command() instanceof Command.CancelJob
            || user.command() instanceof Command.RevealSecret
            || user.command() instanceof Command.CloseJob,
        EvidenceLink.MANDATE,
        "Record " + view.seq() + " is nothing that a session key may do.");
    used.put(mandate.mandate(), mandate);
    return Optional.of(mandate);
  }

  /** The record in which an owner named the next one (ACC-003). */
  void named(RecordView view, int account, Command.NameOwner command) throws BrokenLinkException {
    ExpectedEvents expected = new ExpectedEvents(facts, view);
    expected.add(new Event.OwnerNamed(account, command.newOwner()));
    expected.compare(EvidenceLink.PARTIES, EvidenceLink.PARTIES);
    require(
        named.put(account, command.newOwner()) == null,
        EvidenceLink.FILE,
        "Record " + view.seq() + " names another owner of account " + account + " than took over.");
  }

  /** The record in which the key that was named took the account over (ACC-004). */
  void accepted(RecordView view, RecordView.User user) throws BrokenLinkException {
    int account = user.head().account();
    Address owner = user.signer();
    require(
        owner.equals(named.remove(account)),
        EvidenceLink.PARTIES,
        "Record "
            + view.seq()
            + " gives account "
            + account
            + " to a key that its owner did not name here.");
    ExpectedEvents expected = new ExpectedEvents(facts, view);
    expected.add(new Event.OwnerChanged(account, owner));
    // Which mandates live is not in a receipt; that they end is (EVD-030).
    long last = Long.MAX_VALUE;
    for (Event.MandateRevoked revoked : expected.recorded(Event.MandateRevoked.class)) {
      require(
          revoked.mandate() > 0 && revoked.mandate() < last,
          EvidenceLink.PARTIES,
          "Record " + view.seq() + " ends mandates out of order.");
      last = revoked.mandate();
      expected.add(revoked);
    }
    expected.compare(EvidenceLink.PARTIES, EvidenceLink.PARTIES);
    owners.put(account, owner);
    grants.keySet().removeIf(delegate -> delegate.account() == account);
    idleAccounts.add(account);
    changes.add(
        "Account " + account + " changed its owner to " + owner + " in record " + view.seq() + ".");
  }

  /** The record in which an owner gave a key a mandate (MAN-002). */
  void granted(RecordView view, int account, Command.GrantMandate command)
      throws BrokenLinkException {
    ExpectedEvents expected = new ExpectedEvents(facts, view);
    long number = expected.recorded(Event.MandateGranted.class, EvidenceLink.MANDATE).mandate();
    Event.MandateGranted mandate =
        new Event.MandateGranted(
            number,
            account,
            0,
            command.key(),
            command.amountMicros(),
            command.expiresMs(),
            command.classes());
    expected.add(mandate);
    expected.compare(EvidenceLink.MANDATE, EvidenceLink.MANDATE);
    grants.put(new Delegate(account, command.key()), new Grant(view.seq(), mandate));
    idleGrants.add(view.seq());
  }

  /** Passes while a mandate lives, as far as the records tell. */
  void requireLive(RecordView view, Event.MandateGranted mandate) throws BrokenLinkException {
    require(
        view.nowMs() < mandate.expiresMs()
            && grants.values().stream().anyMatch(grant -> grant.mandate().equals(mandate)),
        EvidenceLink.MANDATE,
        "Record %d begins a job whose mandate %d had ended."
            .formatted(view.seq(), mandate.mandate()));
  }

  /** Says who acted, when every record was gone through. */
  void tell() throws BrokenLinkException {
    require(
        idleAccounts.isEmpty(),
        EvidenceLink.FILE,
        "The records that registered the accounts "
            + idleAccounts
            + ", or changed their owners, have nothing to do with the job.");
    require(
        named.isEmpty(),
        EvidenceLink.FILE,
        "The owners named for the accounts " + named.keySet() + " did not take them over here.");
    require(
        idleGrants.isEmpty(),
        EvidenceLink.FILE,
        "The mandates of the records " + idleGrants + " have nothing to do with the job.");
    findings.shown(
        EvidenceLink.PARTIES,
        String.join(" ", Stream.concat(Stream.of(acted()), changes.stream()).toList()));
    if (used.isEmpty()) {
      findings.notShown(EvidenceLink.MANDATE, "No session key acted: the owners did.");
    } else {
      findings.shown(
          EvidenceLink.MANDATE,
          String.join(" ", used.values().stream().map(this::sentence).toList()));
    }
  }

  private String acted() throws BrokenLinkException {
    String requester = named(facts.order().requester());
    return facts.terms == null
        ? "Every key may act for the account it named; the requester is " + requester + "."
        : "Every key may act for the account it named; the requester is %s, the provider %s."
            .formatted(requester, named(facts.terms.provider()));
  }

  private String named(int account) {
    return account + " (" + owner(account).map(Address::toString).orElse("unknown") + ")";
  }

  private String sentence(Event.MandateGranted mandate) {
    String limits =
        "Key %s acted for account %d under mandate %d: at most %d micro-COMPUTE, until %d ms of log time."
            .formatted(
                mandate.key(),
                mandate.account(),
                mandate.mandate(),
                mandate.amountMicros(),
                mandate.expiresMs());
    return facts.mandate.filter(mandate::equals).isPresent()
        ? limits + " The order counted " + facts.countedMicros + " against it."
        : limits;
  }

  private Optional<Address> owner(int account) {
    Address owner = owners.get(account);
    return owner == null && accounts.has(account)
        ? Optional.of(accounts.owner(account))
        : Optional.ofNullable(owner);
  }
}
