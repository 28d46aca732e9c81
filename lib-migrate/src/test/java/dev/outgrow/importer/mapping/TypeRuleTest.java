package dev.outgrow.importer.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.ListedRows;
import dev.outgrow.importer.source.CellTest;
import dev.outgrow.importer.source.ColumnProfile;
import dev.outgrow.importer.source.Misfits;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.importer.source.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table that decides: what is declared, what is held, what it becomes and by which line. */
class TypeRuleTest {
  private static final ColumnUse INDEXED = new ColumnUse(true, false);
  private static final ColumnUse UNIQUE = new ColumnUse(true, true);

  @ParameterizedTest
  @CsvSource({
    "INTEGER, , bigint, integer affinity",
    "INTEGER, null, bigint, integer affinity",
    "INTEGER, integer, bigint, integer affinity",
    "INTEGER, integer null, bigint, integer affinity",
    "INTEGER, real, double precision, holds only real numbers",
    "INTEGER, integer real, numeric, holds only numbers",
    "INTEGER, integer text, text, holds text",
    "INTEGER, text, text, holds text",
    "INTEGER, blob, bytea, holds bytes",
    "INTEGER, integer blob null, bytea, holds bytes",
    "SMALLINT, integer, bigint, integer affinity",
    "TINYINT(1), integer, bigint, integer affinity",
    "CLOB, , text, text affinity",
    "VARCHAR, text, text, text affinity",
    "VARCHAR(0), text, text, text affinity",
    "VARCHAR(MAX), text, text, text affinity",
    "TEXT(9), integer real text null, text, text affinity",
    "TEXT, text blob, bytea, holds bytes",
    "REAL, , double precision, real affinity",
    "REAL, real null, double precision, real affinity",
    "REAL, integer, bigint, holds only integers",
    "REAL, integer real, numeric, holds only numbers",
    "REAL, real text, text, holds text",
    "REAL, real blob, bytea, holds bytes",
    "BLOB, , bytea, 'declared as bytes, and not only numbers'",
    "BLOB, blob, bytea, 'declared as bytes, and not only numbers'",
    "BLOB, text, bytea, 'declared as bytes, and not only numbers'",
    "BLOB, text integer, bytea, 'declared as bytes, and not only numbers'",
    "BLOB, integer, bigint, holds only integers",
    "BLOB, real, double precision, holds only real numbers",
    "BLOB, integer real, numeric, holds only numbers",
    "'DECIMAL(2,3)', integer, numeric, declared as decimal or numeric",
    "'DECIMAL(x)', integer, numeric, declared as decimal or numeric",
    "'DECIMAL(1001,3)', integer real, numeric, declared as decimal or numeric",
    "NUMERIC, real, numeric, declared as decimal or numeric",
    "NUMERIC, text, text, holds text",
    "MONEY, integer, bigint, holds only integers",
    "MONEY, real, numeric, 'numeric affinity, and not only integers'",
    "MONEY, text, text, holds text",
    "'', , text, 'no declared type, empty'",
    "'', null, text, 'no declared type, empty'",
    "'', integer, bigint, holds only integers",
    "'', real, double precision, holds only real numbers",
    "'', integer real, numeric, holds only numbers",
    "'', text integer, text, holds text",
    "'', blob text, bytea, holds bytes"
  })
  void decidesByAffinityAndByWhatIsHeld(
      String declared, @Nullable String held, String type, String line) {
    TypeRule.Decision decision = TypeRule.choose(facts(declared, classes(held), ColumnUse.NONE));

    assertThat(decision.type().sql()).isEqualTo(type);
    assertThat(decision.name()).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "BOOLEAN||boolean",
        "bool|0; 1; NULL|boolean",
        "BOOLEAN|0; 1; 2|bigint",
        "BOOLEAN|'t'; 'FALSE'; 1|boolean",
        "BOOLEAN|'t'; 'maybe'|text",
        "BOOLEAN|' t'|text",
        "BOOLEAN|0.5|numeric",
        "BOOLEAN|x'01'|bytea",
        "DATE||date",
        "DATE|'2024-02-29'; '0001-01-01'; NULL|date",
        "DATE|'2024-02-29'; '2024-02-29 10:00'|timestamp without time zone",
        "DATE|'2024-02-30'|text",
        "DATE|'0000-00-00'|text",
        "DATE|'0000-01-01'|text",
        "DATE|'-4712-01-01'|text",
        "DATE|'10000-01-01'|text",
        "DATE|'2024-1-1'|text",
        "DATE|20240229|bigint",
        "DATETIME||timestamp without time zone",
        "DATETIME|'2024-02-29'|timestamp without time zone",
        "DATETIME(6)|'2024-02-29 10:00:00.123456'; '2024-02-29T10:00'|timestamp without time zone",
        "TIMESTAMP|'2024-02-29 10:00:00Z'; '2024-02-29 10:00:00+05:30'|timestamp with time zone",
        "TIMESTAMP|'2024-02-29 10:00:00.000 +00:00'|timestamp with time zone",
        "DATETIME|'2024-02-29 10:00:00Z'; '2024-02-29 10:00:00'|text",
        "DATETIME|'2024-02-29 24:00:00'|text",
        "DATETIME|'2024-02-29 23:59:60'|text",
        "DATETIME|'2024-02-29 10:00:00.1234567'|text",
        "DATETIME|'2024-02-29 10:00:00.'|text",
        "DATETIME|' 2024-02-29 10:00:00'|text",
        "DATETIME|'2024-02-29 10:00:00 '|text",
        "DATETIME|'2024-02-29 10'|text",
        "DATETIME|'2024-02-29 10:00:00+16:00'|text",
        "DATETIME|''|text",
        "DATETIME|1700000000|bigint",
        "DATETIME|2460000.5|numeric",
        "DATETIME|1700000000; '2024-02-29'|text",
        "TIMESTAMP WITH  TIME ZONE||timestamp with time zone",
        "timestamptz|'2024-02-29 10:00:00'|timestamp without time zone",
        "TIME|'10:00:00'; '23:59:59.5'|time without time zone",
        "TIME|'10:00'|text",
        "TIME|'10:00:00.50'|text",
        "TIME|'24:00:00'|text",
        "UUID|'00000000-0000-4000-8000-0000000000ab'; '00000000-0000-4000-8000-000000000001'|uuid",
        "GUID|'00000000-0000-4000-8000-0000000000AB'|uuid",
        "GUID|'00000000-0000-4000-8000-0000000000AB'; '00000000-0000-4000-8000-0000000000ab'|text",
        "GUID|'00000000-0000-4000-8000-0000000000Ab'|text",
        "GUID|'{00000000-0000-4000-8000-0000000000ab}'|text",
        "uniqueidentifier|x'000102030405060708090a0b0c0d0e0f'|bytea",
        "UUID|x'000102030405060708090a0b0c0d0e0f'; '00000000-0000-4000-8000-000000000001'|bytea",
        "JSON|'{\"a\": [1, null]}'; '1'; 5; 1.5|json",
        "JSON|'not json'; '1'|text",
        "JSON|''|text",
        "JSON|'1 2'|text",
        "JSON|x'7B7D'|bytea",
        "VARCHAR(3)||character varying(3)",
        "VARCHAR(3)|'abc'; '\uD834\uDD1E\uD834\uDD1E\uD834\uDD1E'; 123|character varying(3)",
        "VARCHAR(3)|'abcd'|text",
        "VARCHAR(3)|'abc '|text",
        "CHAR (3)|'a  '|character varying(3)",
        "NATIVE CHARACTER(3)|'a'|character varying(3)",
        "VARCHAR(3)|'a'; x'00'|bytea",
        "DECIMAL(5,2)||numeric(5,2)",
        "DECIMAL( 5 , 2 )|999.99; -0.01; 999|numeric(5,2)",
        "NUMERIC(5)|99999|numeric(5,0)",
        "DECIMAL(5,2)|1000|numeric",
        "DECIMAL(5,2)|0.001|numeric",
        "DECIMAL(5,2)|1e999|numeric",
        "DECIMAL(5,2)|'free'|text"
      })
  void decidesByTheNameOfTheTypeWhereEveryValueKeepsToIt(
      String declared, @Nullable String held, String type) {
    assertThat(choice(declared, held, ColumnUse.NONE).type().sql()).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "BOOLEAN|0; 1|boolean",
        "BOOLEAN|'t'; 'true'|text",
        "DATE|'2024-02-29'; '2024-03-01'|date",
        "DATETIME|'2024-02-29 10:00:00'; '2024-02-29 11:00:00'|timestamp without time zone",
        "DATETIME|'2024-02-29 10:00:00'; '2024-02-29 10:00'|text",
        "DATETIME|'2024-02-29 10:00:00'; '2024-02-29T10:00:00'|text",
        "DATETIME|'2024-02-29 10:00:00.1'; '2024-02-29 10:00:00.10'|text",
        "DATETIME|'2024-02-29 10:00Z'; '2024-02-29 11:00Z'|timestamp with time zone",
        "DATETIME|'2024-02-29 10:00+00:00'; '2024-02-29 11:00+01:00'|text",
        "JSON|'{}'|text"
      })
  void staysWiderWhereAKeyMustTellSpellingsApart(String declared, String held, String type) {
    assertThat(choice(declared, held, UNIQUE).type().sql()).isEqualTo(type);
  }

  @Test
  void putsNoJsonIntoAnIndexAndSaysSo() {
    TypeChoice choice = choice("JSON", "'{}'", INDEXED);

    assertThat(choice.type()).isEqualTo(TargetType.TEXT);
    assertThat(choice.asDeclared()).isFalse();
    assertThat(choice.why()).contains("json cannot be in a key or an index");
  }

  @Test
  void saysHowManyValuesSpeakAgainstTheDeclarationAndWhichIsTheFirst() {
    assertThat(choice("BOOLEAN", "0; 2; 1; 3", ColumnUse.NONE).why())
        .isEqualTo("holds only integers: 4 integer (first at id=0); 2 not boolean (first at id=1)");
    assertThat(choice("DATETIME", "'2024-01-01'; NULL; 'soon'", ColumnUse.NONE).why())
        .contains("1 not a date and time without a zone (first at id=2)");
    assertThat(choice("DATETIME", "'2024-01-01 10:00'; '2024-01-01'", UNIQUE).why())
        .contains("spellings");
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
    assertThat(TypeChoice.of(facts(declared, classes(held), ColumnUse.NONE)).asDeclared())
        .isEqualTo(asDeclared);
  }

  @ParameterizedTest
  @CsvSource({"TEXT", "VARCHAR(9)", "INTEGER", "DATETIME", "JSON", "UUID", "''"})
  void becomesBytesWhereTextIsNotValid(String declared) {
    TypeChoice choice = choice(declared, "'fine'; raw 41FF; raw 4100", ColumnUse.NONE);

    assertThat(choice.type()).isEqualTo(TargetType.BYTEA);
    assertThat(choice.asDeclared()).isFalse();
    assertThat(choice.why())
        .contains("2 of the text with NUL or not valid in UTF-8 (first at id=1)");
  }

  @Property
  void alwaysHasRoomForEveryValue(@ForAll String declared, @ForAll StorageClass[] held) {
    Map<StorageClass, Long> counts = new EnumMap<>(StorageClass.class);
    Arrays.stream(held).forEach(c -> counts.put(c, 1L));
    ColumnProfile profile = new ColumnProfile(counts, Map.of());

    assertThat(TypeChoice.of(facts(declared, profile, ColumnUse.NONE)).type().fits(profile))
        .isTrue();
  }

  private static TypeRule.Facts facts(String declared, ColumnProfile profile, ColumnUse use) {
    return new TypeRule.Facts(declared, profile, use);
  }

  private static ColumnProfile classes(@Nullable String held) {
    Map<StorageClass, Long> counts = new EnumMap<>(StorageClass.class);
    if (held != null) {
      for (String word : held.split(" ", -1)) {
        counts.put(StorageClass.valueOf(word.toUpperCase(Locale.ROOT)), 1L);
      }
    }
    return new ColumnProfile(counts, Map.of());
  }

  /** Chooses for a column of these cells, whose keys are counted from 0. */
  private static TypeChoice choice(String declared, @Nullable String cells, ColumnUse use) {
    Set<Trait> traits = new LinkedHashSet<>(Set.of(Trait.VALID_TEXT, Trait.ONE_SPELLING));
    WellKnown.candidates(declared).stream()
        .map(TargetType::trait)
        .filter(t -> t != null)
        .forEach(traits::add);
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (String cell : cells == null ? new String[0] : cells.split("; ", -1)) {
      rows.add(ListedRows.row((long) rows.size(), cell(cell)));
    }
    return TypeChoice.of(facts(declared, profile(rows, traits), use));
  }

  private static ColumnProfile profile(List<@Nullable Object[]> rows, Set<Trait> traits) {
    Map<Trait, CellTest> tests =
        traits.stream().collect(Collectors.toMap(Function.identity(), Trait::test));
    Map<StorageClass, Long> counts = new EnumMap<>(StorageClass.class);
    Map<StorageClass, String> examples = new EnumMap<>(StorageClass.class);
    Map<Trait, Misfits> misfits =
        traits.stream().collect(Collectors.toMap(Function.identity(), t -> Misfits.NONE));
    ListedRows cursor = ListedRows.of(rows);
    while (cursor.next()) {
      StorageClass held = cursor.storageClass(1);
      counts.merge(held, 1L, Long::sum);
      examples.putIfAbsent(held, cursor.key());
      tests.forEach(
          (trait, test) -> {
            if (held != StorageClass.NULL && !test.holds(cursor, 1)) {
              misfits.merge(
                  trait,
                  new Misfits(1, cursor.key()),
                  (a, b) -> a.count() == 0 ? b : new Misfits(a.count() + 1, a.example()));
            }
          });
    }
    return new ColumnProfile(counts, examples, misfits);
  }

  private static @Nullable Object cell(String written) {
    if (written.equals("NULL")) {
      return null;
    }
    if (written.startsWith("'")) {
      return written.substring(1, written.length() - 1);
    }
    if (written.startsWith("x'")) {
      return HexFormat.of().parseHex(written.substring(2, written.length() - 1));
    }
    if (written.startsWith("raw ")) {
      return new ListedRows.RawText(HexFormat.of().parseHex(written.substring(4)));
    }
    if (written.matches("-?[0-9]+")) {
      return Long.valueOf(written);
    }
    return Double.valueOf(written);
  }
}
