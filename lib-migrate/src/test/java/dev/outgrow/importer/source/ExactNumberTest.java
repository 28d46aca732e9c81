package dev.outgrow.importer.source;

import static dev.outgrow.importer.fixture.ListedRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.ListedRows;
import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactNumberTest {
  private static SourceRow cell(Object value) {
    ListedRows rows = ListedRows.of(row(value), row(value));
    rows.next();
    return rows;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "007", "+1", " 1", "1 ", "1e3", "-0", "-0.0", ".5", "5.", "0x1", "١", "1_0", "inf",
        "NaN"
      })
  void aTextInAnyOtherSpellingIsNoNumber(String text) {
    assertThat(ExactNumber.decimal(cell(text), 0)).isEmpty();
    assertThat(ExactNumber.whole(cell(text), 0)).isEmpty();
    assertThat(ExactNumber.real(cell(text), 0)).isEmpty();
  }

  @Test
  void aNumberThatIsNotWholeOrTooLargeIsNoWholeNumber() {
    for (Object value :
        new Object[] {1.5, 0x1p63, -0x1.8p63, "9223372036854775808", "1.0", "1.5"}) {
      assertThat(ExactNumber.whole(cell(value), 0)).as("%s", value).isEmpty();
    }
    assertThat(ExactNumber.whole(cell(-0x1p63), 0)).hasValue(Long.MIN_VALUE);
    assertThat(ExactNumber.whole(cell("-9223372036854775808"), 0)).hasValue(Long.MIN_VALUE);
    assertThat(ExactNumber.whole(cell(new byte[] {'1'}), 0)).isEmpty();
  }

  @Property
  void aWholeNumberIsItselfInEverySpelling(@ForAll long value) {
    assertThat(ExactNumber.whole(cell(value), 0)).hasValue(value);
    assertThat(ExactNumber.whole(cell(Long.toString(value)), 0)).hasValue(value);
    assertThat(ExactNumber.decimal(cell(value), 0)).hasValue(BigDecimal.valueOf(value));
  }

  @Property
  void anIntegerIsADoubleOnlyWhereNoDigitIsLost(@ForAll long value) {
    boolean kept = new BigDecimal((double) value).compareTo(BigDecimal.valueOf(value)) == 0;

    assertThat(ExactNumber.real(cell(value), 0).isPresent()).isEqualTo(kept);
  }

  @Property
  void aDecimalIsADoubleOnlyWhereItsDigitsComeBack(@ForAll BigDecimal value) {
    String plain = value.toPlainString();
    double nearest = value.doubleValue();
    boolean kept =
        Double.isFinite(nearest)
            && (nearest == 0
                ? value.signum() == 0
                : RealText.decimal(nearest).compareTo(value) == 0);

    if (!plain.startsWith("-0") || value.signum() != 0) {
      assertThat(ExactNumber.real(cell(plain), 0).isPresent()).isEqualTo(kept);
    }
  }

  @Test
  void realKeepsWhatItHoldsOrPrintsAlike() {
    for (Object kept :
        new Object[] {0.1, 0.1f * 1.0, 16777216L, "0.1", Double.POSITIVE_INFINITY, -0.0, 1.5e-45}) {
      boolean expected = !kept.equals(1.5e-45);
      assertThat(Trait.FLOAT.test().holds(cell(kept), 0)).as("%s", kept).isEqualTo(expected);
    }
    for (Object lost : new Object[] {16777217L, 1700000000.25, 1e39, 0.123456789012, "x"}) {
      assertThat(Trait.FLOAT.test().holds(cell(lost), 0)).as("%s", lost).isFalse();
    }
  }
}
