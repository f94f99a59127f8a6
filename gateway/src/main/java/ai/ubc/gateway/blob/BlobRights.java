package ai.ubc.gateway.blob;

import ai.ubc.codec.AccessToken;
import ai.ubc.codec.Eip712;
import ai.ubc.codec.seal.ReaderKey;
import ai.ubc.domain.Address;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import ai.ubc.gateway.database.AccountReads;
import ai.ubc.gateway.database.Database;
import ai.ubc.gateway.database.JobReads;
import ai.ubc.gateway.database.JobReads.BodyUse;
import ai.ubc.gateway.database.MandateReads;
import ai.ubc.gateway.journal.LogClock;
import ai.ubc.gateway.journal.Tail;
import ai.ubc.gateway.limits.Limits;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import ai.ubc.gateway.projection.Projection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may store and read bodies. From any thread. */
public final class BlobRights {
  private static final String SCHEME = "UBC ";

  private final Eip712 domain;
  private final Database database;
  private final Tail tail;
  private final LogClock clock;
  private final BlobStore store;
  private final Limits limits;

  /** Judges by what the journal says up to now. */
  public BlobRights(
      Eip712 domain, Database database, Tail tail, LogClock clock, BlobStore store, Limits limits) {
    this.domain = domain;
    this.database = database;
    this.tail = tail;
    this.clock = clock;
    this.store = store;
    this.limits = limits;
  }

  /**
   * The account that an {@code Authorization} header proves.
   *
   * @throws RequestFailure {@code ACCESS_REQUIRED} or {@code ACCESS_INVALID}
   */
  public int account(Optional<String> authorization) {
    String header =
        authorization.orElseThrow(() ->
            RequestFailure.of(
                ProblemCode.ACCESS_REQUIRED,
                "Send \"Authorization: UBC <account>.<expiresMs>.<signature>\", signed by the"
                    + " account's owner or a session key with a live mandate."));
    if (!header.startsWith(SCHEME)) {
      throw invalid("The scheme must be UBC.");
    }
    AccessToken token =
        AccessToken.parse(domain, header.substring(SCHEME.length()).strip())
            .orElseThrow(() ->
                invalid(
                    "It must be <account>.<expiresMs>.<signature in hex>, signed in this"
                        + " network's domain (see /v1/network)."));
    long nowMs = clock.nowMs();
    if (token.expiresMs() < nowMs) {
      throw invalid("It expired at " + token.expiresMs() + "; log time is " + nowMs + ".");
    }
    if (token.expiresMs() - nowMs > limits.accessAhead().toMillis()) {
      throw invalid(
          "It expires more than " + limits.accessAhead().toHours() + " hours from log time.");
    }
    String signer = token.signer().toString();
    if (!signer.equals(owner(token.account())) && !hasMandate(token.account(), signer, nowMs)) {
      throw invalid(
          signer
              + " signed it, who neither owns account "
              + token.account()
              + " nor has a live mandate of it.");
    }
    return token.account();
  }

  private static RequestFailure invalid(String why) {
    return RequestFailure.of(
        ProblemCode.ACCESS_INVALID, "The access token is not valid. " + why + " Sign a new one.");
  }

  private String owner(int account) {
    String found =
        read(Set.of(Projection.ACCOUNTS), connection -> AccountReads.owner(connection, account))
            .orElse("nobody");
    if (found.equals("nobody") && !tail.hasCaughtUp()) {
      throw RequestFailure.of(
          ProblemCode.BEHIND,
          "This gateway has just started and does not know account "
              + account
              + " yet. Ask again in a second.");
    }
    return found;
  }

  private boolean hasMandate(int account, String key, long nowMs) {
    return read(
        Set.of(Projection.ACCOUNTS),
        connection -> MandateReads.isLive(connection, account, key, nowMs));
  }

  // What the stream has shown must count here: a node that hears of a job asks for its bodies at
  // once.
  private <T> T read(Set<Projection> projections, Database.Query<T> query) {
    return database.read(tail.lastSeq(), limits.readWait(), projections, query).value();
  }

  /**
   * Passes who may read a body.
   *
   * @throws RequestFailure {@code ACCESS_REQUIRED}, {@code ACCESS_INVALID} or {@code ACCESS_DENIED}
   */
  public void requireRead(BlobName name, Optional<String> authorization) {
    if (authorization.isEmpty() && isPublic(uses(name, 0))) {
      return;
    }
    int account = account(authorization);
    if (store.isStoredBy(name, account)) {
      return;
    }
    List<BodyUse> uses = uses(name, account);
    if (!isPublic(uses) && uses.stream().noneMatch(BlobRights::isForAccount)) {
      throw RequestFailure.of(
          ProblemCode.ACCESS_DENIED,
          "Account "
              + account
              + " neither stored the body "
              + name
              + " nor is party or drawn validator of a job that names it. Ask with the account"
              + " that is.");
    }
  }

  /**
   * Passes the provider of a job whose result is still to be opened.
   *
   * @return the name of the job's input
   * @throws RequestFailure {@code UNKNOWN_JOB} or {@code ACCESS_DENIED}
   */
  public Hash32 requireOpener(long job, int account) {
    JobReads.Opener opener =
        read(Set.of(Projection.JOBS), connection -> JobReads.opener(connection, job))
            .orElseThrow(
                () -> RequestFailure.refused(Refusal.UNKNOWN_JOB, "There is no job " + job + "."));
    if (opener.provider() != account || !opener.isCommitted()) {
      throw RequestFailure.of(
          ProblemCode.ACCESS_DENIED,
          "Account "
              + account
              + " has no committed result of job "
              + job
              + " to open. Only the job's provider gets receipts, after its commit and until the"
              + " job is judged.");
    }
    return Hash32.parse(opener.input());
  }

  /**
   * Passes an encryption key that the owner of its account signed.
   *
   * @throws RequestFailure {@code KEY_INVALID}
   */
  public void requireOwners(ReaderKey key) {
    boolean isOwners =
        key.signer(domain).map(Address::toString).filter(owner(key.account())::equals).isPresent();
    if (!isOwners) {
      throw RequestFailure.of(
          ProblemCode.KEY_INVALID,
          "The owner of account "
              + key.account()
              + " did not sign this encryption key in this network's domain. Sign it with the"
              + " owner's key.");
    }
  }

  /**
   * Passes who may leave a job's key for a reader: a party of the open job, for a validator that
   * was drawn for it.
   *
   * @throws RequestFailure {@code UNKNOWN_JOB} or {@code ACCESS_DENIED}
   */
  public void requireKeySender(long job, int sender, int reader) {
    JobReads.KeyUse use =
        read(
                Set.of(Projection.JOBS),
                connection -> JobReads.keyUse(connection, job, sender, reader))
            .orElseThrow(
                () -> RequestFailure.refused(Refusal.UNKNOWN_JOB, "There is no job " + job + "."));
    if (!use.isParty() || !use.isDrawn() || !use.isOpen()) {
      throw RequestFailure.of(
          ProblemCode.ACCESS_DENIED,
          "Account "
              + sender
              + " can not leave a key of job "
              + job
              + " for account "
              + reader
              + ". Requester and provider can, while the job is open, for validators that were drawn"
              + " for it.");
    }
  }

  /**
   * Passes who may have a job's receipt: anyone where its input is public, else its parties and
   * those drawn for it. A job that there is not passes too, so that it is not taken for a forbidden
   * one.
   *
   * @param after position of an entry that the answer must cover; 0 for none
   * @throws RequestFailure {@code ACCESS_REQUIRED}, {@code ACCESS_INVALID} or {@code ACCESS_DENIED}
   */
  public void requireConcerned(long job, Optional<String> authorization, long after) {
    List<Integer> concerned =
        database
            .read(
                Math.max(after, tail.lastSeq()),
                limits.readWait(),
                Set.of(Projection.JOBS),
                connection -> JobReads.notPublic(connection, job))
            .value();
    if (concerned.isEmpty()) {
      return;
    }
    int account = account(authorization);
    if (!concerned.contains(account)) {
      throw RequestFailure.of(
          ProblemCode.ACCESS_DENIED,
          "Account "
              + account
              + " is neither party nor drawn validator of job "
              + job
              + ". Ask with the account that is.");
    }
  }

  private List<BodyUse> uses(BlobName name, int account) {
    return read(
        Set.of(Projection.JOBS),
        connection -> JobReads.bodyUses(connection, name.toString(), account));
  }

  private static boolean isPublic(List<BodyUse> uses) {
    return uses.stream().anyMatch(use -> use.inputPolicy().equals("PUBLIC"));
  }

  private static boolean isForAccount(BodyUse use) {
    return use.isParty() || (use.isDrawn() && !use.inputPolicy().equals("PARTIES"));
  }
}
