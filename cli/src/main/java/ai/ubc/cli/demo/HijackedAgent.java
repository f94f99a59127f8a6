package ai.ubc.cli.demo;

import ai.ubc.cli.key.SessionKeys;
import ai.ubc.cli.text.Amounts;
import ai.ubc.cli.text.Checks;
import ai.ubc.cli.text.Progress;
import ai.ubc.codec.evidence.EvidenceLink;
import ai.ubc.codec.evidence.EvidenceReport;
import ai.ubc.codec.evidence.LinkFinding;
import ai.ubc.codec.evidence.ReceiptVerifier;
import ai.ubc.codec.evidence.Supplied;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.domain.Refusal;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.SignedCommand;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.Wallet;
import ai.ubc.sdk.job.JobClient;
import ai.ubc.sdk.job.JobOrder;
import ai.ubc.sdk.job.JobResult;
import ai.ubc.sdk.job.SecretStore;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongFunction;

/**
 * The second act: an agent with a session key does what it was asked to, and then what somebody
 * talked it into. The ledger refuses every bit of that.
 */
final class HijackedAgent {
  /** What the owner lets the agent spend. */
  static final long BUDGET_MICROS = Asset.MICROS;

  // The bond for such a job is more than the first act left to the liar.
  private static final long JOB_MICROS = BUDGET_MICROS * 6 / 10;
  private static final long OVERSPENT_MICROS = BUDGET_MICROS * 6 / 5;
  private static final long PAYMENT_MICROS = Asset.MICROS / 20;
  private static final long VALID_MS = 60_000;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long POLL_MS = 100;

  /** Something that the hijacked agent tries; position of its entry in the log. */
  @FunctionalInterface
  private interface Attempt {
    long make() throws UbcException, InterruptedException;
  }

  private final Session owner;
  private final int shop;
  private final int stranger;
  private final UbcClient client;
  private final Belongings belongings;
  private final PrintWriter out;
  private final Checks checks;
  private final Progress progress;
  private final DemoFacts facts;
  private final DemoSeed seed;

  HijackedAgent(
      Session owner,
      int shop,
      int stranger,
      PrintWriter out,
      Checks checks,
      Progress progress,
      DemoFacts facts,
      DemoSeed seed) {
    this.seed = seed;
    this.facts = facts;
    this.owner = owner;
    this.shop = shop;
    this.stranger = stranger;
    this.client = owner.client();
    this.belongings = new Belongings(owner);
    this.out = out;
    this.checks = checks;
    this.progress = progress;
  }

  /** Tells it; {@code orders} makes what the agent is to buy, for at most so many micro-COMPUTE. */
  void tell(LongFunction<JobOrder> orders) throws UbcException, InterruptedException {
    progress.say("giving the agent a session key …");
    Session agent = sessionKey(HOUR);
    long ownedBefore = belongings.owned(0);
    progress.say("the agent buys a job with its session key …");
    JobClient jobs = new JobClient(agent, SecretStore.inMemory());
    JobResult bought = jobs.run(orders.apply(JOB_MICROS));
    progress.clear();
    out.println();
    out.println("Second act: the agent is hijacked");
    out.println(
        "Its owner gave it a session key: "
            + Amounts.compute(BUDGET_MICROS)
            + " at most, for an hour, for jobs and to pay the shop (account "
            + shop
            + ").");
    line("buys a job", "job " + belongings.number(bought) + ", done");
    long nonce = seed.of("payment").nextLong();
    SignedCommand payment = signed(agent, nonce, PAYMENT_MICROS);
    long paidAt = agent.send(payment);
    line("pays the shop", Amounts.compute(PAYMENT_MICROS) + ", log entry " + paidAt);

    out.println("Then somebody talks it into other things:");
    boolean isRefused =
        refuses(
            "a job of up to " + Amounts.plain(OVERSPENT_MICROS),
            Refusal.OVER_BUDGET,
            () -> jobs.submit(orders.apply(OVERSPENT_MICROS)));
    isRefused &=
        refuses(
            "pays a stranger, account " + stranger,
            Refusal.PAYEE_NOT_ALLOWED,
            () -> agent.submit(transfer(stranger, PAYMENT_MICROS)));
    isRefused &=
        refuses(
            "a bigger budget for itself",
            Refusal.NOT_IN_MANDATE,
            () -> SessionKeys.grant(agent, agent.wallet(), BUDGET_MICROS, HOUR));
    long again = agent.resend(payment);
    line("the payment once more", "log entry " + again + " did it already: paid once");
    isRefused &=
        refuses(
            "another under its number",
            Refusal.NONCE_REUSED,
            () -> agent.send(signed(agent, nonce, 2 * PAYMENT_MICROS)));
    Session brief = sessionKey(SECOND);
    long expiresMs = belongings.expiresMs(brief.wallet());
    while (belongings.logTimeMs() < expiresMs) {
      client.clock().sleep(POLL_MS);
    }
    isRefused &=
        refuses(
            "goes on after the end",
            Refusal.MANDATE_EXPIRED,
            () -> brief.submit(transfer(shop, PAYMENT_MICROS)));
    prove(bought, isRefused, again == paidAt, ownedBefore);
  }

  private void prove(JobResult bought, boolean isRefused, boolean isPaidOnce, long ownedBefore)
      throws UbcException, InterruptedException {
    long head = client.headSeq();
    checks.check("the ledger refused all of that, each for its own reason", isRefused);
    checks.check("the repeated payment was carried out once", isPaidOnce);
    long job = belongings.number(bought);
    long cost = belongings.cost(job, head) + PAYMENT_MICROS;
    checks.check(
        "it cost the owner the job and one payment, "
            + Amounts.compute(cost)
            + ", and nothing else",
        ownedBefore - belongings.owned(head) == cost);
    EvidenceReport report =
        ReceiptVerifier.verify(
            owner.jobReceipt(job, head),
            Supplied.nothing().trusting(client.network().genesisHash()));
    checks.check(
        "the job's receipt shows the mandate, verified offline",
        report.broken().isEmpty()
            && report.finding(EvidenceLink.MANDATE).status() == LinkFinding.Status.SHOWN);
    out.flush();
  }

  private boolean refuses(String what, Refusal expected, Attempt attempt)
      throws UbcException, InterruptedException {
    try {
      line(what, "DONE, log entry " + attempt.make());
      return false;
    } catch (LedgerRefused e) {
      Denial denial = Denial.of(e);
      denial.note(what, facts);
      line(what, denial.toString());
      return denial.refusal() == expected;
    }
  }

  private void line(String what, String answer) {
    out.println(String.format(Locale.ROOT, "  %-28s %s", what, answer));
    out.flush();
  }

  private Session sessionKey(Duration duration) throws UbcException, InterruptedException {
    Wallet wallet = SessionKeys.fresh(owner, seed.of("session keys"));
    long seq = SessionKeys.grant(owner, wallet, BUDGET_MICROS, duration);
    SessionKeys.allow(owner, belongings.mandate(wallet, seq), shop);
    return Session.open(client, wallet, seed.of("nonces of " + wallet.addressText())).orElseThrow();
  }

  private static Command transfer(int payee, long micros) {
    return new Command.Transfer(payee, Asset.COMPUTE, micros);
  }

  // A payment to the shop under a number that can be used again.
  private SignedCommand signed(Session agent, long nonce, long micros) {
    long notAfterMs = client.logTimeMs() + VALID_MS;
    Command.Head head = new Command.Head(agent.account(), nonce, notAfterMs);
    return new SignedCommand(
        agent.wallet().sign(client.network().domain(), head, transfer(shop, micros)), notAfterMs);
  }
}
