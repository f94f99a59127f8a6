package ai.ubc.cli.provider;

import ai.ubc.api.LedgerEvent;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.sdk.EventStream;
import ai.ubc.sdk.StreamMessage;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * An account's offers and free provider bond as they stood before an entry of the log, made again
 * from the events that concern the account. One thread.
 */
final class OwnOffers {
  private static final long SILENCE_MS = 60_000;

  private final int account;
  private final Map<Long, Standing> standing = new TreeMap<>();
  private long bondMicros;

  /**
   * An offer on the book.
   *
   * @param order its number
   * @param priceMicros price of 1,000,000 units, micro-COMPUTE
   * @param remainingUnits units left
   */
  record Standing(long order, long priceMicros, long remainingUnits) {}

  OwnOffers(int account) {
    this.account = account;
  }

  /**
   * Reads the account's events from its registration on.
   *
   * @param registeredSeq entry by which the account was opened
   * @param beforeSeq entry up to which, without it
   * @param progress is told how far it got
   */
  static OwnOffers before(
      UbcClient client, int account, long registeredSeq, long beforeSeq, LongConsumer progress)
      throws CommandFailure, UbcException, InterruptedException {
    OwnOffers offers = new OwnOffers(account);
    try (EventStream stream = client.stream(OptionalInt.of(account), registeredSeq - 1)) {
      while (true) {
        Optional<StreamMessage> message = stream.next(SILENCE_MS);
        if (message.isEmpty()) {
          throw new CommandFailure(
              ExitCode.FAILURE,
              "the gateway has not told what happened up to entry " + beforeSeq + "; try again");
        }
        if (message.get().seq() >= beforeSeq) {
          return offers;
        }
        progress.accept(message.get().seq());
        if (message.get() instanceof StreamMessage.Entry entry) {
          entry.entry().events().forEach(offers::take);
        }
      }
    }
  }

  /** Takes an event of the account in, in the order of the log. */
  void take(LedgerEvent event) {
    switch (event) {
      case LedgerEvent.OfferPlaced e -> {
        if (e.account() == account) {
          standing.put(e.order(), new Standing(e.order(), e.priceMicros(), e.quantityUnits()));
        }
      }
      case LedgerEvent.OfferTaken e -> left(e.order(), e.remainingUnits());
      case LedgerEvent.OfferCancelled e -> standing.remove(e.order());
      case LedgerEvent.Posted e -> {
        bondMicros += isBond(e.toKind(), e.toId()) ? e.amountMicros() : 0;
        bondMicros -= isBond(e.fromKind(), e.fromId()) ? e.amountMicros() : 0;
      }
      case LedgerEvent.RulesActivated _,
          LedgerEvent.AccountRegistered _,
          LedgerEvent.LeaseOpened _,
          LedgerEvent.JobQueued _,
          LedgerEvent.JobSubmitted _,
          LedgerEvent.LockOpened _,
          LedgerEvent.LockReassigned _,
          LedgerEvent.JobStateChanged _,
          LedgerEvent.ResultCommitted _,
          LedgerEvent.SecretRevealed _,
          LedgerEvent.BeaconOpened _,
          LedgerEvent.DrawMade _,
          LedgerEvent.ValidatorDrawn _,
          LedgerEvent.VerdictSealed _,
          LedgerEvent.ResultOpened _,
          LedgerEvent.VerdictOpened _,
          LedgerEvent.JobJudged _,
          LedgerEvent.JobSettled _,
          LedgerEvent.JobClosed _,
          LedgerEvent.OutageRecorded _,
          LedgerEvent.MandateGranted _,
          LedgerEvent.PayeeAllowed _,
          LedgerEvent.MandateSpent _,
          LedgerEvent.MandateRevoked _,
          LedgerEvent.OwnerNamed _,
          LedgerEvent.OwnerChanged _ -> {
        // Nothing else moves an offer or the bond.
      }
    }
  }

  private void left(long order, long remainingUnits) {
    Standing offer = standing.get(order);
    if (offer != null) {
      if (remainingUnits == 0) {
        standing.remove(order);
      } else {
        standing.put(order, new Standing(order, offer.priceMicros(), remainingUnits));
      }
    }
  }

  private boolean isBond(String kind, long id) {
    return kind.equals("BOND_PROVIDER") && id == account;
  }

  /** The offers, by number. */
  List<Standing> standing() {
    return List.copyOf(standing.values());
  }

  /** The free provider bond, micro-COMPUTE. */
  long bondMicros() {
    return bondMicros;
  }
}
