package ai.ubc.provider.node;

import ai.ubc.api.MarketView;
import ai.ubc.codec.Eip712;
import ai.ubc.codec.seal.ReaderKey;
import ai.ubc.codec.seal.ReaderSecret;
import ai.ubc.codec.seal.WrappedKey;
import ai.ubc.domain.Address;
import ai.ubc.domain.Command;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Role;
import ai.ubc.sdk.BodyHold;
import ai.ubc.sdk.EventStream;
import ai.ubc.sdk.GatewayProblem;
import ai.ubc.sdk.Read;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.StreamMessage;
import ai.ubc.sdk.UbcException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A node's ports over a gateway. */
final class SdkLedger implements Ledger, BodyStore, SealedJobs, NodeShell.News {
  private static final int OFFERS_READ_MAX = 64;

  private final Session session;
  private final Conduct conduct;
  private final Set<Duty.Action> actions;
  private final long fromSeq;
  private final Closeable belongings;
  private final EventStream stream;

  /**
   * The ports of a session's account.
   *
   * @param conduct what becomes of the commands that are given
   * @param actions duties that are taken notice of
   * @param fromSeq an entry of the log that every read is behind
   * @param belongings closed with the ports
   */
  SdkLedger(
      Session session,
      Conduct conduct,
      Set<Duty.Action> actions,
      long fromSeq,
      Closeable belongings) {
    this.session = session;
    this.conduct = conduct;
    this.actions = actions;
    this.fromSeq = fromSeq;
    this.belongings = belongings;
    this.stream = session.client().stream(OptionalInt.of(session.account()), fromSeq);
  }

  @Override
  public int account() {
    return session.account();
  }

  @Override
  public String owner() {
    return session.wallet().address().toString();
  }

  @Override
  public Hash32 genesisHash() {
    return session.client().network().genesisHash();
  }

  @Override
  public GenesisParameters parameters() {
    return session.client().network().parameters();
  }

  @Override
  public long logTimeMs() {
    return session.client().logTimeMs();
  }

  @Override
  public Agenda agenda(long after) throws UbcException, InterruptedException {
    return WorkMapper.agenda(session.client().work(session.account(), after), actions);
  }

  @Override
  public Purse purse(Role role, long after) throws UbcException, InterruptedException {
    return session
        .client()
        .account(session.account(), Math.max(after, fromSeq))
        .map(read -> WorkMapper.purse(read.value(), role))
        .orElse(new Purse(0, 0));
  }

  @Override
  public Read<List<Offer>> offers(long after) throws UbcException, InterruptedException {
    Read<MarketView> market =
        session.client().market(OptionalInt.of(session.account()), OFFERS_READ_MAX, after);
    return new Read<>(WorkMapper.offers(market.value()), market.seq());
  }

  @Override
  public boolean isOver(long job) throws UbcException, InterruptedException {
    try {
      return WorkMapper.isOver(session.client().job(job, 0).value());
    } catch (GatewayProblem e) {
      if (e.status() == 404) {
        return true; // what was kept belongs to another network's job, or to none
      }
      throw e;
    }
  }

  @Override
  public ReaderSecret secret() {
    return session.keys().secret();
  }

  @Override
  public Eip712 domain() {
    return session.client().network().domain();
  }

  @Override
  public Lease lease(long job) throws UbcException, InterruptedException {
    int provider = WorkMapper.provider(session.client().job(job, 0).value());
    Address owner =
        session
            .keys()
            .owner(provider)
            .orElseThrow(() ->
                new GatewayProblem(
                    GatewayProblem.BAD_ANSWER,
                    0,
                    "the provider of job " + job + " has no account",
                    0,
                    null));
    return new Lease(provider, owner);
  }

  @Override
  public List<WrappedKey> left(long job) throws UbcException, InterruptedException {
    return session.keys().left(job);
  }

  @Override
  public List<Integer> drawn(long job) throws UbcException, InterruptedException {
    return WorkMapper.drawn(session.client().job(job, 0).value());
  }

  @Override
  public Optional<ReaderKey> readerKey(int account) throws UbcException, InterruptedException {
    return session.keys().of(account);
  }

  @Override
  public void leave(long job, int reader, WrappedKey key)
      throws UbcException, InterruptedException {
    session.keys().leave(job, reader, key);
  }

  @Override
  public long give(Command command) throws UbcException, InterruptedException {
    return conduct.give(command, session::submit);
  }

  @Override
  public void get(Hash32 sha256, Path file, long bytesMax)
      throws UbcException, InterruptedException {
    session.get(sha256, file, bytesMax);
  }

  @Override
  public void put(Path file, Hash32 sha256) throws UbcException, InterruptedException {
    session.put(file, sha256);
  }

  @Override
  public BodyHold receipt(long job, Hash32 sha256) throws UbcException, InterruptedException {
    return session.receipt(job, sha256);
  }

  @Override
  public long await(long limitMs) throws UbcException, InterruptedException {
    return stream
        .next(limitMs)
        .filter(StreamMessage.Entry.class::isInstance)
        .map(StreamMessage::seq)
        .orElse(0L);
  }

  @Override
  public void close() throws IOException {
    stream.close();
    session.client().close();
    belongings.close();
  }
}
