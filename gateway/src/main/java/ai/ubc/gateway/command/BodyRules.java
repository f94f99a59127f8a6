package ai.ubc.gateway.command;

import ai.ubc.codec.BodyReceipt;
import ai.ubc.codec.Eip712;
import ai.ubc.domain.Address;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * What must be in the store before a command is logged: a job's program and input, and for an
 * opening the notary's word that the result is there. The ledger never sees bodies, so this is
 * where a claim without a body ends. From any thread.
 */
public final class BodyRules {
  private final Bodies bodies;
  private final Eip712 domain;
  private final Address notary;

  /** Checks against {@code bodies}, and receipts of {@code notary} in {@code domain}. */
  public BodyRules(Bodies bodies, Eip712 domain, Address notary) {
    this.bodies = bodies;
    this.domain = domain;
    this.notary = notary;
  }

  /**
   * Passes a command whose bodies are as they must be, and were stored by the account that names
   * them.
   *
   * @param account the account that the command acts for
   * @throws RequestFailure {@code BODY_MISSING}, {@code RECEIPT_INVALID} or {@code
   *     STORE_UNAVAILABLE}
   */
  public void check(int account, Command command) {
    switch (command) {
      case Command.SubmitJob job -> {
        long _ = require(bodies, job.program(), account, "program");
        long _ = require(bodies, job.input(), account, "input");
      }
      case Command.OpenResult opening -> {
        if (!BodyReceipt.isProven(domain, notary, opening)) {
          throw RequestFailure.of(
              ProblemCode.RECEIPT_INVALID,
              "The opening of job "
                  + opening.job()
                  + " does not carry the notary's receipt for what it says. Ask for one with POST"
                  + " /v1/blobs/"
                  + opening.body().hex()
                  + "/receipt?job="
                  + opening.job()
                  + " and open what it says.");
        }
      }
      case Command.RegisterAccount _,
          Command.Transfer _,
          Command.Bond _,
          Command.Unbond _,
          Command.PlaceOffer _,
          Command.CancelOffer _,
          Command.CancelJob _,
          Command.CommitResult _,
          Command.RevealSecret _,
          Command.SealVerdict _,
          Command.OpenVerdict _,
          Command.CloseJob _,
          Command.GrantMandate _,
          Command.AllowPayee _,
          Command.RevokeMandate _,
          Command.NameOwner _,
          Command.AcceptOwner _ -> {}
    }
  }

  // Hashes of bodies are public, and a job's parties may read them: naming one must not be enough
  // to become a party.
  static long require(Bodies bodies, Hash32 body, int account, String part) {
    try {
      OptionalLong keptFromMs = bodies.keepIfStoredBy(body, account);
      return keptFromMs.orElseThrow(
          () -> missing("The " + part + " " + body + " was not stored by this account.", body));
    } catch (IOException e) {
      throw unreadable(body);
    }
  }

  static RequestFailure missing(String what, Hash32 body) {
    return RequestFailure.of(
        ProblemCode.BODY_MISSING,
        what + " PUT it to /v1/blobs/" + body.hex() + " first, then ask again.");
  }

  static RequestFailure unreadable(Hash32 body) {
    return RequestFailure.of(
        ProblemCode.STORE_UNAVAILABLE, "The body " + body + " can not be read now. Try again.");
  }
}
