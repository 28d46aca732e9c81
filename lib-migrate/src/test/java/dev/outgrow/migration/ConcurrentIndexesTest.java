package dev.outgrow.migration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The statement that takes back an index that was made concurrently. */
class ConcurrentIndexesTest {
  @Test
  void namesEachIndexAsTheScriptWritesIt() {
    assertThat(
            ConcurrentIndexes.takeBack(
                """
                create unique index concurrently ix_a on users (name);
                CREATE INDEX CONCURRENTLY IF NOT EXISTS "Index B" ON ONLY media.plays (id);
                """))
        .isEqualTo(
            " An index that was made concurrently is taken back by"
                + " DROP INDEX CONCURRENTLY IF EXISTS ix_a;"
                + " DROP INDEX CONCURRENTLY IF EXISTS media.\"Index B\";");
  }

  @Test
  void saysNothingOfOtherIndexes() {
    assertThat(ConcurrentIndexes.takeBack("CREATE INDEX ix_a ON users (name);")).isEmpty();
    assertThat(ConcurrentIndexes.takeBack("CREATE INDEX CONCURRENTLY ON users (name);")).isEmpty();
  }
}
