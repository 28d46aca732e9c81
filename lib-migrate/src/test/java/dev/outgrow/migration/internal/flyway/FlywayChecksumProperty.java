package dev.outgrow.migration.internal.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.migration.fingerprint.ScriptChecksum;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.flywaydb.core.internal.resolver.ChecksumCalculator;

/** A changed script can be found without Flyway because the number is Flyway's own. */
class FlywayChecksumProperty {
  @Property(tries = 2000, seed = "20261121")
  void theNumberIsFlywaysOwn(@ForAll("texts") String text) {
    int flyway = ChecksumCalculator.calculate(new ScriptResource("V1__x.sql", text));
    assertThat(ScriptChecksum.of(text)).isEqualTo(flyway);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "\uFEFF",
            "\n",
            "\r",
            "\r\n",
            "",
            " ",
            "SELECT 1;",
            "-- é\u4e2d",
            "\uD83D\uDE00",
            "\u2028",
            "\f",
            "\u0085")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
