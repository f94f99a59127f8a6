package ai.ubc.sdk;

import ai.ubc.codec.seal.ReaderKey;
import ai.ubc.codec.seal.ReaderSecret;
import ai.ubc.codec.seal.WrappedKey;
import ai.ubc.domain.Address;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The keys of sealed jobs, as an account gives and gets them through a gateway that can open none
 * of them. From any thread; calls block.
 */
public final class KeyExchange {
  private final Session session;
  private final Transport transport;

  KeyExchange(Session session) {
    this.session = session;
    this.transport = session.client().transport();
  }

  /** The secret by which this account's wallet reads. */
  public ReaderSecret secret() {
    return ReaderSecret.of(session.wallet().key(), session.client().network().genesisHash());
  }

  /** Publishes the key by which this account reads; harmless when it is published already. */
  public void publish() throws UbcException, InterruptedException {
    ReaderKey key = secret().statement(session.client().network().domain(), session.account());
    put(path(session.account()), key.bytes());
  }

  /**
   * The key by which an account reads, as its owner signed it; empty when it has published none.
   *
   * @throws GatewayProblem with {@link GatewayProblem#ENCRYPTION_KEY_FORGED} when what the gateway
   *     hands out was not signed by the owner of the account
   */
  public Optional<ReaderKey> of(int account) throws UbcException, InterruptedException {
    byte[] answer;
    try {
      answer = get(path(account));
    } catch (GatewayProblem e) {
      if (e.code().equals(GatewayProblem.UNKNOWN_KEY)) {
        return Optional.empty();
      }
      throw e;
    }
    Optional<Address> owner = owner(account);
    Optional<ReaderKey> key = ReaderKey.read(account, answer);
    if (owner.isEmpty()
        || key.flatMap(k -> k.signer(session.client().network().domain()))
            .filter(owner.get()::equals)
            .isEmpty()) {
      throw new GatewayProblem(
          GatewayProblem.ENCRYPTION_KEY_FORGED,
          0,
          "the encryption key that the gateway hands out for account "
              + account
              + " was not signed by the owner of that account; nothing was sealed for it. Do not"
              + " trust this gateway with private jobs",
          0,
          null);
    }
    return key;
  }

  /** Who owns an account, as the gateway says; empty when there is no such account. */
  public Optional<Address> owner(int account) throws UbcException, InterruptedException {
    Optional<String> owner = session.client().ownerOf(account);
    try {
      return owner.map(Address::parse);
    } catch (IllegalArgumentException e) {
      throw new GatewayProblem(
          GatewayProblem.BAD_ANSWER, 0, "account " + account + " has no address as owner", 0, e);
    }
  }

  /** Leaves a job's key for a validator that was drawn for it. */
  public void leave(long job, int reader, WrappedKey key)
      throws UbcException, InterruptedException {
    put(keys(job) + "/" + Integer.toUnsignedString(reader), key.bytes());
  }

  /** What was left of a job's key for this account, by whomever. */
  public List<WrappedKey> left(long job) throws UbcException, InterruptedException {
    byte[] answer = get(keys(job));
    List<WrappedKey> keys = new ArrayList<>();
    for (int at = 0; at + WrappedKey.BYTES <= answer.length; at += WrappedKey.BYTES) {
      WrappedKey.of(Arrays.copyOfRange(answer, at, at + WrappedKey.BYTES)).ifPresent(keys::add);
    }
    return keys;
  }

  private static String path(int account) {
    return "v1/accounts/" + Integer.toUnsignedString(account) + "/encryption-key";
  }

  private static String keys(long job) {
    return "v1/jobs/" + Long.toUnsignedString(job) + "/keys";
  }

  private byte[] get(String path) throws UbcException, InterruptedException {
    return transport.repeat(() -> {
      HttpRequest request =
          transport.request(path).header("Authorization", session.authorization()).build();
      return transport.exchange(request, transport.bytes(), transport.options().requestMs()).body();
    });
  }

  private void put(String path, byte[] body) throws UbcException, InterruptedException {
    transport.repeat(() -> {
      HttpRequest request =
          transport
              .request(path)
              .header("Authorization", session.authorization())
              .header("Content-Type", "application/octet-stream")
              .PUT(BodyPublishers.ofByteArray(body))
              .build();
      return transport.exchange(request, transport.bytes(), transport.options().requestMs());
    });
  }
}
