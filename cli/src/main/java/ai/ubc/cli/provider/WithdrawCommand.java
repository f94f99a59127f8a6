package ai.ubc.cli.provider;

import ai.ubc.cli.client.Answer;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.Written;
import ai.ubc.cli.text.Amounts;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Role;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Takes a provider's money out. */
@CommandLine.Command(
    name = "withdraw",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Take your provider's money: its free balance to another account, and with --bond its bond too.",
      "A bond is free again some time after the last job that it stood for; the network says how long (bondUnlockMs).",
      "Nothing is lost half way: run it again and it goes on."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ubc provider withdraw --to 0x5b38da6a701c568545dcfcb03fcb875f56beddc4",
      "  ubc provider withdraw --bond"
    })
public final class WithdrawCommand extends OwnProvider {
  @Option(
      names = "--to",
      paramLabel = "ADDRESS",
      description = "The address that owns the account to pay to (\"ubc wallet show\").")
  private @Nullable String to;

  @Option(
      names = "--amount",
      paramLabel = "COMPUTE",
      description = "How much to pay. Default: all that is free.")
  private @Nullable String amount;

  @Option(
      names = "--bond",
      description =
          "First take the bond back, as far as no job holds it; the provider must be stopped.")
  private boolean bond;

  @Override
  Answer answer(UbcClient client, Session provider)
      throws CommandFailure, UbcException, InterruptedException {
    if (to == null && (!bond || amount != null)) {
      throw new CommandFailure(
          ExitCode.USAGE, "say where to with --to ADDRESS, or take only the bond back with --bond");
    }
    int payee = to == null ? 0 : payee(client, to);
    Map<String, Object> facts = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    Holdings holdings = Holdings.of(client, provider.account(), 0);
    if (bond) {
      requireStopped(client);
      long seq = takeBond(client, provider, holdings, lines);
      facts.put("bondMicros", holdings.bondMicros());
      holdings = Holdings.of(client, provider.account(), seq);
    }
    if (payee != 0) {
      long paid =
          amount == null ? holdings.freeMicros() : Written.read("--amount", amount, Amounts::parse);
      pay(provider, payee, paid, holdings, lines);
      facts.put("paidMicros", paid);
      facts.put("toAccount", payee);
    }
    return Answer.done(facts, lines.toArray(String[]::new));
  }

  private static void pay(
      Session provider, int payee, long micros, Holdings holdings, List<String> lines)
      throws CommandFailure, UbcException, InterruptedException {
    if (micros > holdings.freeMicros()) {
      throw CommandFailure.of(
          ExitCode.BUDGET,
          Refusal.INSUFFICIENT_FUNDS.name(),
          "your provider has "
              + Amounts.compute(holdings.freeMicros())
              + " free; see \"ubc provider status\"",
          null);
    }
    if (micros == 0) {
      lines.add("nothing is free to pay");
      return;
    }
    provider.submit(new Command.Transfer(payee, Asset.COMPUTE, micros));
    lines.add(Amounts.compute(micros) + " paid to account " + payee);
  }

  private static int payee(UbcClient client, String address)
      throws CommandFailure, UbcException, InterruptedException {
    if (!address.matches("0x[0-9a-fA-F]{40}")) {
      throw new CommandFailure(
          ExitCode.USAGE, "--to must be an address, 0x and 40 hexadecimal digits");
    }
    return Holdings.accountOf(client, address)
        .orElseThrow(() ->
            CommandFailure.of(
                ExitCode.FAILURE,
                Refusal.UNKNOWN_PAYEE.name(),
                address
                    + " has no account on this network. Its owner opens one with \"ubc wallet faucet\" or any first command. Nothing was paid.",
                null));
  }

  // A running one would place its offers again.
  private void requireStopped(UbcClient client) throws CommandFailure {
    if (presence(client) == Presence.RUNNING) {
      throw CommandFailure.of(
          ExitCode.FAILURE,
          "PROVIDER_RUNS",
          "the provider still runs, and its bond stands behind its offers. Stop it with Ctrl-C, then take the bond. Nothing was changed.",
          null);
    }
  }

  private static long takeBond(
      UbcClient client, Session provider, Holdings holdings, List<String> lines)
      throws CommandFailure, UbcException, InterruptedException {
    for (long order : holdings.offers()) {
      provider.submit(new Command.CancelOffer(order));
      lines.add("offer " + order + " taken off the book");
    }
    if (holdings.bondMicros() == 0) {
      lines.add("no bond is free");
      return 0;
    }
    try {
      long seq = provider.submit(new Command.Unbond(Role.PROVIDER.code(), holdings.bondMicros()));
      lines.add(Amounts.compute(holdings.bondMicros()) + " of bond are free balance now");
      return seq;
    } catch (LedgerRefused e) {
      if (e.refusal() != Refusal.BOND_LOCKED) {
        throw e;
      }
      throw CommandFailure.of(
          ExitCode.FAILURE,
          Refusal.BOND_LOCKED.name(),
          locked(holdings.offers(), client.network().parameters().bondUnlockMs()),
          e);
    }
  }

  /** What a locked bond is told by, with what was done before the ledger refused it. */
  static String locked(List<Long> cancelled, long bondUnlockMs) {
    String done =
        cancelled.isEmpty()
            ? "Nothing was changed."
            : "Your offers are off the book already, and stay off until the provider is started again: "
                + cancelled.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + ". Nothing else was changed.";
    return "a bond can be taken back "
        + Amounts.seconds(bondUnlockMs / 1_000.0)
        + " after it was last added to or a job of it ended, so that nobody runs from a dispute. "
        + done
        + " Run the same again then.";
  }
}
