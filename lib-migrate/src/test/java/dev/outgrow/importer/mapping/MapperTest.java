package dev.outgrow.importer.mapping;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.error.TargetException;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Index;
import dev.outgrow.schema.UniqueKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of tables as SQLite itself holds them. */
class MapperTest {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  private int files;

  @Test
  void keepsNamesInTheirCase() throws Exception {
    SchemaMapping mapping =
        map("CREATE TABLE \"Media Item\" (\"Id\" INTEGER PRIMARY KEY, tİtle TEXT)");

    TableMapping table = table(mapping, "Media Item");
    assertThat(table.target()).isEqualTo("Media Item");
    assertThat(table.columns()).extracting(ColumnMapping::target).containsExactly("Id", "tİtle");
    assertThat(mapping.renamed()).isEmpty();
  }

  @Test
  void reportsEveryNamePostgresCannotKeep() throws Exception {
    String longName = "x".repeat(70);

    SchemaMapping mapping =
        map(
            "CREATE TABLE \"" + longName + "\" (ctid INTEGER, \"\" TEXT)",
            "CREATE INDEX \"" + longName + "i\" ON \"" + longName + "\"(ctid)");

    assertThat(mapping.renamed())
        .extracting(Renamed::kind)
        .containsExactlyInAnyOrder("table", "column", "column", "index");
    assertThat(mapping.renamed())
        .extracting(Renamed::from)
        .contains(longName, "ctid", "", longName + "i");
    assertThat(mapping.renamed()).allSatisfy(r -> assertThat(r.to().length()).isBetween(1, 63));
  }

  @Test
  void tellsAnIndexFromATableOfItsName() throws Exception {
    SchemaMapping mapping =
        map(
            "CREATE TABLE pk_a (v)",
            "CREATE TABLE a (id INTEGER PRIMARY KEY, v)",
            "CREATE INDEX b ON a(v)");

    TableMapping table = table(mapping, "a");
    assertThat(table.primaryKey()).isNotNull();
    assertThat(String.valueOf(requireNonNull(table.primaryKey()).name()))
        .startsWith("pk_a_")
        .hasSize(13);
  }

  @Test
  void givesTheRowidIdentityAndItsLastId() throws Exception {
    SchemaMapping mapping =
        map(
            "CREATE TABLE plain (id INTEGER PRIMARY KEY, v)",
            "INSERT INTO plain VALUES (41, 'x'), (7, 'y')",
            "CREATE TABLE auto (id INTEGER PRIMARY KEY AUTOINCREMENT, v)",
            "INSERT INTO auto VALUES (41, 'x'), (99, 'y')",
            "DELETE FROM auto WHERE id = 99",
            "CREATE TABLE none (id INT PRIMARY KEY, v)",
            "INSERT INTO none VALUES (5, 1)");

    assertThat(table(mapping, "plain").lastId()).isEqualTo(41);
    assertThat(table(mapping, "auto").lastId()).isEqualTo(99);
    assertThat(column(mapping, "plain", "id").identity()).isTrue();
    assertThat(column(mapping, "auto", "id").identity()).isTrue();
    assertThat(column(mapping, "none", "id").identity()).isFalse();
    assertThat(table(mapping, "none").lastId()).isZero();
  }

  @Test
  void givesAReferenceTheTypeOfItsKeyWhereItsValuesFit() throws Exception {
    SchemaMapping mapping =
        map(
            "CREATE TABLE a (id INTEGER PRIMARY KEY)",
            "INSERT INTO a VALUES (1)",
            "CREATE TABLE b (a DECIMAL(10) PRIMARY KEY REFERENCES a)",
            "INSERT INTO b VALUES (1)",
            "CREATE TABLE c (b DECIMAL(10) REFERENCES b)",
            "INSERT INTO c VALUES (1), (NULL)");

    assertThat(column(mapping, "b", "a").type()).isEqualTo(TargetType.BIGINT);
    assertThat(column(mapping, "c", "b").type()).isEqualTo(TargetType.BIGINT);
    assertThat(table(mapping, "b").foreignKeys()).hasSize(1);
    assertThat(table(mapping, "c").foreignKeys()).hasSize(1);
    assertThat(mapping.changedTypes()).extracting(ChangedType::column).contains("a", "b");
  }

  @Test
  void givesAReferenceTextWhereItsKeyBecameText() throws Exception {
    SchemaMapping mapping =
        map(
            "CREATE TABLE a (id INT PRIMARY KEY)",
            "INSERT INTO a VALUES (1), ('x')",
            "CREATE TABLE b (a INT REFERENCES a)",
            "INSERT INTO b VALUES (1)");

    assertThat(column(mapping, "a", "id").type()).isEqualTo(TargetType.TEXT);
    assertThat(column(mapping, "b", "a").type()).isEqualTo(TargetType.TEXT);
    assertThat(table(mapping, "b").foreignKeys()).hasSize(1);
  }

  @Test
  void givesAReferenceTheNarrowTypeOfItsKey() throws Exception {
    SchemaMapping mapping =
        map(
            "CREATE TABLE a (id UUID PRIMARY KEY)",
            "INSERT INTO a VALUES ('00000000-0000-4000-8000-00000000000a')",
            "CREATE TABLE b (a TEXT REFERENCES a)",
            "INSERT INTO b VALUES ('00000000-0000-4000-8000-00000000000a'), (NULL)",
            "CREATE TABLE c (b CHAR(36) PRIMARY KEY REFERENCES a(id))");

    assertThat(column(mapping, "a", "id").type()).isEqualTo(TargetType.UUID);
    assertThat(column(mapping, "b", "a").type()).isEqualTo(TargetType.UUID);
    assertThat(column(mapping, "c", "b").type()).isEqualTo(TargetType.UUID);
    assertThat(mapping.notCarried()).isEmpty();
  }

  @Test
  void widensAKeyThatAReferenceContradictsAndAllThatFollowIt() throws Exception {
    SchemaMapping mapping =
        map(
            "CREATE TABLE a (id UUID PRIMARY KEY)",
            "INSERT INTO a VALUES ('00000000-0000-4000-8000-00000000000a')",
            "CREATE TABLE b (a UUID PRIMARY KEY REFERENCES a)",
            "INSERT INTO b VALUES ('00000000-0000-4000-8000-00000000000a')",
            "CREATE TABLE c (b TEXT REFERENCES b)",
            "INSERT INTO c VALUES ('gone')",
            "CREATE TABLE d (a UUID REFERENCES a)");

    assertThat(column(mapping, "a", "id").type()).isEqualTo(TargetType.TEXT);
    assertThat(column(mapping, "b", "a").type()).isEqualTo(TargetType.TEXT);
    assertThat(column(mapping, "c", "b").type()).isEqualTo(TargetType.TEXT);
    assertThat(column(mapping, "d", "a").type()).isEqualTo(TargetType.TEXT);
    assertThat(reasons(mapping, Kind.FOREIGN_KEY)).isEmpty();
    assertThat(mapping.changedTypes())
        .filteredOn(c -> c.table().equals("a"))
        .singleElement()
        .satisfies(c -> assertThat(c.why()).contains("refers to it"));
  }

  @Test
  void keepsAKeyNarrowWhereWideningWouldNotHelp() throws Exception {
    SchemaMapping mapping =
        map(
            "CREATE TABLE a (id DATE PRIMARY KEY)",
            "INSERT INTO a VALUES ('2024-02-29')",
            "CREATE TABLE b (a REFERENCES a)",
            "INSERT INTO b VALUES (x'00')");

    assertThat(column(mapping, "a", "id").type()).isEqualTo(TargetType.DATE);
    assertThat(reasons(mapping, Kind.FOREIGN_KEY)).hasSize(1);
  }

  @Test
  void leavesAnIdentityABigintWhateverItRefersTo() throws Exception {
    SchemaMapping mapping =
        map(
            "CREATE TABLE a (flag BOOLEAN PRIMARY KEY)",
            "INSERT INTO a VALUES (0), (1)",
            "CREATE TABLE b (id INTEGER PRIMARY KEY REFERENCES a)",
            "INSERT INTO b VALUES (1)");

    assertThat(column(mapping, "b", "id").type()).isEqualTo(TargetType.BIGINT);
    assertThat(column(mapping, "a", "flag").type()).isEqualTo(TargetType.BIGINT);
    assertThat(table(mapping, "b").foreignKeys()).hasSize(1);
  }

  @Test
  void followsKeysAroundACircle() throws Exception {
    SchemaMapping mapping =
        map(
            "CREATE TABLE a (id INTEGER PRIMARY KEY, b DECIMAL REFERENCES b(id))",
            "CREATE TABLE b (id INTEGER PRIMARY KEY, a DECIMAL REFERENCES a(id), me REFERENCES b(id))");

    assertThat(table(mapping, "a").foreignKeys()).hasSize(1);
    assertThat(table(mapping, "b").foreignKeys()).hasSize(2);
    assertThat(mapping.notCarried()).isEmpty();
  }

  @Test
  void keepsWhatAForeignKeyDoesAndWhenItIsChecked() throws Exception {
    SchemaMapping mapping =
        map(
            "CREATE TABLE a (x INT, y TEXT, PRIMARY KEY (x, y))",
            "CREATE TABLE b (y TEXT, x INT, CONSTRAINT to_a FOREIGN KEY (x, y) REFERENCES A"
                + " ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED)");

    ForeignKey key = table(mapping, "b").foreignKeys().get(0).key();
    assertThat(key)
        .isEqualTo(
            new ForeignKey(
                "to_a",
                List.of("x", "y"),
                "a",
                List.of("x", "y"),
                ForeignKey.Action.CASCADE,
                ForeignKey.Action.SET_NULL,
                ForeignKey.Deferrability.INITIALLY_DEFERRED));
  }

  @Test
  void saysWhyAForeignKeyCannotBeMade() throws Exception {
    SchemaMapping mapping =
        map(
            "CREATE TABLE a (id INTEGER PRIMARY KEY, loose TEXT, part TEXT)",
            "CREATE UNIQUE INDEX some_of_a ON a(part) WHERE part > 'b'",
            "CREATE TABLE no_table (x INT REFERENCES gone(id))",
            "CREATE TABLE no_column (x INT REFERENCES a(gone))",
            "CREATE TABLE no_key (x TEXT REFERENCES a(loose))",
            "CREATE TABLE part_key (x TEXT REFERENCES a(part))",
            "CREATE TABLE other_size (x INT, y INT, FOREIGN KEY (x, y) REFERENCES a)",
            "CREATE TABLE other_type (x INT REFERENCES a(id))",
            "INSERT INTO other_type VALUES (x'00')");

    assertThat(reasons(mapping, Kind.FOREIGN_KEY))
        .containsExactlyInAnyOrder(
            "no_table(x) -> gone: There is no table gone",
            "no_column(x) -> a: The columns it refers to do not exist, or it names none and there is no primary key of"
                + " that size",
            "no_key(x) -> a: The columns it refers to are neither a primary key nor unique",
            "part_key(x) -> a: The columns it refers to are neither a primary key nor unique",
            "other_size(x, y) -> a: The columns it refers to do not exist, or it names none and there is no primary key"
                + " of that size",
            "other_type(x) -> a: Its column is bytea, the one it refers to is bigint");
    assertThat(mapping.tables()).allSatisfy(t -> assertThat(t.foreignKeys()).isEmpty());
  }

  @Test
  void refersToAUniqueKeyAndToAUniqueIndexInAnyOrder() throws Exception {
    SchemaMapping mapping =
        map(
            "CREATE TABLE a (x INT, y INT, z TEXT UNIQUE)",
            "CREATE UNIQUE INDEX xy ON a(x, y DESC)",
            "CREATE TABLE b (x INT, y INT, z TEXT REFERENCES a(z), FOREIGN KEY (y, x) REFERENCES a(y, x))");

    assertThat(table(mapping, "b").foreignKeys()).hasSize(2);
  }

  @Test
  void countsRowsThatReferToNothing() throws Exception {
    SchemaMapping mapping =
        map(
            "CREATE TABLE a (id INTEGER PRIMARY KEY)",
            "INSERT INTO a VALUES (1)",
            "CREATE TABLE b (a INT REFERENCES a)",
            "INSERT INTO b VALUES (1), (2), (3), (NULL)");

    assertThat(table(mapping, "b").foreignKeys().get(0).orphans()).isEqualTo(2);
    assertThat(reasons(mapping, Kind.FOREIGN_KEY_VALIDATION))
        .singleElement()
        .asString()
        .contains("2 of its rows");
  }

  @Test
  void countsRowsThatReferToAKeyInAnotherCaseOnly() throws Exception {
    SchemaMapping mapping =
        map(
            "CREATE TABLE a (name TEXT COLLATE NOCASE PRIMARY KEY)",
            "INSERT INTO a VALUES ('Rock'), ('Pop')",
            "CREATE TABLE b (a TEXT REFERENCES a(name))",
            "INSERT INTO b VALUES ('rock'), ('Pop'), ('POP')");

    TableMapping.Reference reference = table(mapping, "b").foreignKeys().get(0);
    assertThat(reference.orphans()).isZero();
    assertThat(reference.spelledOtherwise()).isEqualTo(2);
  }

  @Test
  void turnsAPrimaryKeyWithNullsIntoAUniqueKey() throws Exception {
    SchemaMapping mapping =
        map(
            "CREATE TABLE a (k TEXT PRIMARY KEY, v)",
            "INSERT INTO a VALUES (NULL, 1), (NULL, 2), ('x', 3)");

    TableMapping table = table(mapping, "a");
    assertThat(table.primaryKey()).isNull();
    assertThat(table.uniqueKeys()).extracting(UniqueKey::columns).containsExactly(List.of("k"));
    assertThat(reasons(mapping, Kind.PRIMARY_KEY))
        .singleElement()
        .asString()
        .contains("holds nulls", "2 null");
    assertThat(table.keyPositions()).containsExactly(0, 1);
  }

  @Test
  void leavesOutANotNullThatIsBroken() throws Exception {
    SchemaMapping mapping =
        map(
            "CREATE TABLE a (kept TEXT NOT NULL, broken TEXT)",
            "INSERT INTO a VALUES ('x', NULL)",
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET sql = 'CREATE TABLE a (kept TEXT NOT NULL, broken TEXT NOT NULL)' WHERE name = 'a'");

    assertThat(column(mapping, "a", "kept").notNull()).isTrue();
    assertThat(column(mapping, "a", "broken").notNull()).isFalse();
    assertThat(reasons(mapping, Kind.NOT_NULL))
        .singleElement()
        .asString()
        .startsWith("a.broken: Declared NOT NULL");
  }

  @Test
  void reportsWhatItDoesNotTranslate() throws Exception {
    SchemaMapping mapping =
        map(
            "CREATE TABLE a (v TEXT COLLATE NOCASE, n INT CHECK (n > 0), g INT AS (n + 1), d TEXT DEFAULT CURRENT_TIMESTAMP,"
                + " f INT DEFAULT (1 + 1), e INT DEFAULT 'x', CONSTRAINT named CHECK (n < 9))",
            "CREATE INDEX lowered ON a(lower(v))",
            "CREATE INDEX some ON a(n) WHERE n > 5",
            "CREATE INDEX cased ON a(v COLLATE BINARY)",
            "CREATE INDEX fine ON a(v, n DESC)");

    assertThat(mapping.notCarried())
        .extracting(n -> n.kind().word() + " " + n.name())
        .containsExactlyInAnyOrder("collation a.v", "default a.e");
    assertThat(table(mapping, "a").indexes())
        .extracting(Index::name)
        .containsExactlyInAnyOrder("lowered", "some", "cased", "fine");
    assertThat(index(mapping, "a", "fine").parts())
        .extracting(Index.Part::descending)
        .containsExactly(false, true);
  }

  @Test
  void keepsPlainDefaultsAndDropsOneOfNull() throws Exception {
    SchemaMapping mapping =
        map("CREATE TABLE a (t TEXT DEFAULT 'x', n INT DEFAULT (-5), z TEXT DEFAULT NULL)");

    assertThat(table(mapping, "a").columns())
        .extracting(ColumnMapping::defaultSql)
        .containsExactly("'x'", "-5", null);
    assertThat(mapping.notCarried()).isEmpty();
  }

  @Test
  void leavesOutTheDefaultOfAnIdentityWhichSqliteIgnores() throws Exception {
    SchemaMapping mapping = map("CREATE TABLE a (id INTEGER DEFAULT 5 PRIMARY KEY, v)");

    assertThat(column(mapping, "a", "id").identity()).isTrue();
    assertThat(column(mapping, "a", "id").defaultSql()).isNull();
  }

  @Test
  void namesAColumnOnceInAKeyThatNamesItTwice() throws Exception {
    SchemaMapping mapping =
        map("CREATE TABLE a (x INT, y INT, PRIMARY KEY (x, x), UNIQUE (y, x, y))");

    TableMapping table = table(mapping, "a");
    assertThat(table.primaryKey()).isNotNull();
    assertThat(requireNonNull(table.primaryKey()).columns()).containsExactly("x");
    assertThat(table.uniqueKeys())
        .extracting(UniqueKey::columns)
        .containsExactly(List.of("y", "x"));
  }

  @Test
  void reportsKeysAndIndexesOfMoreColumnsThanPostgresHas() throws Exception {
    String columns =
        IntStream.range(0, 33).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));

    SchemaMapping mapping =
        map(
            "CREATE TABLE a (" + columns + ", UNIQUE (" + columns + "))",
            "CREATE INDEX wide ON a(" + columns + ")",
            "CREATE TABLE b (" + columns + ", PRIMARY KEY (" + columns + "))");

    assertThat(table(mapping, "a").indexes()).isEmpty();
    assertThat(table(mapping, "a").uniqueKeys()).isEmpty();
    assertThat(table(mapping, "b").primaryKey()).isNull();
    assertThat(mapping.notCarried())
        .extracting(NotCarried::kind)
        .containsExactlyInAnyOrder(Kind.UNIQUE_KEY, Kind.INDEX, Kind.PRIMARY_KEY);
    assertThat(mapping.notCarried()).allSatisfy(n -> assertThat(n.reason()).contains("33"));
  }

  @Test
  void refusesATableOfMoreColumnsThanPostgresHas() {
    String columns =
        IntStream.range(0, 1601).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));

    assertThatExceptionOfType(TargetException.class)
        .isThrownBy(() -> map("CREATE TABLE wide (" + columns + ")"))
        .withMessageContaining("Table wide has 1601 columns");
  }

  @Test
  void isTheSameInEveryRun() throws Exception {
    String[] schema = {
      "CREATE TABLE \"" + "y".repeat(70) + "\" (ctid, x INTEGER PRIMARY KEY)",
      "CREATE TABLE b (x REFERENCES \"" + "y".repeat(70) + "\", UNIQUE (x))"
    };

    assertThat(map(schema)).isEqualTo(map(schema));
  }

  private SchemaMapping map(String... statements) throws Exception {
    Path own = Files.createDirectory(folder.resolve("file" + files++));
    return SqliteFiles.mapping(own, statements);
  }

  private static TableMapping table(SchemaMapping mapping, String name) {
    return mapping.tables().stream().filter(t -> t.source().equals(name)).findFirst().orElseThrow();
  }

  private static ColumnMapping column(SchemaMapping mapping, String table, String name) {
    return table(mapping, table).columns().stream()
        .filter(c -> c.source().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Index index(SchemaMapping mapping, String table, String name) {
    return table(mapping, table).indexes().stream()
        .filter(i -> i.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<@Nullable String> reasons(SchemaMapping mapping, Kind kind) {
    return mapping.notCarried().stream()
        .filter(n -> n.kind() == kind)
        .<@Nullable String>map(n -> n.name() + ": " + n.reason())
        .toList();
  }
}
