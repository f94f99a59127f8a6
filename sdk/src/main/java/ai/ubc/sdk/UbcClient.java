package ai.ubc.sdk;

import ai.ubc.api.AccountView;
import ai.ubc.api.BurnsView;
import ai.ubc.api.JobPage;
import ai.ubc.api.JobView;
import ai.ubc.api.MandatePage;
import ai.ubc.api.MarketView;
import ai.ubc.api.NetworkView;
import ai.ubc.api.Quote;
import ai.ubc.api.StandingView;
import ai.ubc.api.WorkView;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a gateway lets everybody read. Reads are repeated while that may help, within the limits of
 * the options; {@code after} makes a read wait for an entry of the log, and 0 for none. From any
 * thread; calls block.
 */
public final class UbcClient implements AutoCloseable {
  private final Transport transport;
  private final LogClock logClock;
  private final Network network;

  private UbcClient(Transport transport, LogClock logClock, Network network) {
    this.transport = transport;
    this.logClock = logClock;
    this.network = network;
  }

  /**
   * Connects with the usual limits.
   *
   * @throws UbcException as the other {@code connect}
   */
  public static UbcClient connect(URI gateway) throws UbcException, InterruptedException {
    return connect(gateway, ClientOptions.defaults(), MonotonicClock.system());
  }

  /**
   * Reads the network's genesis and checks that it has the hash that signatures are salted with.
   *
   * @param gateway its address, such as {@code http://127.0.0.1:8080}; off this machine {@code
   *     https}, where a key may be named, as in {@code https://203.0.113.5:8080#sha256=…}
   * @throws UnsafeGateway when others could read or answer what is sent
   * @throws GatewayProblem with {@link GatewayProblem#GENESIS_MISMATCH} when it does not, and with
   *     other codes when this is no gateway
   * @throws GatewayUnreachable when nobody answers
   */
  public static UbcClient connect(URI gateway, ClientOptions options, MonotonicClock clock)
      throws UbcException, InterruptedException {
    Transport transport = new Transport(gateway, options, clock);
    try {
      LogClock logClock = new LogClock(clock);
      NetworkView view = transport.get("v1/network", NetworkView.class).value();
      logClock.read(view.clock().logTimeMs());
      Network network = NetworkMapper.checked(view, transport.text("v1/genesis"));
      return new UbcClient(transport, logClock, network);
    } catch (UbcException | InterruptedException | RuntimeException e) {
      transport.close();
      throw e;
    }
  }

  /** The network, as it was when the client connected. */
  public Network network() {
    return network;
  }

  /** An estimate of log time now, milliseconds. */
  public long logTimeMs() {
    return logClock.nowMs();
  }

  /** The network's state and clock now; sets this client's estimate of log time anew. */
  public NetworkView status() throws UbcException, InterruptedException {
    NetworkView view = transport.get("v1/network", NetworkView.class).value();
    logClock.read(view.clock().logTimeMs());
    return view;
  }

  /** The last entry of the log that the gateway has read. */
  public long headSeq() throws UbcException, InterruptedException {
    return status().seq();
  }

  /** An account by its number; empty when there is none. */
  public Optional<Read<AccountView>> account(int account, long after)
      throws UbcException, InterruptedException {
    return find(
        "v1/accounts/" + Integer.toUnsignedString(account) + query("after", after),
        AccountView.class);
  }

  /**
   * An account by its owner; empty when there is none.
   *
   * @param owner its address, {@code 0x} and 40 hexadecimal digits
   */
  public Optional<Read<AccountView>> accountOf(String owner, long after)
      throws UbcException, InterruptedException {
    return find("v1/accounts?owner=" + owner + and("after", after), AccountView.class);
  }

  /**
   * Mandates of an account, newest first; empty when there is no such account.
   *
   * @param key only those of this address, {@code 0x} and 40 hexadecimal digits
   * @param limit most mandates, 1 to 100
   * @param before only mandates with a smaller number; 0 for all
   */
  public Optional<Read<MandatePage>> mandates(
      int account, Optional<String> key, int limit, long before, long after)
      throws UbcException, InterruptedException {
    String path =
        "v1/accounts/"
            + Integer.toUnsignedString(account)
            + "/mandates?limit="
            + limit
            + key.map(address -> "&key=" + address).orElse("")
            + and("before", before)
            + and("after", after);
    return find(path, MandatePage.class);
  }

  /** The address that owns an account, as the gateway writes it; empty when there is none. */
  Optional<String> ownerOf(int account) throws UbcException, InterruptedException {
    return account(account, 0).map(read -> read.value().owner());
  }

  OptionalInt accountNumber(String owner, long after) throws UbcException, InterruptedException {
    Optional<Read<AccountView>> found = accountOf(owner, after);
    return found.isPresent() ? OptionalInt.of(found.get().value().account()) : OptionalInt.empty();
  }

  private <T> Optional<Read<T>> find(String path, Class<T> type)
      throws UbcException, InterruptedException {
    try {
      return Optional.of(transport.get(path, type));
    } catch (UbcException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** What an account has to do now; sets this client's estimate of log time anew. */
  public Read<WorkView> work(int account, long after) throws UbcException, InterruptedException {
    Read<WorkView> read =
        transport.get(
            "v1/accounts/" + Integer.toUnsignedString(account) + "/work" + query("after", after),
            WorkView.class);
    logClock.read(read.value().logTimeMs());
    return read;
  }

  /**
   * What a provider had on the book and behind it before an entry of the log; empty when there is
   * no such account.
   *
   * @param before position of the entry, 1 or more
   */
  public Optional<Read<StandingView>> standing(int account, long before, long after)
      throws UbcException, InterruptedException {
    return find(
        "v1/accounts/"
            + Integer.toUnsignedString(account)
            + "/standing?before="
            + Long.toUnsignedString(before)
            + and("after", after),
        StandingView.class);
  }

  /** Everything about a job. */
  public Read<JobView> job(long job, long after) throws UbcException, InterruptedException {
    return transport.get(
        "v1/jobs/" + Long.toUnsignedString(job) + query("after", after), JobView.class);
  }

  /**
   * Jobs of all accounts or of one, newest first.
   *
   * @param limit most jobs, 1 to 100
   * @param before only jobs with a smaller number; 0 for all
   */
  public Read<JobPage> jobs(OptionalInt account, int limit, long before, long after)
      throws UbcException, InterruptedException {
    return transport.get(
        "v1/jobs?limit="
            + limit
            + (account.isPresent() ? "&account=" + account.getAsInt() : "")
            + and("before", before)
            + and("after", after),
        JobPage.class);
  }

  /**
   * Jobs of an account that have not ended, newest first.
   *
   * @param limit most jobs, 1 to 100
   */
  public Read<JobPage> openJobs(int account, int limit, long after)
      throws UbcException, InterruptedException {
    return jobsIn("OPEN", account, limit, after);
  }

  /**
   * Jobs of an account that wait for an offer, newest first.
   *
   * @param limit most jobs, 1 to 100, which is more than the ledger lets wait
   */
  public Read<JobPage> waitingJobs(int account, int limit, long after)
      throws UbcException, InterruptedException {
    return jobsIn(JobView.WAITING, account, limit, after);
  }

  private Read<JobPage> jobsIn(String state, int account, int limit, long after)
      throws UbcException, InterruptedException {
    return transport.get(
        "v1/jobs?state="
            + state
            + "&limit="
            + limit
            + "&account="
            + Integer.toUnsignedString(account)
            + and("after", after),
        JobPage.class);
  }

  /**
   * The book of metered WASI programs, of all providers or of one.
   *
   * @param limit most offers, 1 to 256
   */
  public Read<MarketView> market(OptionalInt account, int limit, long after)
      throws UbcException, InterruptedException {
    return transport.get(
        "v1/market/wasi?limit="
            + limit
            + (account.isPresent() ? "&account=" + account.getAsInt() : "")
            + and("after", after),
        MarketView.class);
  }

  /**
   * What a job would cost now.
   *
   * @throws LedgerRefused as the ledger would refuse it
   */
  public Quote quote(QuoteRequest request) throws UbcException, InterruptedException {
    return transport.get("v1/quote?" + request.query(), Quote.class).value();
  }

  /** What was burned since genesis. */
  public Read<BurnsView> burns(long after) throws UbcException, InterruptedException {
    return transport.get("v1/burns" + query("after", after), BurnsView.class);
  }

  /**
   * What happens, as it happens, behind the entry {@code afterSeq} of the log, to one account or to
   * all. The caller closes it.
   */
  public EventStream stream(OptionalInt account, long afterSeq) {
    return new EventStream(transport, logClock, account, afterSeq);
  }

  /** The clock that this client waits by. */
  public MonotonicClock clock() {
    return transport.clock();
  }

  CommandSigner.LogTime logTime() {
    return new CommandSigner.LogTime() {
      @Override
      public long estimateMs() {
        return logTimeMs();
      }

      @Override
      public long readMs() throws UbcException, InterruptedException {
        return status().clock().logTimeMs();
      }
    };
  }

  Transport transport() {
    return transport;
  }

  private static String query(String name, long value) {
    return value == 0 ? "" : "?" + name + "=" + Long.toUnsignedString(value);
  }

  private static String and(String name, long value) {
    return value == 0 ? "" : "&" + name + "=" + Long.toUnsignedString(value);
  }

  /** Ends every request that is under way. */
  @Override
  public void close() {
    transport.close();
  }
}
