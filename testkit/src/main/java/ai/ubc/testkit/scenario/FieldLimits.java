package ai.ubc.testkit.scenario;

import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.Keccak;
import ai.ubc.domain.Role;
import ai.ubc.domain.Tier;
import ai.ubc.domain.Verdict;
import ai.ubc.domain.rules.JobWindows;
import ai.ubc.testkit.ChangedRecord;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Every field of every command at zero, one, the ends of its type, and each limit of the network
 * with its neighbours, while all its other fields are right, and then right itself. For each value
 * the accounts, job, offer or mandate that the command is about are made anew, so that nothing but
 * this value can keep it from being carried out. The seed only makes hashes.
 */
public final class FieldLimits extends NetworkOfItsOwn {
  private static final long FUNDS_MICROS = 1L << 58;
  private static final long PURSE_MICROS = 1L << 36;
  private static final long SMALL_BOND_MICROS = 10_000_000;
  private static final long UNITS = 1_000_000;
  private static final long PRICE = 1_000;
  private static final int BANK = FIRST_FUNDED;
  private static final int PROVIDER = 3;
  private static final int VALIDATOR = 4;
  private static final int OTHER = 5;
  private static final int ACCOUNTS = 5;
  private static final int BEACONS = 1_024;
  private static final int MANY = 15;
  private static final int TICKS = 16;

  // One validator is a quorum, and nothing has to wait a day.
  private static final Map<String, ?> PARAMETERS =
      Map.of("validatorsMin", 1, "bondUnlockMs", 0L, "pendingPerSignerMax", Integer.MAX_VALUE);

  /** A command that would be carried out, and who may give it. */
  private record Template(Address signer, int account, Command command) {}

  /** Makes what a command is about, and the command. */
  private interface Setting {
    Template make();
  }

  private final List<Setting> settings = new ArrayList<>();
  private final Deque<Step> steps = new ArrayDeque<>();
  private final List<Long> rightGiven = new ArrayList<>();
  private final List<Long> limits;
  private int setting;
  private int field;
  private int value;
  private long nonce;
  private int lastAccount = ACCOUNTS;
  private long lastJob;
  private long lastOrder;
  private long lastMandate;
  private long fresh = 1_000;

  /**
   * A network of its own.
   *
   * @param keccak used by this source alone
   */
  public FieldLimits(long seed, Keccak keccak) {
    super("limits", seed, keccak, PARAMETERS, ACCOUNTS, FUNDS_MICROS, BEACONS);
    limits = limits();
    begin();
    listSettings();
  }

  private List<Long> limits() {
    SortedSet<Long> values = new TreeSet<>(List.of(Long.MIN_VALUE, Long.MAX_VALUE, -1L, 0L, 1L));
    List<Long> named =
        List.of(
            parameters.minimumPriceMicros(),
            parameters.bondMinMicros(),
            (long) parameters.validatorsMax(),
            (long) parameters.itemsMax(),
            parameters.unitsMax(),
            parameters.priceMicrosMax(),
            parameters.runWindowMaxMs(),
            JobWindows.runWindowLeastMs(parameters, UNITS),
            JobWindows.WAIT_MAX_MS,
            SMALL_BOND_MICROS,
            FUNDS_MICROS,
            UNITS,
            3L,
            255L,
            65_535L,
            (long) Integer.MAX_VALUE,
            0xFFFF_FFFFL);
    for (long value : named) {
      values.addAll(List.of(value - 1, value, value + 1));
    }
    return List.copyOf(values);
  }

  private void begin() {
    network(new Step.ActivateRules(Genesis.RULES_VERSION));
    give(VALIDATOR, new Command.Bond(Role.VALIDATOR.code(), FUNDS_MICROS / 2));
    give(PROVIDER, new Command.Bond(Role.PROVIDER.code(), FUNDS_MICROS / 2));
    offer();
  }

  private void offer() {
    give(PROVIDER, new Command.PlaceOffer(Genesis.CLASS_WASI, PRICE, parameters.unitsMax()));
  }

  // Bonds in other roles and offers of other prices come last: jobs would be given to them.
  private void listSettings() {
    settings.add(this::register);
    settings.add(() -> somebody(new Command.Transfer(OTHER, Asset.COMPUTE, 3)));
    settings.add(this::unbond);
    settings.add(this::cancelOffer);
    settings.add(() -> somebody(order(Tier.NONE, 0, 0, dice.hash())));
    settings.add(() -> somebody(order(Tier.QUORUM, 1, 0, dice.hash())));
    settings.add(() -> somebody(order(Tier.QUORUM, MANY, 60_000, dice.hash())));
    settings.add(this::cancelJob);
    settings.add(this::commit);
    settings.add(this::reveal);
    settings.add(this::openResult);
    settings.add(this::seal);
    settings.add(this::openVerdict);
    settings.add(this::close);
    settings.add(() -> somebody(grant()));
    settings.add(this::allowPayee);
    settings.add(this::revoke);
    settings.add(() -> somebody(new Command.NameOwner(freshOwner())));
    settings.add(this::acceptOwner);
    settings.add(() -> somebody(new Command.Bond(Role.PROVIDER.code(), SMALL_BOND_MICROS)));
    settings.add(this::placeOffer);
  }

  private static Template by(int account, Command command) {
    return new Template(owner(account), account, command);
  }

  private Address freshOwner() {
    return new Address(1, 0, (int) ++fresh);
  }

  /** An account of its own, with money. */
  private Template somebody(Command command) {
    Address owner = freshOwner();
    give(owner, 0, new Command.RegisterAccount(owner));
    int account = lastAccount + 1;
    give(BANK, new Command.Transfer(account, Asset.COMPUTE, PURSE_MICROS));
    return new Template(owner, account, command);
  }

  private void give(Template template) {
    give(template.signer(), template.account(), template.command());
  }

  private static Template then(Template before, Command command) {
    return new Template(before.signer(), before.account(), command);
  }

  private Template register() {
    Address owner = freshOwner();
    return new Template(owner, 0, new Command.RegisterAccount(owner));
  }

  private Template unbond() {
    Template bond = somebody(new Command.Bond(Role.PROVIDER.code(), SMALL_BOND_MICROS));
    give(bond);
    return then(bond, new Command.Unbond(Role.PROVIDER.code(), SMALL_BOND_MICROS));
  }

  private Template placeOffer() {
    Template bond = somebody(new Command.Bond(Role.PROVIDER.code(), SMALL_BOND_MICROS));
    give(bond);
    return then(bond, new Command.PlaceOffer(Genesis.CLASS_WASI, PRICE, UNITS));
  }

  private Template cancelOffer() {
    Template bond = somebody(new Command.Bond(Role.PROVIDER.code(), SMALL_BOND_MICROS));
    give(bond);
    give(then(bond, new Command.PlaceOffer(Genesis.CLASS_WASI, PRICE + 1, UNITS)));
    return then(bond, new Command.CancelOffer(lastOrder + 1));
  }

  // Of many validators there are too few, so such an order waits.
  private Command order(Tier tier, int validators, long waitMs, Hash32 secretHash) {
    return new Command.SubmitJob(
        dice.hash(),
        dice.hash(),
        secretHash,
        Genesis.CLASS_WASI,
        1,
        tier.code(),
        validators,
        InputPolicy.VALIDATORS.code(),
        UNITS,
        PRICE,
        PURSE_MICROS / 2,
        parameters.runWindowMaxMs(),
        waitMs);
  }

  /** Submits the job with the next number. */
  private Template submit(Tier tier, Hash32 secretHash) {
    Template order = somebody(order(tier, tier == Tier.QUORUM ? 1 : 0, 0, secretHash));
    give(order);
    return order;
  }

  private Template cancelJob() {
    Template order = somebody(order(Tier.QUORUM, MANY, 60_000, dice.hash()));
    give(order);
    return then(order, new Command.CancelJob(lastJob + 1));
  }

  private Template commit() {
    submit(Tier.NONE, dice.hash());
    return by(PROVIDER, new Command.CommitResult(lastJob + 1, dice.hash(), dice.hash()));
  }

  private Template reveal() {
    Hash32 secret = dice.hash();
    Template order = submit(Tier.QUORUM, hashes.of(secret));
    give(PROVIDER, new Command.CommitResult(lastJob + 1, dice.hash(), dice.hash()));
    return then(order, new Command.RevealSecret(lastJob + 1, secret));
  }

  private Template openResult() {
    submit(Tier.NONE, dice.hash());
    long job = lastJob + 1;
    Hash32 root = dice.hash();
    Hash32 salt = dice.hash();
    Hash32 salted = hashes.saltedResult(job, root, UNITS, salt);
    give(PROVIDER, new Command.CommitResult(job, salted, dice.hash()));
    return by(
        PROVIDER,
        new Command.OpenResult(
            job,
            root,
            UNITS,
            salt,
            dice.hash(),
            now + parameters.openWindowMs() + 2 * parameters.disputeWindowMs(),
            Hash32.ZERO,
            Hash32.ZERO));
  }

  private long drawn() {
    give(reveal());
    steps.add(beacon());
    return lastJob + 1;
  }

  private Template seal() {
    return by(VALIDATOR, new Command.SealVerdict(drawn(), 0, dice.hash()));
  }

  private Template openVerdict() {
    long job = drawn();
    Hash32 root = dice.hash();
    Hash32 salt = dice.hash();
    int verdict = Verdict.DIGEST.code();
    Hash32 seal = hashes.seal(job, 0, VALIDATOR, verdict, root, UNITS, salt);
    give(VALIDATOR, new Command.SealVerdict(job, 0, seal));
    return by(VALIDATOR, new Command.OpenVerdict(job, 0, verdict, root, UNITS, salt));
  }

  private Template close() {
    submit(Tier.NONE, dice.hash());
    now += parameters.runWindowMaxMs();
    return by(OTHER, new Command.CloseJob(lastJob + 1));
  }

  private Command grant() {
    return new Command.GrantMandate(freshOwner(), PURSE_MICROS, now + 3_600_000, 2);
  }

  private Template allowPayee() {
    Template grant = somebody(grant());
    give(grant);
    return then(grant, new Command.AllowPayee(lastMandate + 1, OTHER));
  }

  private Template revoke() {
    Template grant = somebody(grant());
    give(grant);
    return then(grant, new Command.RevokeMandate(lastMandate + 1));
  }

  private Template acceptOwner() {
    Address next = freshOwner();
    Template named = somebody(new Command.NameOwner(next));
    give(named);
    return new Template(next, named.account(), new Command.AcceptOwner());
  }

  /** The nonces of the commands that were right in every field: they must be carried out. */
  public List<Long> rightGiven() {
    return List.copyOf(rightGiven);
  }

  @Override
  public boolean isOver() {
    return steps.isEmpty() && setting == settings.size();
  }

  @Override
  public Step next() {
    while (steps.isEmpty()) {
      goThrough();
    }
    return steps.remove();
  }

  // What the setting makes stands before the command in the queue, so its numbers are the next.
  private void goThrough() {
    Template template = settings.get(setting).make();
    RecordComponent[] fields = template.command().getClass().getRecordComponents();
    List<Object> values =
        field < fields.length ? values(fields[field], template.command()) : List.of();
    if (value < values.size()) {
      give(then(template, with(template.command(), fields[field], values.get(value))));
      value++;
      return;
    }
    give(template);
    rightGiven.add(nonce);
    value = 0;
    field++;
    if (field >= fields.length) {
      field = 0;
      setting++;
      passTime();
    }
  }

  private void passTime() {
    now += parameters.disputeWindowMs();
    for (int i = 0; i < TICKS; i++) {
      network(new Step.Tick());
    }
  }

  private List<Object> values(RecordComponent component, Command command) {
    Object right = value(component, command);
    List<Object> values = new ArrayList<>();
    if (right instanceof Integer) {
      limits.stream()
          .filter(limit -> limit == limit.intValue())
          .forEach(l -> values.add(l.intValue()));
    } else if (right instanceof Long number) {
      values.addAll(limits);
      values.addAll(List.of(number - 1, number + 1, number + (1L << 32), now, now - 1));
    } else if (right instanceof Hash32 hash) {
      values.add(Hash32.ZERO);
      values.add(new Hash32(hash.word0(), hash.word1(), hash.word2(), ~hash.word3()));
    } else {
      values.addAll(List.of(Address.ZERO, owner(BANK), owner(OTHER)));
    }
    values.removeIf(right::equals);
    return values;
  }

  private static Object value(RecordComponent component, Command command) {
    try {
      return component.getAccessor().invoke(command);
    } catch (ReflectiveOperationException notARecord) {
      throw new IllegalStateException("not a public record: " + command, notARecord);
    }
  }

  // Every command is a record.
  private static Command with(Command command, RecordComponent changed, Object value) {
    return (Command) ChangedRecord.of((Record) command, Map.of(changed.getName(), value));
  }

  private void network(Step.Call call) {
    steps.add(at(call));
  }

  private void give(int account, Command command) {
    give(owner(account), account, command);
  }

  private void give(Address signer, int account, Command command) {
    nonce++;
    Command.Head head = new Command.Head(account, nonce, now + parameters.notAfterMaxMs());
    steps.add(signed(signer, head, command));
  }

  @Override
  public void observe(List<Event> events) {
    for (Event event : events) {
      switch (event) {
        case Event.AccountRegistered e -> lastAccount = e.account();
        case Event.JobSubmitted e -> lastJob = Math.max(lastJob, e.job());
        case Event.JobQueued e -> lastJob = Math.max(lastJob, e.job());
        case Event.OfferPlaced e -> lastOrder = e.order();
        case Event.MandateGranted e -> lastMandate = e.mandate();
        case Event other -> {}
      }
    }
  }
}
