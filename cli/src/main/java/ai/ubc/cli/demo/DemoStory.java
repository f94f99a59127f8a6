package ai.ubc.cli.demo;

import ai.ubc.api.AccountView;
import ai.ubc.api.BurnsView;
import ai.ubc.api.JobView;
import ai.ubc.cli.files.Examples;
import ai.ubc.cli.network.LocalNetwork;
import ai.ubc.cli.network.RunningNode;
import ai.ubc.cli.text.Accounts;
import ai.ubc.cli.text.Amounts;
import ai.ubc.cli.text.Checks;
import ai.ubc.cli.text.Progress;
import ai.ubc.codec.audit.AssetTotals;
import ai.ubc.codec.audit.AuditReport;
import ai.ubc.sdk.Read;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.job.JobClient;
import ai.ubc.sdk.job.JobNotDelivered;
import ai.ubc.sdk.job.JobOrder;
import ai.ubc.sdk.job.JobResult;
import ai.ubc.sdk.job.SecretStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** The demonstration: an agent buys jobs, and what happens is printed and checked. */
final class DemoStory {
  private static final int PRIMES_UP_TO = 50_000_000;
  private static final int VALIDATORS = 3;
  private static final long CLOSE_POLL_MS = 100;
  private static final int CLOSE_POLLS = 300;
  private static final String AGENT = "the agent";
  private static final String SHOP = "shop";
  private static final String TREASURY = "treasury";

  private final LocalNetwork network;
  private final Examples examples;
  private final PrintWriter out;
  private final Progress progress;
  private final Checks checks;
  private final UbcClient client;
  private final DemoFacts facts;
  private final Supplier<Optional<Denial>> copiersDenial;
  private final DemoSeed seed;
  private final Map<String, Integer> accounts = new LinkedHashMap<>();
  private final Map<String, AccountView> before = new LinkedHashMap<>();

  DemoStory(
      LocalNetwork network,
      Examples examples,
      PrintWriter out,
      Progress progress,
      DemoFacts facts,
      DemoSeed seed,
      Supplier<Optional<Denial>> copiersDenial) {
    this.seed = seed;
    this.facts = facts;
    this.copiersDenial = copiersDenial;
    this.network = network;
    this.examples = examples;
    this.out = out;
    this.progress = progress;
    this.checks = new Checks(out);
    this.client = network.client();
  }

  /** Tells it, and returns how many checks failed. */
  int tell() throws UbcException, InterruptedException, IOException {
    Session agent = network.openAccount("agent", DemoCast.AGENT_MICROS);
    Session shop = network.openAccount(SHOP, 1);
    accounts.put(AGENT, agent.account());
    accounts.put(SHOP, shop.account());
    network.nodes().forEach(node -> accounts.put(node.name(), node.account()));
    accounts.put(TREASURY, 1);
    introduce();
    for (Map.Entry<String, Integer> account : accounts.entrySet()) {
      before.put(account.getKey(), view(account.getValue(), 0));
    }

    JobClient jobs = new JobClient(agent, SecretStore.inMemory());
    JobView lied = buyFromTheLiar(jobs);
    JobResult words = buy(jobs, wordCount(), "counting the words of three texts, again");
    Misdeeds misdeeds = new Misdeeds(jobs, client, examples, copiersDenial);
    misdeeds.order();
    JobResult primes;
    JobResult picture;
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<JobResult> heavy =
          all.submit(() ->
              buy(
                  apart(agent, "primes"),
                  order("primes").args(Integer.toString(PRIMES_UP_TO)),
                  "counting primes"));
      Future<JobResult> drawn =
          all.submit(() -> buy(apart(agent, "picture"), order("picture"), "drawing a picture"));
      Future<?> others =
          all.submit(() -> {
            misdeeds.await();
            return null;
          });
      primes = heavy.get();
      picture = drawn.get();
      progress.say("waiting for those that do not do their duty (their time is 20 s here) …");
      others.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a job was not done", e);
    }
    report(lied, words, primes, picture, misdeeds);
    checkResults(lied, words, primes, picture);
    misdeeds.check(checks, this::account);
    new HijackedAgent(
            agent, shop.account(), account(DemoCast.LIAR), out, checks, progress, facts, seed)
        .tell(costMicros ->
            JobOrder.of(examples.program("wordcount"), costMicros)
                .quorum(VALIDATORS)
                .input(examples.texts())
                .build());
    settle();
    return checks.failed();
  }

  // What is bought side by side draws its nonces and secrets apart, whoever is first.
  private JobClient apart(Session agent, String what) throws UbcException, InterruptedException {
    Session session =
        Session.open(client, agent.wallet(), seed.of("nonces for " + what)).orElseThrow();
    return new JobClient(session, SecretStore.inMemory());
  }

  private int account(String name) {
    return Objects.requireNonNull(accounts.get(name));
  }

  private void introduce() {
    out.println(
        "A network in this process: " + network.url() + ", genesis " + network.genesisHash());
    out.println("Seed " + seed.seed() + ": with --seed it draws the same keys and secrets again.");
    facts.network(network.url(), network.genesisHash(), seed.seed());
    for (RunningNode node : network.nodes()) {
      out.println(String.format(Locale.ROOT, "  %-10s %s", node.name(), node.describe()));
    }
    out.println(
        "The agent has "
            + Amounts.compute(DemoCast.AGENT_MICROS)
            + " and pays at most "
            + Amounts.compute(DemoCast.JOB_COST_MICROS)
            + " a job, re-run by "
            + VALIDATORS
            + " drawn validators.");
    out.flush();
  }

  private JobOrder.Builder order(String program) {
    return JobOrder.of(examples.program(program), DemoCast.JOB_COST_MICROS).quorum(VALIDATORS);
  }

  private JobOrder.Builder wordCount() {
    return order("wordcount").input(examples.texts());
  }

  private JobView buyFromTheLiar(JobClient jobs) throws UbcException, InterruptedException {
    try {
      JobResult result = buy(jobs, wordCount(), "counting the words of three texts");
      return result.job();
    } catch (JobNotDelivered e) {
      return e.job();
    }
  }

  private JobResult buy(JobClient jobs, JobOrder.Builder order, String what)
      throws UbcException, InterruptedException {
    progress.say(what + " …");
    long job = jobs.submit(order.build());
    return jobs.await(
        job,
        view ->
            progress.say(
                "job "
                    + job
                    + ", "
                    + what
                    + ": "
                    + view.state().toLowerCase(Locale.ROOT).replace('_', ' ')
                    + " …"));
  }

  private void report(
      JobView lied, JobResult words, JobResult primes, JobResult picture, Misdeeds misdeeds)
      throws UbcException, InterruptedException {
    progress.clear();
    JobReport report = new JobReport(out, this::name, facts);
    report.print("counts the words of three texts; the cheapest offer takes it", job(lied.job()));
    report.print("the same again; the liar's bond no longer carries it", job(words.job().job()));
    report.print("counts the primes up to " + PRIMES_UP_TO, job(primes.job().job()));
    report.print("draws a picture", job(picture.job().job()));
    misdeeds.print(report);
    out.println();
  }

  private void checkResults(JobView lied, JobResult words, JobResult primes, JobResult picture)
      throws IOException, UbcException, InterruptedException {
    out.println("Checked");
    checks.check(
        "the liar was judged FRAUD, and the agent paid nothing for it",
        StoryMapper.isFraud(lied) && StoryMapper.isFree(lied));
    for (JobResult result : new JobResult[] {words, primes, picture}) {
      JobView job = job(result.job().job());
      checks.check(
          "job " + job.job() + " was accepted and paid to an honest provider",
          StoryMapper.isAccepted(job)
              && job.settlement() != null
              && job.settlement().payMicros() > 0
              && !name(job.leased().orElseThrow().provider()).equals(DemoCast.LIAR));
    }
    checks.check(
        "the word count gives the true size of the texts",
        DemoChecks.mentions(
            words.items().getFirst().stdout(), DemoChecks.bytesIn(examples.texts())));
    checks.check(
        "the number of primes is that of a sieve run here",
        DemoChecks.mentions(
            primes.items().getFirst().stdout(), DemoChecks.primesUpTo(PRIMES_UP_TO)));
    checks.check(
        "the picture is one",
        DemoChecks.isPicture(picture.items().getFirst().files().values().iterator().next()));
    out.flush();
  }

  /** Waits for the dispute windows, then adds everything up. */
  private void settle() throws UbcException, InterruptedException {
    progress.say("waiting for the dispute windows (3 s here, a day in production) …");
    awaitClosed();
    progress.clear();
    LocalNetwork.State state = network.state();
    AuditReport audit = network.audit();
    Read<BurnsView> burns = client.burns(state.seq());
    balances(state.seq());
    conservation(audit);
    checks.check(
        "conserved after every one of "
            + audit.lastSeq()
            + " log entries, nothing negative, every escrow ended once",
        audit.isClean() && audit.openJobs() == 0);
    checks.check(
        "the gateway shows every balance as the journal has it",
        Accounts.agree(client, audit, state.seq()));
    checks.check(
        "what is shown as burned is what the journal burned",
        burns.value().burns().stream().mapToLong(BurnsView.Line::amountMicros).sum()
            == audit.assets().stream().mapToLong(a -> a.burned().longValueExact()).sum());
    checks.check(
        "whoever did not do its duty lost bond, everybody else lost none",
        honestKeptTheirBonds(state.seq()));
    LocalNetwork.State replayed = network.replay();
    checks.check(
        "the journal, replayed by a fresh engine, gives the same state",
        replayed.seq() >= state.seq() && network.state().equals(network.replay()));
    out.println();
    out.println("state hash " + replayed.hash() + " at log entry " + replayed.seq());
    facts.end(checks, replayed.hash().toString(), replayed.seq());
    out.println(checks.failed() == 0 ? "Everything holds." : checks.failed() + " checks FAILED.");
    out.flush();
  }

  private void awaitClosed() throws UbcException, InterruptedException {
    for (int i = 0; i < CLOSE_POLLS; i++) {
      boolean open =
          client.jobs(OptionalInt.of(account(AGENT)), 100, 0, 0).value().jobs().stream()
              .anyMatch(j -> !StoryMapper.isClosed(j));
      if (!open) {
        return;
      }
      client.clock().sleep(CLOSE_POLL_MS);
    }
  }

  private void balances(long seq) throws UbcException, InterruptedException {
    out.println();
    out.println(
        String.format(Locale.ROOT, "%-12s %18s %18s %14s", "COMPUTE", "before", "after", "change"));
    for (Map.Entry<String, Integer> account : accounts.entrySet()) {
      long had = total(Objects.requireNonNull(before.get(account.getKey())));
      long has = total(view(account.getValue(), seq));
      facts.balance(account.getKey(), new DemoFacts.Balance(account.getValue(), had, has));
      out.println(
          String.format(
              Locale.ROOT,
              "%-12s %18s %18s %14s",
              account.getKey(),
              Amounts.plain(had),
              Amounts.plain(has),
              (has > had ? "+" : "") + signed(has - had)));
    }
    out.flush();
  }

  private void conservation(AuditReport audit) {
    out.println();
    out.println("Added up from the journal by code that shares nothing with the ledger");
    for (AssetTotals totals : audit.assets()) {
      out.println(
          "  "
              + Amounts.symbol(totals.asset())
              + ": free "
              + Amounts.plain(totals.free().longValueExact())
              + " + bonds "
              + Amounts.plain(totals.providerBonds().add(totals.validatorBonds()).longValueExact())
              + " + locks "
              + Amounts.plain(totals.locks().longValueExact())
              + " + burned "
              + Amounts.plain(totals.burned().longValueExact())
              + " = "
              + Amounts.plain(totals.sum().longValueExact())
              + (totals.isConserved()
                  ? " = genesis"
                  : " but genesis had " + Amounts.plain(totals.genesis().longValueExact())));
    }
  }

  private boolean honestKeptTheirBonds(long seq) throws UbcException, InterruptedException {
    for (RunningNode node : network.nodes()) {
      AccountView now = view(node.account(), seq);
      AccountView then = before.get(node.name());
      boolean lost =
          then != null
              && now.providerBondMicros() + now.validatorBondMicros()
                  < then.providerBondMicros() + then.validatorBondMicros();
      if (lost != DemoCast.isVillain(node.name())) {
        return false;
      }
    }
    return true;
  }

  private AccountView view(int account, long seq) throws UbcException, InterruptedException {
    return client.account(account, seq).map(Read::value).orElseThrow();
  }

  private JobView job(long job) throws UbcException, InterruptedException {
    return client.job(job, 0).value();
  }

  private static long total(AccountView view) {
    return Accounts.freeCompute(view)
        + view.providerBondMicros()
        + view.validatorBondMicros()
        + view.heldMicros();
  }

  private static String signed(long micros) {
    return micros < 0 ? "-" + Amounts.plain(-micros) : Amounts.plain(micros);
  }

  private String name(int account) {
    return accounts.entrySet().stream()
        .filter(e -> e.getValue() == account)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("account " + account);
  }
}
