package ai.ubc.sdk;

import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An account and the key that acts for it: gives commands, stores and reads bodies. From any
 * thread; calls block.
 */
public final class Session {
  private static final long TOKEN_VALID_MS = 600_000;
  private static final long TOKEN_SPARE_MS = 120_000;

  private final UbcClient client;
  private final Wallet wallet;
  private final int account;
  private final SecureRandom random;
  private final CommandSigner signer;
  private final ReentrantLock tokenLock = new ReentrantLock();
  private @Nullable String token;
  private long tokenExpiresMs;

  private Session(UbcClient client, Wallet wallet, int account, SecureRandom random) {
    this.client = client;
    this.wallet = wallet;
    this.account = account;
    this.random = random;
    this.signer = new CommandSigner(client.transport(), client.network(), wallet, account, random);
  }

  /**
   * The session of the wallet's account; empty when it has none yet. A session key has always one:
   * of the account that gave it a mandate. Whether that lives is for the ledger to say.
   */
  public static Optional<Session> open(UbcClient client, Wallet wallet)
      throws UbcException, InterruptedException {
    return open(client, wallet, new SecureRandom());
  }

  /**
   * The same.
   *
   * @param random where nonces and the secrets of jobs come from
   */
  public static Optional<Session> open(UbcClient client, Wallet wallet, SecureRandom random)
      throws UbcException, InterruptedException {
    return open(client, wallet, random, 0);
  }

  private static Optional<Session> open(
      UbcClient client, Wallet wallet, SecureRandom random, long after)
      throws UbcException, InterruptedException {
    OptionalInt account = wallet.delegator();
    if (account.isEmpty()) {
      account = client.accountNumber(wallet.address().toString(), after);
    }
    return account.isPresent()
        ? Optional.of(new Session(client, wallet, account.getAsInt(), random))
        : Optional.empty();
  }

  /** The session of the wallet's account, which is registered when it has none yet. */
  public static Session openOrRegister(UbcClient client, Wallet wallet)
      throws UbcException, InterruptedException {
    return openOrRegister(client, wallet, new SecureRandom());
  }

  /**
   * The same.
   *
   * @param random where nonces and the secrets of jobs come from
   */
  public static Session openOrRegister(UbcClient client, Wallet wallet, SecureRandom random)
      throws UbcException, InterruptedException {
    Optional<Session> present = open(client, wallet, random);
    if (present.isPresent()) {
      return present.get();
    }
    long seq;
    try {
      Session nobody = new Session(client, wallet, 0, random);
      seq = nobody.submit(new Command.RegisterAccount(wallet.address()));
    } catch (LedgerRefused e) {
      if (e.refusal() != Refusal.OWNER_EXISTS) {
        throw e;
      }
      seq = e.seq(); // registered meanwhile, by another program with the same key
    }
    return open(client, wallet, random, seq)
        .orElseThrow(() ->
            new GatewayProblem(
                GatewayProblem.BAD_ANSWER,
                0,
                "the account of " + wallet.address() + " was registered but is not there",
                0,
                null));
  }

  /** The client behind it. */
  public UbcClient client() {
    return client;
  }

  /** The account's number. */
  public int account() {
    return account;
  }

  /** The wallet that signs. */
  public Wallet wallet() {
    return wallet;
  }

  /** Where nonces and the secrets of jobs come from. */
  public SecureRandom random() {
    return random;
  }

  /**
   * Signs a command and gives it until there is an answer: after a lost one the same bytes are sent
   * again, which the ledger carries out once.
   *
   * @return position of its entry in the log; a read with {@code after} sees what it did
   * @throws LedgerRefused when the ledger refuses it
   * @throws OutcomeUnknown when it was sent, and no answer that came within the limit says what
   *     became of it
   * @throws GatewayProblem when the gateway did not hand it on
   */
  public long submit(Command command) throws UbcException, InterruptedException {
    return signer.submit(command, client.logTime());
  }

  /**
   * Gives the account to another key: this one names it, and that one takes over. Money, bonds,
   * offers and jobs stay, session keys end, and this session is refused from then on. Interrupted,
   * it can be repeated until the other key owns the account.
   *
   * @param next a key that owns no account
   * @return the session of the same account by its new key; the gateway knows of it
   * @throws LedgerRefused {@code OWNER_EXISTS} when the other key owns an account, {@code
   *     KEY_HAS_MANDATE} when it is a session key of this one
   */
  public Session changeOwner(Wallet next) throws UbcException, InterruptedException {
    unlessDone(this, new Command.NameOwner(next.address()));
    Session taking = new Session(client, next, account, random);
    client.accountNumber(next.addressText(), unlessDone(taking, new Command.AcceptOwner()));
    return taking;
  }

  private static long unlessDone(Session session, Command command)
      throws UbcException, InterruptedException {
    try {
      return session.submit(command);
    } catch (LedgerRefused e) {
      if (e.refusal() != Refusal.ALREADY_DONE) {
        throw e;
      }
      return e.seq();
    }
  }

  /**
   * Signs a command without giving it, so that it can be kept before it is sent: whoever finds it
   * after a crash gives it again with {@link #resend}, and it runs at most once.
   */
  public SignedCommand sign(Command command) {
    return signer.sign(command, client.logTimeMs());
  }

  /**
   * Gives a signed command for the first time.
   *
   * @return position of its entry in the log
   * @throws UbcException as {@link #submit} does; {@code EXPIRED} and {@code NOT_AFTER_TOO_FAR} say
   *     that it did not run and never will
   */
  public long send(SignedCommand command) throws UbcException, InterruptedException {
    return signer.send(command, false);
  }

  /**
   * Gives a signed command that may have been given before; where it ran then, that outcome is the
   * answer.
   *
   * @return position of its entry in the log
   * @throws LedgerRefused when it was refused, then or now, and never runs
   * @throws UbcException as {@link #submit} does
   */
  public long resend(SignedCommand command) throws UbcException, InterruptedException {
    return signer.send(command, true);
  }

  /**
   * What became of a command, for the case that its answer was lost; empty when it was not logged
   * up to {@code after}.
   */
  public Optional<Outcome> outcome(Hash32 commandHash, long after)
      throws UbcException, InterruptedException {
    return signer.outcome(commandHash, after);
  }

  /**
   * Stores a body.
   *
   * @param file at most the network's limit of bytes; does not change meanwhile
   * @param sha256 its SHA-256
   */
  public void put(Path file, Hash32 sha256) throws UbcException, InterruptedException {
    BodyPublisher body;
    try {
      body = BodyPublishers.ofFile(file);
    } catch (FileNotFoundException e) {
      throw new LocalFault("can not read " + file, e);
    }
    Transport transport = client.transport();
    transport.repeat(() -> {
      HttpRequest request =
          transport
              .request("v1/blobs/" + sha256.hex())
              .header("Authorization", authorization())
              .header("Content-Type", "application/octet-stream")
              .PUT(body)
              .build();
      return transport.exchange(request, transport.bytes(), transport.options().bodyMs());
    });
  }

  /**
   * Asks the store for its signed word that it holds a result: what the opening of the job's result
   * must carry.
   *
   * @param body the SHA-256 of a result bundle that this account has stored
   * @throws GatewayProblem with {@link GatewayProblem#BODY_MISSING} when it has not
   */
  public BodyHold receipt(long job, Hash32 body) throws UbcException, InterruptedException {
    String path = "v1/blobs/" + body.hex() + "/receipt?job=" + job;
    Transport transport = client.transport();
    return transport.repeat(() -> {
      HttpRequest request =
          transport
              .request(path)
              .header("Authorization", authorization())
              .header("Accept", "application/json")
              .POST(BodyPublishers.noBody())
              .build();
      byte[] answer =
          transport.exchange(request, transport.bytes(), transport.options().bodyMs()).body();
      return BodyHoldMapper.read(path, answer);
    });
  }

  /**
   * The evidence for a job, a file that anybody can verify without the network; this account is a
   * party or drawn validator of the job, or its input is public.
   *
   * @param after position of an entry that it must cover; 0 for none
   */
  public byte[] jobReceipt(long job, long after) throws UbcException, InterruptedException {
    String path = "v1/jobs/" + Long.toUnsignedString(job) + "/receipt?after=" + after;
    Transport transport = client.transport();
    return transport.repeat(() -> {
      HttpRequest request =
          transport
              .request(path)
              .header("Authorization", authorization())
              .header("Accept", "application/json")
              .build();
      return transport.exchange(request, transport.bytes(), transport.options().requestMs()).body();
    });
  }

  /**
   * Reads a body into a file. The file appears whole, with the SHA-256 checked, or not at all.
   *
   * @param bytesMax most bytes to take
   * @throws GatewayProblem with {@link GatewayProblem#UNKNOWN_BODY} when it is not stored, {@link
   *     GatewayProblem#BODY_TOO_LARGE} or {@link GatewayProblem#BODY_DIFFERS}
   */
  public void get(Hash32 sha256, Path file, long bytesMax)
      throws UbcException, InterruptedException {
    Path draft = Draft.of(file);
    Transport transport = client.transport();
    try {
      transport.repeat(() -> {
        discard(draft); // what an attempt before left
        HttpRequest request =
            transport
                .request("v1/blobs/" + sha256.hex())
                .header("Authorization", authorization())
                .build();
        return transport.exchange(
            request,
            info -> new BodyReceiver(draft, sha256, bytesMax),
            transport.options().bodyMs());
      });
      keep(draft, file);
    } finally {
      discard(draft);
    }
  }

  private static void keep(Path draft, Path file) throws LocalFault {
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new LocalFault("can not write " + file, e);
    }
  }

  private static void discard(Path draft) throws LocalFault {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      throw new LocalFault("can not delete " + draft, e);
    }
  }

  /** The keys of sealed jobs. */
  public KeyExchange keys() {
    return new KeyExchange(this);
  }

  // Signed again well before it expires; a gateway takes it for hours.
  String authorization() {
    tokenLock.lock();
    try {
      long now = client.logTimeMs();
      String valid = token;
      if (valid == null || tokenExpiresMs - now < TOKEN_SPARE_MS) {
        tokenExpiresMs = now + TOKEN_VALID_MS;
        valid = "UBC " + wallet.accessToken(client.network().domain(), account, tokenExpiresMs);
        token = valid;
      }
      return valid;
    } finally {
      tokenLock.unlock();
    }
  }
}
