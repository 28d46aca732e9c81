package dev.outgrow.importer.postgres;

import static dev.outgrow.importer.fixture.ListedRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.error.ValueException;
import dev.outgrow.importer.fixture.ListedRows;
import dev.outgrow.importer.fixture.MappedTable;
import dev.outgrow.importer.fixture.TestDatabase;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.Reading.BadText;
import dev.outgrow.importer.source.Reading.Form;
import dev.outgrow.importer.source.Reading.Overlap;
import dev.outgrow.importer.verify.TableVerdict;
import dev.outgrow.importer.verify.Verifier;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column with a rule, on a server: loads values, verifies them and shows what they became. */
final class RuledColumn {
  private final TestDatabase server;

  RuledColumn(TestDatabase server) {
    this.server = server;
  }

  void refused(TargetType type, Reading reading, Object cell, String reason) {
    assertThatExceptionOfType(ValueException.class)
        .as("%s %s %s", type, reading, cell)
        .isThrownBy(() -> one(type, reading, cell))
        .withMessageContaining(reason)
        .withMessageContaining("rule")
        .satisfies(e -> assertThat(e.key()).isEqualTo("id=0"));
  }

  @Nullable String one(TargetType type, Reading reading, Object cell) throws SQLException {
    return carried(type, reading, List.of(cell), "v::text").get(0);
  }

  static Reading rounding(Form form) {
    return new Reading(form, true, false, BadText.REJECT, "", Overlap.REFUSE, List.of(), List.of());
  }

  static BigDecimal plain(BigDecimal value) {
    return value.signum() == 0
        ? BigDecimal.ZERO
        : new BigDecimal(value.stripTrailingZeros().toPlainString());
  }

  static List<BigDecimal> plain(List<BigDecimal> values) {
    return values.stream().map(RuledColumn::plain).toList();
  }

  /** Loads the values, lets the verifier agree, and returns what the server makes of them. */
  List<@Nullable String> carried(TargetType type, Reading reading, List<?> values, String shown)
      throws SQLException {
    TableMapping table =
        MappedTable.named("ruled")
            .column("id", TargetType.BIGINT)
            .column("v", type, reading)
            .key("id")
            .build();
    server.execute(
        "DROP TABLE IF EXISTS ruled", "CREATE TABLE ruled (id bigint, v " + type.sql() + ")");
    List<@Nullable Object[]> rows = new ArrayList<>();
    values.forEach(v -> rows.add(row((long) rows.size(), v)));
    try (Connection connection = server.connection()) {
      Step.Load step = new Step.Load(table, "COPY ruled FROM STDIN (FORMAT binary)");
      Loaded loaded =
          new Loader(connection, new Buffers(4, 1024))
              .load(step, ListedRows.of(rows), (done, bytes) -> {});
      TableVerdict verdict =
          new Verifier(connection, "public")
              .verify(table, loaded.digest(), () -> ListedRows.of(rows), done -> {});
      assertThat(verdict.verified()).as("%s %s %s", type, reading, verdict).isTrue();
      TestDatabase.column(connection, "SELECT set_config('TimeZone', 'UTC', false)");
      return TestDatabase.column(connection, "SELECT " + shown + " FROM ruled ORDER BY id");
    }
  }
}
