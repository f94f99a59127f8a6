package ai.ubc.provider.node;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.Command;
import ai.ubc.domain.Role;
import org.junit.jupiter.api.Test;

class BondingTest {
  private final FakeLedger ledger = new FakeLedger();

  @Test
  void whatIsMissingIsBonded() throws Exception {
    ledger.purseIs(900, 300);
    assertThat(Bonding.ensure(ledger, Role.VALIDATOR, 1_000)).isEmpty();
    assertThat(ledger.given()).containsExactly(new Command.Bond(Role.VALIDATOR.code(), 700));
  }

  @Test
  void aBondThatIsThereStays() throws Exception {
    ledger.purseIs(900, 1_000);
    assertThat(Bonding.ensure(ledger, Role.PROVIDER, 1_000)).isEmpty();
    assertThat(ledger.given()).isEmpty();
  }

  @Test
  void theOperatorIsToldWhatToTransferWhere() throws Exception {
    ledger.purseIs(1_500_000, 0);
    assertThat(Bonding.ensure(ledger, Role.PROVIDER, 2_000_000))
        .isEqualTo(
            "account 7 (0xowner) has 1.5 COMPUTE but needs 2 for its bond as a provider; transfer"
                + " them to it");
    assertThat(ledger.given()).isEmpty();
  }
}
