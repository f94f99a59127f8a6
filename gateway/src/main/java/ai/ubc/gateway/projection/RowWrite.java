package ai.ubc.gateway.projection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One write to a row.
 *
 * @param statement what is done
 * @param values the statement's parameters, in order: integers, text, bytes or truth values
 */
public record RowWrite(Statement statement, List<Object> values) {
  /** Copies the values. */
  public RowWrite {
    values = List.copyOf(values);
  }

  static RowWrite of(Statement statement, Object... values) {
    return new RowWrite(statement, List.of(values));
  }

  /**
   * The writes of a batch by statement, in the order in which the statements must run; within a
   * statement in the order given. Sums of one key become one write.
   */
  public static Map<Statement, List<List<Object>>> batch(List<RowWrite> writes) {
    Map<Statement, List<List<Object>>> batch = new LinkedHashMap<>();
    for (Statement statement : Statement.values()) {
      List<List<Object>> rows = new ArrayList<>();
      for (RowWrite write : writes) {
        if (write.statement() == statement) {
          rows.add(write.values());
        }
      }
      if (!rows.isEmpty()) {
        batch.put(statement, statement.isSum() ? summed(rows) : rows);
      }
    }
    return batch;
  }

  private static List<List<Object>> summed(List<List<Object>> rows) {
    Map<List<Object>, Long> sums = new LinkedHashMap<>();
    for (List<Object> row : rows) {
      List<Object> key = row.subList(0, row.size() - 1);
      sums.merge(key, (Long) row.getLast(), Math::addExact);
    }
    List<List<Object>> result = new ArrayList<>();
    sums.forEach((key, sum) -> {
      List<Object> row = new ArrayList<>(key);
      row.add(sum);
      result.add(row);
    });
    return result;
  }
}
