package dev.outgrow.migration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirstMigrationTest {
  @Test
  void theFlywayOfThisBuildHasAllThatIsLoadedAhead() {
    assertThat(FirstMigration.prepare()).isEmpty();
  }
}
