package dev.outgrow.importer.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.source.ColumnProfile;
import dev.outgrow.importer.source.StorageClass;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table that decides: what is declared, what is held, what it becomes and by which line. */
class TypeRuleTest {

  @ParameterizedTest
  @CsvSource({
    "INTEGER, , BIGINT, integer affinity",
    "INTEGER, null, BIGINT, integer affinity",
    "INTEGER, integer, BIGINT, integer affinity",
    "INTEGER, integer null, BIGINT, integer affinity",
    "INTEGER, real, DOUBLE_PRECISION, holds only real numbers",
    "INTEGER, integer real, NUMERIC, holds only numbers",
    "INTEGER, integer text, TEXT, holds text",
    "INTEGER, text, TEXT, holds text",
    "INTEGER, blob, BYTEA, holds bytes",
    "INTEGER, integer blob null, BYTEA, holds bytes",
    "VARCHAR(9), , TEXT, text affinity",
    "VARCHAR(9), text, TEXT, text affinity",
    "VARCHAR(9), integer, TEXT, text affinity",
    "VARCHAR(9), integer real text null, TEXT, text affinity",
    "VARCHAR(9), text blob, BYTEA, holds bytes",
    "REAL, , DOUBLE_PRECISION, real affinity",
    "REAL, real null, DOUBLE_PRECISION, real affinity",
    "REAL, integer, BIGINT, holds only integers",
    "REAL, integer real, NUMERIC, holds only numbers",
    "REAL, real text, TEXT, holds text",
    "REAL, real blob, BYTEA, holds bytes",
    "BLOB, , BYTEA, declared as bytes",
    "BLOB, blob, BYTEA, declared as bytes",
    "BLOB, text, BYTEA, declared as bytes",
    "BLOB, text integer, BYTEA, declared as bytes",
    "BLOB, integer, BIGINT, holds only integers",
    "BLOB, real, DOUBLE_PRECISION, holds only real numbers",
    "BLOB, integer real, NUMERIC, holds only numbers",
    "'DECIMAL(10,2)', , NUMERIC, declared as decimal",
    "'DECIMAL(10,2)', integer, NUMERIC, declared as decimal",
    "'decimal(10,2)', integer real, NUMERIC, declared as decimal",
    "NUMERIC, real, NUMERIC, declared as decimal",
    "NUMERIC, text, TEXT, holds text",
    "BOOLEAN, , NUMERIC, numeric affinity",
    "BOOLEAN, integer, BIGINT, holds only integers",
    "BOOLEAN, integer null, BIGINT, holds only integers",
    "BOOLEAN, integer text, TEXT, holds text",
    "DATETIME, text null, TEXT, holds text",
    "DATETIME, real, NUMERIC, numeric affinity",
    "DATETIME, integer real, NUMERIC, numeric affinity",
    "DATETIME, blob, BYTEA, holds bytes",
    "'', , TEXT, 'no declared type, empty'",
    "'', null, TEXT, 'no declared type, empty'",
    "'', integer, BIGINT, holds only integers",
    "'', real, DOUBLE_PRECISION, holds only real numbers",
    "'', integer real, NUMERIC, holds only numbers",
    "'', text integer, TEXT, holds text",
    "'', blob text, BYTEA, holds bytes"
  })
  void decidesByDeclarationAndByWhatIsHeld(
      String declared, @Nullable String held, TargetType type, String line) {
    TypeRule rule = TypeRule.choose(new TypeRule.Facts(declared, profile(held)));

    assertThat(rule.type()).isEqualTo(type);
    assertThat(rule.name()).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource({
    "INTEGER, integer, true",
    "INTEGER, integer text, false",
    "TEXT, integer, true",
    "BLOB, integer, false",
    "DATETIME, text, false",
    "'', text, true",
    "'', blob, true"
  })
  void saysWhetherTheDeclarationAloneWouldHaveDecidedTheSame(
      String declared, @Nullable String held, boolean asDeclared) {
    assertThat(TypeChoice.of(declared, profile(held)).asDeclared()).isEqualTo(asDeclared);
  }

  @Property
  void alwaysHasRoomForEveryValue(@ForAll String declared, @ForAll StorageClass[] held) {
    Map<StorageClass, Long> counts = new EnumMap<>(StorageClass.class);
    Arrays.stream(held).forEach(c -> counts.put(c, 1L));
    ColumnProfile profile = new ColumnProfile(counts, Map.of());

    assertThat(TypeChoice.of(declared, profile).type().fits(profile)).isTrue();
  }

  private static ColumnProfile profile(@Nullable String held) {
    Map<StorageClass, Long> counts = new EnumMap<>(StorageClass.class);
    if (held != null) {
      for (String word : held.split(" ", -1)) {
        counts.put(StorageClass.valueOf(word.toUpperCase(Locale.ROOT)), 1L);
      }
    }
    return new ColumnProfile(counts, Map.of());
  }
}
