package dev.outgrow.importer.existing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.schema.Column;
import dev.outgrow.schema.Identity;
import dev.outgrow.schema.Table;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTablesTest {
  private static Table table(String name, String... columns) {
    return new Table(
        name,
        Arrays.stream(columns)
            .map(c -> new Column(c, "text", true, null, Identity.NONE, null, null))
            .toList(),
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void theNameOfAToolsOwnTableIsEnough() {
    assertThat(HistoryTables.toolOf(table("FLYWAY_SCHEMA_HISTORY", "x"))).hasValue("Flyway");
    assertThat(HistoryTables.toolOf(table("__efmigrationshistory", "x")))
        .hasValue("Entity Framework Core");
    assertThat(HistoryTables.toolOf(table("flyway", "x"))).isEmpty();
  }

  @Test
  void aNameThatAnythingCouldHaveNeedsTheToolsColumns() {
    assertThat(HistoryTables.toolOf(table("migrations", "id", "timestamp", "name")))
        .hasValue("TypeORM");
    assertThat(HistoryTables.toolOf(table("migrations", "id", "Migration", "Batch")))
        .hasValue("Laravel");
    assertThat(HistoryTables.toolOf(table("migrations", "id", "bird", "batch"))).isEmpty();
  }

  @Test
  void aHistoryOfFlywaysFormIsOneUnderAnyName() {
    String[] columns = {
      "installed_rank",
      "version",
      "description",
      "type",
      "script",
      "checksum",
      "installed_by",
      "installed_on",
      "execution_time",
      "success"
    };
    assertThat(HistoryTables.toolOf(table("core_schema_history", columns)))
        .hasValue("Flyway, or this library's chains");
    assertThat(HistoryTables.toolOf(table("installs", "installed_rank", "version", "script")))
        .isEmpty();
  }
}
