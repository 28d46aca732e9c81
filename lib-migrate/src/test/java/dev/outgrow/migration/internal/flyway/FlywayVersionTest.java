package dev.outgrow.migration.internal.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import org.flywaydb.core.internal.license.VersionPrinter;
import org.junit.jupiter.api.Test;

class FlywayVersionTest {
  @Test
  void isWhatFlywayItselfSays() {
    assertThat(FlywayVersion.text()).isEqualTo(VersionPrinter.getVersion()).matches("[0-9.]+");
  }
}
