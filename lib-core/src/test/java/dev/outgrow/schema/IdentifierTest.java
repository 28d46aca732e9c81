package dev.outgrow.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdentifierTest {
  @Test
  void foldsTheLettersOfAsciiAlone() {
    assertThat(Identifier.folded("AZaz09_ÉİI\u212A")).isEqualTo("azaz09_Éİi\u212A");
    assertThat(Identifier.folded("")).isEmpty();
  }
}
