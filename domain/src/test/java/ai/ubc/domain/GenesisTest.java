package ai.ubc.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenesisTest {
  private static final Address OWNER = new Address(1, 2, 3);

  private static Genesis genesis(List<Genesis.Allocation> allocations) {
    return new Genesis(
        "test",
        0,
        Hash32.ZERO,
        0,
        OWNER,
        OWNER,
        Hash32.ZERO,
        GenesisParameters.production(),
        allocations);
  }

  @Test
  void allocationsAreCopied() {
    List<Genesis.Allocation> allocations = new ArrayList<>();
    allocations.add(new Genesis.Allocation(OWNER, Asset.UBC, 1));
    Genesis genesis = genesis(allocations);
    allocations.clear();
    assertThat(genesis.allocations()).hasSize(1);
  }

  @Test
  void anAllocationIsPositiveAndOfAnAssetThatExists() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Genesis.Allocation(OWNER, Asset.UBC, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Genesis.Allocation(OWNER, 3, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Genesis.Allocation(OWNER, 0, 1));
  }

  /** NUM-002. */
  @Test
  void anAssetHasAtMostTwoToThe62MicroUnits() {
    long half = Genesis.SUPPLY_MAX_MICROS / 2;
    for (int asset = Asset.UBC; asset <= Asset.COMPUTE; asset++) {
      Genesis.Allocation part = new Genesis.Allocation(OWNER, asset, half);
      Genesis.Allocation one = new Genesis.Allocation(OWNER, asset, 1);
      Genesis.Allocation all = new Genesis.Allocation(OWNER, 3 - asset, 2 * half);
      assertThat(genesis(List.of(part, part, all)).allocations()).hasSize(3);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> genesis(List.of(part, part, one)))
          .withMessageContaining("2^62");
    }
  }

  @Test
  void theDevelopmentNetworkHasTheSameAmountsAndShorterWindows() {
    GenesisParameters production = GenesisParameters.production();
    GenesisParameters development = GenesisParameters.development();
    assertThat(development.feePpm()).isEqualTo(production.feePpm());
    assertThat(development.agreement()).isEqualTo(production.agreement());
    assertThat(development.disputeWindowMs()).isLessThan(production.disputeWindowMs());
    assertThat(development.bondUnlockMs()).isLessThan(production.bondUnlockMs());
  }

  @ParameterizedTest
  @CsvSource({
    "minimumPriceMicros, 0",
    "feePpm, -1",
    "feePpm, 1000001",
    "burnPpm, -1",
    "burnPpm, 20001",
    "depositPpm, 1000001",
    "bondPpm, -1",
    "dutyBondPpm, 1000001",
    "checkingPpm, -1",
    "checkingPpm, 10000001",
    "bondMinMicros, 0",
    "bondMinMicros, 1000000000000001",
    "validatorsMin, 0",
    "validatorsMin, 16",
    "validatorsMax, 0",
    "validatorsMax, 33",
    "redrawsMax, -1",
    "redrawsMax, 9",
    "itemsMax, 0",
    "itemsMax, 65536",
    "unitsMax, 0",
    "unitsMax, 1000000000000001",
    "priceMicrosMax, 0",
    "priceMicrosMax, 1000000001",
    "unitsPerSecondMin, 0",
    "runWindowMinMs, 0",
    "runWindowMinMs, 3600001",
    "runWindowMaxMs, 0",
    "runWindowMaxMs, 1099511627777",
    "secretWindowMs, 0",
    "beaconWindowMs, 0",
    "sealWindowMs, 0",
    "openWindowMs, 0",
    "disputeWindowMs, 0",
    "bondUnlockMs, -1",
    "bondUnlockMs, 1099511627777",
    "notAfterMaxMs, 0",
    "pendingPerSignerMax, 0"
  })
  void aParameterOutsideItsRangeIsRefused(String name, long value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(name, value))
        .withMessageMatching(".*(must be|parts per million|<=).*");
  }

  @Test
  void agreementIsAboveOneHalf() {
    assertThatIllegalArgumentException().isThrownBy(() -> with("agreement", new Fraction(1, 2)));
  }

  private static void with(String name, Object value) throws Throwable {
    RecordComponent[] components = GenesisParameters.class.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = components[i].getAccessor().invoke(GenesisParameters.production());
      if (components[i].getName().equals(name)) {
        boolean isInt = components[i].getType() == int.class;
        values[i] = isInt ? Integer.valueOf(((Long) value).intValue()) : value;
      }
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Constructor<GenesisParameters> constructor =
        GenesisParameters.class.getDeclaredConstructor(types);
    Executable create = () -> constructor.newInstance(values);
    try {
      create.execute();
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
