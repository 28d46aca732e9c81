package dev.outgrow.importer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.MappedTable;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.TargetType;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SortMemoryTest {
  private static final long MIB = 1 << 20;

  /** As much as the keys need, but no more than is allowed, and nothing where that is enough. */
  @ParameterizedTest
  @CsvSource({"1000000, 512, 0", "5000000, 512, 229", "5000000, 100, 100", "100000000, 512, 512"})
  void isWhatTheKeysOfTheLargestTableNeed(long rows, long most, long chosen) {
    Tactics tactics =
        Tactics.of(
            mapping(rows), new Tactics.Limits(2, 8 * MIB, most * MIB, true, true, true), List.of());

    assertThat(tactics.sortMemory()).isEqualTo(chosen * MIB);
    assertThat(tactics.told().stream().flatMap(t -> t.sql().stream()))
        .anyMatch(sql -> sql.contains("maintenance_work_mem") == (chosen > 0));
  }

  private static SchemaMapping mapping(long rows) {
    TableMapping table = MappedTable.named("t").column("id", TargetType.BIGINT).key("id").build();
    TableMapping large =
        new TableMapping(
            "t",
            "t",
            rows,
            table.columns(),
            table.primaryKey(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            0);
    return new SchemaMapping(List.of(large), List.of(), List.of(), List.of());
  }
}
