package dev.outgrow.importer.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class KeyTextTest {

  @Test
  void namesOneColumnOrSeveral() {
    assertThat(KeyText.of(List.of("id"), List.of("7"))).isEqualTo("id=7");
    assertThat(KeyText.of(List.of("a", "b"), List.of("1", "'x'"))).isEqualTo("(a, b)=(1, 'x')");
  }

  @Test
  void quotesText() {
    assertThat(text("it's")).isEqualTo("'it''s'");
    assertThat(text("")).isEqualTo("''");
  }

  @Test
  void cutsLongTextBetweenCharacters() {
    assertThat(text("x".repeat(40))).isEqualTo("'" + "x".repeat(40) + "'");
    assertThat(text("x".repeat(41))).isEqualTo("'" + "x".repeat(40) + "…'");
    assertThat(text("😀".repeat(40))).isEqualTo("'" + "😀".repeat(40) + "'");
    assertThat(text("x" + "😀".repeat(40))).isEqualTo("'x" + "😀".repeat(39) + "…'");
    assertThat(text("é".repeat(1000))).isEqualTo("'" + "é".repeat(40) + "…'");
  }

  @Test
  void showsBytesInHexadecimal() {
    assertThat(KeyText.bytes(new byte[] {0, -1})).isEqualTo("x'00ff'");
    assertThat(KeyText.bytes(new byte[21])).isEqualTo("x'" + "00".repeat(20) + "…'");
  }

  @Property
  void neverHoldsAControlCharacterOrHalfACharacter(@ForAll byte[] bytes) {
    String shown = KeyText.text(bytes);

    assertThat(shown.chars()).noneMatch(Character::isISOControl);
    assertThat(new String(shown.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(shown);
  }

  private static String text(String text) {
    return KeyText.text(text.getBytes(StandardCharsets.UTF_8));
  }
}
