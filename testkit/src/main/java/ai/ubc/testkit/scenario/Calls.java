package ai.ubc.testkit.scenario;

import ai.ubc.domain.Address;
import ai.ubc.domain.Command;
import ai.ubc.domain.Commands;
import ai.ubc.domain.Hash32;

/** Gives a command that is a value to a ledger that takes primitives. */
public final class Calls {
  private Calls() {}

  /** Calls the command's method for {@code account} and returns its code. */
  public static int call(Commands ledger, int account, Command command) {
    return switch (command) {
      case Command.RegisterAccount c -> register(ledger, account, c.owner());
      case Command.Transfer c ->
          ledger.transfer(account, c.toAccount(), c.asset(), c.amountMicros());
      case Command.Bond c -> ledger.bond(account, c.role(), c.amountMicros());
      case Command.Unbond c -> ledger.unbond(account, c.role(), c.amountMicros());
      case Command.PlaceOffer c ->
          ledger.placeOffer(account, c.resourceClass(), c.priceMicros(), c.quantityUnits());
      case Command.CancelOffer c -> ledger.cancelOffer(account, c.order());
      case Command.SubmitJob c -> submit(ledger, account, c);
      case Command.CancelJob c -> ledger.cancelJob(account, c.job());
      case Command.CommitResult c -> commit(ledger, account, c);
      case Command.RevealSecret c -> {
        Hash32 secret = c.secret();
        yield ledger.revealSecret(
            account, c.job(), secret.word0(), secret.word1(), secret.word2(), secret.word3());
      }
      case Command.OpenResult c -> openResult(ledger, account, c);
      case Command.SealVerdict c -> {
        Hash32 seal = c.seal();
        yield ledger.sealVerdict(
            account, c.job(), c.round(), seal.word0(), seal.word1(), seal.word2(), seal.word3());
      }
      case Command.OpenVerdict c -> openVerdict(ledger, account, c);
      case Command.CloseJob c -> ledger.closeJob(account, c.job());
      case Command.GrantMandate c ->
          ledger.grantMandate(
              account,
              c.key().word0(),
              c.key().word1(),
              c.key().word2(),
              c.amountMicros(),
              c.expiresMs(),
              c.classes());
      case Command.AllowPayee c -> ledger.allowPayee(account, c.mandate(), c.payee());
      case Command.RevokeMandate c -> ledger.revokeMandate(account, c.mandate());
      case Command.NameOwner c -> {
        Address next = c.newOwner();
        yield ledger.nameOwner(account, next.word0(), next.word1(), next.word2());
      }
      case Command.AcceptOwner _ -> ledger.acceptOwner(account);
    };
  }

  private static int register(Commands ledger, int account, Address owner) {
    return ledger.registerAccount(account, owner.word0(), owner.word1(), owner.word2());
  }

  private static int submit(Commands ledger, int account, Command.SubmitJob c) {
    return ledger.submitJob(
        account,
        c.program().word0(),
        c.program().word1(),
        c.program().word2(),
        c.program().word3(),
        c.input().word0(),
        c.input().word1(),
        c.input().word2(),
        c.input().word3(),
        c.secretHash().word0(),
        c.secretHash().word1(),
        c.secretHash().word2(),
        c.secretHash().word3(),
        c.resourceClass(),
        c.itemCount(),
        c.tier(),
        c.validators(),
        c.inputPolicy(),
        c.maxUnits(),
        c.limitPriceMicros(),
        c.maxCostMicros(),
        c.runWindowMs(),
        c.waitMs());
  }

  private static int commit(Commands ledger, int account, Command.CommitResult c) {
    return ledger.commitResult(
        account,
        c.job(),
        c.saltedResult().word0(),
        c.saltedResult().word1(),
        c.saltedResult().word2(),
        c.saltedResult().word3(),
        c.itemsRoot().word0(),
        c.itemsRoot().word1(),
        c.itemsRoot().word2(),
        c.itemsRoot().word3());
  }

  private static int openResult(Commands ledger, int account, Command.OpenResult c) {
    return ledger.openResult(
        account,
        c.job(),
        c.resultRoot().word0(),
        c.resultRoot().word1(),
        c.resultRoot().word2(),
        c.resultRoot().word3(),
        c.units(),
        c.salt().word0(),
        c.salt().word1(),
        c.salt().word2(),
        c.salt().word3(),
        c.body().word0(),
        c.body().word1(),
        c.body().word2(),
        c.body().word3(),
        c.heldUntilMs());
  }

  private static int openVerdict(Commands ledger, int account, Command.OpenVerdict c) {
    return ledger.openVerdict(
        account,
        c.job(),
        c.round(),
        c.verdict(),
        c.resultRoot().word0(),
        c.resultRoot().word1(),
        c.resultRoot().word2(),
        c.resultRoot().word3(),
        c.units(),
        c.salt().word0(),
        c.salt().word1(),
        c.salt().word2(),
        c.salt().word3());
  }
}
