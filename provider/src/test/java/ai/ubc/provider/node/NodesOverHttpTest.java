package ai.ubc.provider.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Role;
import ai.ubc.sdk.Wallet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodesOverHttpTest {
  private static final long LIMIT_S = 60;
  private static final int REGISTER = 1;
  private static final int BOND = 3;
  private static final int PLACE_OFFER = 5;
  private static final int CANCEL_OFFER = 6;
  private static final int COMMIT = 8;
  private static final int OPEN_RESULT = 10;
  private static final int SEAL = 11;
  private static final int OPEN_VERDICT = 12;

  @TempDir Path root;

  private TinyGateway gateway;
  private Terms terms;

  @BeforeEach
  void open() throws IOException {
    gateway = new TinyGateway();
    terms =
        new Terms(
            TinyGateway.JOB,
            gateway.store(Jobs.PROGRAM),
            gateway.store(Jobs.bundle("hello")),
            1,
            1_000);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private NodeSettings settings() {
    return new NodeSettings(
        gateway.address(),
        Wallet.of(KeyPair.of(new Hash32(1, 2, 3, 4).bytes())),
        root,
        PartFixture.LIMITS,
        1_000);
  }

  private int command() throws InterruptedException {
    Integer template = gateway.templates().poll(LIMIT_S, TimeUnit.SECONDS);
    return template == null ? -1 : template;
  }

  @Test
  void aProviderRegistersBondsOffersRunsCommitsAndOpens() throws Exception {
    FakeRuntime runtime = new FakeRuntime();
    ProviderSettings settings = new ProviderSettings(settings(), 200, 1_000_000, () -> true);
    try (ProviderNode node = ProviderNode.start(settings, runtime)) {
      assertThat(node.ready().get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(TinyGateway.ACCOUNT);
      assertThat(command()).isEqualTo(REGISTER);
      assertThat(command()).isEqualTo(BOND);
      assertThat(command()).isEqualTo(CANCEL_OFFER);
      assertThat(command()).isEqualTo(PLACE_OFFER);
      gateway.workIs(terms, "LEASED", "RUN");
      assertThat(next(COMMIT)).isEqualTo(COMMIT);
      gateway.workIs(terms, "OPENING", "OPEN_RESULT");
      assertThat(next(OPEN_RESULT)).isEqualTo(OPEN_RESULT);
      assertThat(runtime.requests()).hasSize(1);
      gateway.workIs(terms, "CLOSED", null);
    }
  }

  // The book of the tiny gateway never changes, so the provider mends it again with each read; and
  // until the test says that the job goes on, it asks for the commit again.
  private int next(int template) throws InterruptedException {
    int found = command();
    while (found == CANCEL_OFFER
        || found == PLACE_OFFER
        || (found == COMMIT && template == OPEN_RESULT)) {
      found = command();
    }
    return found == template ? template : -found;
  }

  @Test
  void aValidatorSealsAndOpensAlsoAfterARestart() throws Exception {
    try (ValidatorNode node = ValidatorNode.start(settings(), new FakeRuntime())) {
      assertThat(node.ready().get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(TinyGateway.ACCOUNT);
      assertThat(command()).isEqualTo(REGISTER);
      assertThat(command()).isEqualTo(BOND);
      gateway.workIs(terms, "SEALING", "SEAL_VERDICT");
      assertThat(command()).isEqualTo(SEAL);
    }
    gateway.workIs(terms, "OPENING", "OPEN_VERDICT");
    try (ValidatorNode node = ValidatorNode.start(settings(), new FakeRuntime())) {
      assertThat(node.ready().get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(TinyGateway.ACCOUNT);
      assertThat(command()).isEqualTo(BOND);
      assertThat(command()).isEqualTo(OPEN_VERDICT);
    }
  }

  @Test
  void theLedgerOverHttpSaysWhatTheNodeNeeds() throws Exception {
    NodeShell.Wiring wiring =
        Wirings.connect(
            settings(),
            Role.PROVIDER,
            Set.of(Duty.Action.RUN),
            (ledger, directory) ->
                new ValidatorPart(
                    ledger,
                    Wirings.execution(ledger, directory, new FakeRuntime(), PartFixture.LIMITS),
                    new Vault(directory.vault()),
                    Wirings.salts(new SecureRandom())));
    try (wiring) {
      Ledger ledger = wiring.ledger();
      assertThat(ledger.account()).isEqualTo(TinyGateway.ACCOUNT);
      assertThat(ledger.owner()).startsWith("0x").hasSize(42);
      assertThat(ledger.purse(Role.PROVIDER, 0)).isEqualTo(new Ledger.Purse(5_000, 400));
      assertThat(ledger.purse(Role.VALIDATOR, 0)).isEqualTo(new Ledger.Purse(5_000, 250));
      assertThat(ledger.offers(0).value()).containsExactly(new Ledger.Offer(1, 100, 5));
      assertThat(ledger.isOver(TinyGateway.JOB)).isTrue();
      gateway.workIs(terms, "LEASED", "RUN");
      assertThat(ledger.isOver(TinyGateway.JOB)).isFalse();
      assertThat(ledger.agenda(0).duties())
          .containsExactly(
              new Duty(new Duty.Key(Duty.Action.RUN, TinyGateway.JOB, 0), 1_000_000, terms));
      gateway.workIs(terms, "AWAITING_SECRET", "REVEAL_SECRET");
      assertThat(ledger.agenda(0).duties()).isEmpty();
      gateway.workIs(terms, "OPENING", "OPEN_RESULT");
      assertThat(ledger.agenda(0).duties()).isEmpty();
      assertThat(ledger.parameters().feePpm()).isEqualTo(20_000);
    }
  }

  @Test
  void aDirectoryInUseIsReported() throws Exception {
    try (ValidatorNode first = ValidatorNode.start(settings(), new FakeRuntime())) {
      assertThat(first.ready().get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(TinyGateway.ACCOUNT);
      try (ValidatorNode second = ValidatorNode.start(settings(), new FakeRuntime())) {
        assertThatThrownBy(() -> second.ready().get(LIMIT_S, TimeUnit.SECONDS))
            .hasRootCauseMessage(
                "another node uses " + networkDirectory() + "; give each its own directory");
      }
    }
  }

  private Path networkDirectory() throws IOException {
    try (Stream<Path> directories = Files.list(root)) {
      return directories.findFirst().orElseThrow();
    }
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    NodeSettings good = settings();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProviderSettings(good, 0, 1, () -> true));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProviderSettings(good, 1, 0, () -> true));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NodeSettings(good.gateway(), good.wallet(), root, good.limits(), -1));
  }
}
