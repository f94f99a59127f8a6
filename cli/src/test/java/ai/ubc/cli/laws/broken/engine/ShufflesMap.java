package ai.ubc.cli.laws.broken.engine;

import java.util.Map;

record ShufflesMap(long account) {
  Map<Long, Long> balances() {
    return Map.of(account, 1L, 0L, 2L);
  }
}
