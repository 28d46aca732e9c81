package dev.outgrow.database.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class EmbeddedBinariesTest {
  @Test
  void theListOfTheJarSaysOfTheArchiveWhatReadingItDoes() throws IOException {
    assertThat(ListedBinaries.id()).contains(EmbeddedBinaries.read());
  }
}
