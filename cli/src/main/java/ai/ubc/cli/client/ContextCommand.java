package ai.ubc.cli.client;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.Context;
import ai.ubc.cli.command.Contexts;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The networks that the user's commands know. */
@Command(
    name = "context",
    mixinStandardHelpOptions = true,
    description = {
      "Which network your commands talk to, with which key.",
      "\"ubc up\" writes the context \"local\". A context remembers the network's fingerprint, the hash of its genesis: another network at its address is refused."
    },
    subcommands = {
      ContextCommand.Use.class,
      ContextCommand.Show.class,
      ContextCommand.ListAll.class
    })
public final class ContextCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Without a subcommand: what there is. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static Map<String, Object> facts(Context context) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", context.name());
    facts.put("gateway", context.gateway().toString());
    facts.put("wallet", context.wallet().toString());
    facts.put("fingerprint", context.fingerprint());
    return facts;
  }

  private static String[] lines(Context context) {
    return new String[] {
      "context      " + context.name(),
      "gateway      " + context.gateway(),
      "wallet       " + context.wallet(),
      "fingerprint  " + context.fingerprint()
    };
  }

  /** Chooses a context. */
  @Command(
      name = "use",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Have commands use a context from now on.",
        "With --gateway the context is made, or made anew: the network that answers there is asked for its fingerprint, which is kept."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ubc context use local",
        "  ubc context use work --gateway http://127.0.0.1:8080 --wallet work.key"
      })
  static final class Use extends ClientCommand {
    @Parameters(paramLabel = "NAME", description = "The context's name.")
    private String name = "";

    @Override
    protected Answer answer() throws CommandFailure, UbcException, InterruptedException {
      Contexts contexts = new Contexts(surroundings().home());
      Optional<URI> gateway = settings().typedUrl();
      if (gateway.isPresent()) {
        try (UbcClient client = settings().connect()) {
          contexts.put(
              new Context(
                  name,
                  gateway.get(),
                  settings().walletFile().toAbsolutePath().normalize(),
                  client.network().genesisHash().toString()));
        }
      }
      contexts.use(name);
      Context used = contexts.get(name);
      return Answer.done(facts(used), lines(used));
    }
  }

  /** Shows the context in use. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Show the context that commands use.",
      footerHeading = "%nExamples:%n",
      footer = {"  ubc context show"})
  static final class Show extends ClientCommand {
    @Override
    protected Answer answer() throws CommandFailure {
      Context used =
          new Contexts(surroundings().home())
              .current()
              .orElseThrow(() ->
                  CommandFailure.of(
                      ExitCode.FAILURE,
                      "NO_CONTEXT",
                      "no context is in use. \"ubc up\" writes one, and \"ubc context use NAME --gateway URL\" makes one.",
                      null));
      return Answer.done(facts(used), lines(used));
    }
  }

  /** Lists the contexts. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "List your contexts; the one in use has a star.",
      footerHeading = "%nExamples:%n",
      footer = {"  ubc context list"})
  static final class ListAll extends ClientCommand {
    @Override
    protected Answer answer() throws CommandFailure {
      Contexts contexts = new Contexts(surroundings().home());
      List<Context> all = contexts.all();
      String used = contexts.current().map(Context::name).orElse("");
      return Answer.done(
          Map.of("inUse", used, "contexts", all.stream().map(ContextCommand::facts).toList()),
          all.isEmpty()
              ? new String[] {"There is no context yet; \"ubc up\" writes one."}
              : all.stream()
                  .map(c -> (c.name().equals(used) ? "* " : "  ") + c.name() + "  " + c.gateway())
                  .toArray(String[]::new));
    }
  }
}
