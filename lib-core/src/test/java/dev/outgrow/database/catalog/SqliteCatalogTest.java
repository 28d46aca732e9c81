package dev.outgrow.database.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.catalog.SqliteTable.Kind;
import dev.outgrow.error.StatementException;
import dev.outgrow.schema.Check;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.ForeignKey.Action;
import dev.outgrow.schema.ForeignKey.Deferrability;
import dev.outgrow.schema.Generated;
import dev.outgrow.schema.Identity;
import dev.outgrow.schema.Index;
import dev.outgrow.schema.NamedObject;
import dev.outgrow.schema.PrimaryKey;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.Trigger;
import dev.outgrow.schema.UniqueKey;
import dev.outgrow.schema.View;
import dev.outgrow.sql.Dialect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.Collation;
import org.sqlite.Function;

class SqliteCatalogTest {
  private final Path folder;

  SqliteCatalogTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void readsEverythingOfATable() throws SQLException {
    Schema schema =
        read(
            "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT)",
            """
            CREATE TABLE plays(
              id INTEGER CONSTRAINT pk PRIMARY KEY AUTOINCREMENT,
              "User" INT NOT NULL DEFAULT -1
                CONSTRAINT who REFERENCES USERS ON DELETE CASCADE ON UPDATE SET NULL,
              title VARCHAR (10, 2) COLLATE NOCASE DEFAULT untitled,
              seen TIMESTAMP DEFAULT (datetime('now') /* in UTC */),
              length AS (seen - 1) STORED,
              CONSTRAINT once UNIQUE (title, "User"),
              CONSTRAINT late CHECK (seen > (0)) CHECK (title <> ')'))
            """,
            "CREATE INDEX by_title ON plays(title, lower(title) DESC) WHERE seen > 0");
    assertThat(schema.name()).isEqualTo("main");
    assertThat(schema.tables()).extracting(Table::name).containsExactly("plays", "users");
    assertThat(schema.table("plays"))
        .contains(
            new Table(
                "plays",
                List.of(
                    new Column("id", "INTEGER", false, null, Identity.BY_DEFAULT, null, null),
                    new Column("User", "INT", false, "-1", Identity.NONE, null, null),
                    new Column(
                        "title",
                        "VARCHAR (10, 2)",
                        true,
                        "'untitled'",
                        Identity.NONE,
                        null,
                        "NOCASE"),
                    new Column(
                        "seen", "TIMESTAMP", true, "datetime('now')", Identity.NONE, null, null),
                    new Column(
                        "length",
                        "",
                        true,
                        null,
                        Identity.NONE,
                        new Generated("seen - 1", true),
                        null)),
                new PrimaryKey("pk", List.of("id")),
                List.of(new UniqueKey("once", List.of("title", "User"), Map.of("title", "NOCASE"))),
                List.of(
                    new ForeignKey(
                        "who",
                        List.of("User"),
                        "USERS",
                        List.of("id"),
                        Action.CASCADE,
                        Action.SET_NULL,
                        Deferrability.NOT_DEFERRABLE)),
                List.of(new Check("late", "seen > (0)"), new Check(null, "title <> ')'")),
                List.of(
                    new Index(
                        "by_title",
                        false,
                        List.of(
                            new Index.Part("title", null, false, "NOCASE"),
                            new Index.Part(null, "lower(title)", true, null)),
                        "seen > 0"))));
  }

  @Test
  void readsViewsAndTriggersAsWritten() throws SQLException {
    String view = "CREATE VIEW v AS SELECT a FROM nowhere -- broken on purpose";
    String trigger = "CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM t; END";
    Schema schema = read("CREATE TABLE t(a)", view, trigger);
    assertThat(schema.views()).containsExactly(new View("v", view));
    assertThat(schema.triggers()).containsExactly(new Trigger("r", "t", trigger));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t(id INTEGER PRIMARY KEY)",
        "CREATE TABLE t(id integer PRIMARY KEY)",
        "CREATE TABLE t(id INTEGER, PRIMARY KEY(id DESC))",
        "CREATE TABLE t(id INTEGER PRIMARY KEY) STRICT",
        "CREATE TABLE t(id INTEGER UNIQUE PRIMARY KEY)"
      })
  void callsTheRowidByItsNameAnIdentity(String sql) throws SQLException {
    Table table = read(sql).tables().get(0);
    assertThat(table.columns().get(0).identity()).isEqualTo(Identity.BY_DEFAULT);
    assertThat(table.columns().get(0).nullable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t(id INT PRIMARY KEY)",
        "CREATE TABLE t(id BIGINT PRIMARY KEY)",
        "CREATE TABLE t(id INTEGER PRIMARY KEY DESC)",
        "CREATE TABLE t(id INTEGER PRIMARY KEY) WITHOUT ROWID",
        "CREATE TABLE t(id INTEGER, b, PRIMARY KEY(id, b))",
        "CREATE TABLE t(id INTEGER)"
      })
  void callsNothingElseAnIdentity(String sql) throws SQLException {
    assertThat(read(sql).tables().get(0).columns().get(0).identity()).isEqualTo(Identity.NONE);
  }

  @Test
  void tellsWhatOnlySqliteKnowsOfATable() throws SQLException {
    List<SqliteTable> tables =
        tables(
            "CREATE TABLE a(id INTEGER PRIMARY KEY AUTOINCREMENT)",
            "CREATE TABLE b(id INT PRIMARY KEY) WITHOUT ROWID",
            "CREATE TABLE c(id INT) STRICT");
    assertThat(tables).extracting(SqliteTable::name).containsExactly("a", "b", "c");
    assertThat(tables).extracting(SqliteTable::autoincrement).containsExactly(true, false, false);
    assertThat(tables).extracting(SqliteTable::withoutRowid).containsExactly(false, true, false);
    assertThat(tables).extracting(SqliteTable::strict).containsExactly(false, false, true);
    assertThat(tables).allMatch(table -> table.kind() == Kind.ORDINARY && table.unread().isEmpty());
    assertThat(tables.get(0).sql())
        .isEqualTo("CREATE TABLE a(id INTEGER PRIMARY KEY AUTOINCREMENT)");
  }

  @Test
  void resolvesForeignKeysThatNameNoColumns() throws SQLException {
    Schema schema =
        read(
            "CREATE TABLE p(x, y, PRIMARY KEY(y, x))",
            """
            CREATE TABLE c(a, b,
              FOREIGN KEY(a, b) REFERENCES P,
              FOREIGN KEY(b) REFERENCES p,
              FOREIGN KEY(b, a) REFERENCES p(X, Y) DEFERRABLE INITIALLY DEFERRED,
              FOREIGN KEY(a) REFERENCES missing,
              FOREIGN KEY(a) REFERENCES missing(z) DEFERRABLE)
            """);
    List<ForeignKey> keys = schema.table("c").orElseThrow().foreignKeys();
    assertThat(keys)
        .extracting(ForeignKey::referencedTable)
        .containsExactly("P", "p", "p", "missing", "missing");
    assertThat(keys)
        .extracting(ForeignKey::referencedColumns)
        .containsExactly(List.of("y", "x"), List.of(), List.of("x", "y"), List.of(), List.of("z"));
    assertThat(keys)
        .extracting(ForeignKey::columns)
        .containsExactly(
            List.of("a", "b"), List.of("b"), List.of("b", "a"), List.of("a"), List.of("a"));
    assertThat(keys)
        .extracting(ForeignKey::deferrability)
        .containsExactly(
            Deferrability.NOT_DEFERRABLE,
            Deferrability.NOT_DEFERRABLE,
            Deferrability.INITIALLY_DEFERRED,
            Deferrability.NOT_DEFERRABLE,
            Deferrability.INITIALLY_IMMEDIATE);
  }

  @Test
  void takesADefaultThatIsANameForAText() throws SQLException {
    Schema schema =
        read(
            """
            CREATE TABLE t(a DEFAULT "CURRENT_TIMESTAMP", b DEFAULT current_timestamp,
              c DEFAULT TRUE, d DEFAULT [it's], e DEFAULT NULL, f DEFAULT + 1.5e3, g DEFAULT (1+1))
            """);
    assertThat(schema.tables().get(0).columns())
        .extracting(Column::defaultValue)
        .containsExactly(
            "'CURRENT_TIMESTAMP'",
            "current_timestamp",
            "TRUE",
            "'it''s'",
            "NULL",
            "+ 1.5e3",
            "1+1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "it's",
        "a\"b",
        "",
        " ",
        "a]b",
        "select",
        "Ünïcödé 😀",
        "x); DROP TABLE t; --",
        "a.b",
        "%s",
        "?1"
      })
  void readsHostileNames(String name) throws SQLException {
    String quoted = Dialect.SQLITE.quote(name);
    Schema schema =
        read(
            "CREATE TABLE "
                + quoted
                + "("
                + quoted
                + " INTEGER PRIMARY KEY, b CONSTRAINT "
                + quoted
                + " REFERENCES "
                + quoted
                + "("
                + quoted
                + ") UNIQUE)",
            "CREATE INDEX "
                + Dialect.SQLITE.quote(name + "_i")
                + " ON "
                + quoted
                + "("
                + quoted
                + ")");
    Table table = schema.table(name).orElseThrow();
    assertThat(table.columns()).extracting(Column::name).containsExactly(name, "b");
    assertThat(table.foreignKeys().get(0).name()).isEqualTo(name);
    assertThat(table.foreignKeys().get(0).referencedTable()).isEqualTo(name);
    assertThat(table.foreignKeys().get(0).referencedColumns()).containsExactly(name);
    assertThat(table.indexes()).extracting(Index::name).containsExactly(name + "_i");
    assertThat(table.indexes().get(0).parts().get(0).column()).isEqualTo(name);
  }

  @Test
  void namesVirtualTablesAmongTheOthers() throws SQLException {
    String text = "CREATE VIRTUAL TABLE docs USING fts5(title)";
    Schema schema = read("CREATE TABLE t(a)", text);
    assertThat(schema.tables()).extracting(Table::name).containsExactly("t");
    assertThat(schema.others())
        .containsExactly(new NamedObject(NamedObject.Kind.VIRTUAL_TABLE, null, "docs", text));
  }

  @Test
  void tellsVirtualAndShadowTablesFromOrdinaryOnes() throws SQLException {
    String[] statements = {
      "CREATE VIRTUAL TABLE docs USING fts5(title, body)",
      "CREATE VIRTUAL TABLE Boxes USING rtree(id, x0, x1)",
      "CREATE TABLE docs_extra(a)",
      "CREATE TABLE plain(a)"
    };
    List<SqliteTable> tables = tables(statements);
    assertThat(tables)
        .filteredOn(table -> table.kind() == Kind.SHADOW)
        .extracting(table -> table.name() + " " + table.module().orElse("?"))
        .containsExactlyInAnyOrder(
            "docs_config fts5",
            "docs_content fts5",
            "docs_data fts5",
            "docs_docsize fts5",
            "docs_idx fts5",
            "Boxes_node rtree",
            "Boxes_parent rtree",
            "Boxes_rowid rtree");
    assertThat(tables)
        .filteredOn(table -> table.kind() == Kind.VIRTUAL)
        .extracting(
            table -> table.name() + table.table().columns().stream().map(Column::name).toList())
        .containsExactly("Boxes[id, x0, x1]", "docs[title, body]");
    assertThat(read().tables()).extracting(Table::name).containsExactly("docs_extra", "plain");
  }

  @Test
  void readsTheOthersWhenTheModuleOfATableIsMissing() throws SQLException {
    List<SqliteTable> tables =
        tables(
            "CREATE TABLE a(x REFERENCES places)",
            "CREATE TABLE places_vocab(id INTEGER PRIMARY KEY, word)",
            "CREATE TABLE other_vocab(id)",
            "PRAGMA writable_schema = ON",
            """
            INSERT INTO sqlite_schema(type, name, tbl_name, rootpage, sql)
            VALUES ('table', 'places', 'places', 0, 'CREATE VIRTUAL TABLE places USING spellfix1')
            """);
    assertThat(tables)
        .extracting(table -> table.name() + " " + table.kind())
        .containsExactly(
            "a ORDINARY", "other_vocab ORDINARY", "places VIRTUAL", "places_vocab SHADOW");
    assertThat(tables.get(2).module()).contains("spellfix1");
    assertThat(tables.get(2).unread())
        .singleElement()
        .satisfies(
            unread -> assertThat(unread.reason()).contains("tables of its module are not opened"));
    assertThat(tables.get(0).unread()).isEmpty();
    assertThat(tables.get(0).table().foreignKeys().get(0).referencedColumns()).isEmpty();
  }

  @Test
  void readsTheCollationByWhichAKeyItselfCompares() throws SQLException {
    List<SqliteTable> tables =
        tables(
            "CREATE TABLE t(a TEXT, b TEXT COLLATE NOCASE, c TEXT,"
                + " PRIMARY KEY (a COLLATE rtrim, c), UNIQUE (b COLLATE BINARY), UNIQUE (c, b))"
                + " WITHOUT ROWID");
    Table table = tables.get(0).table();
    assertThat(table.primaryKey())
        .isEqualTo(new PrimaryKey(null, List.of("a", "c"), Map.of("a", "rtrim")));
    assertThat(table.uniqueKeys())
        .containsExactlyInAnyOrder(
            new UniqueKey(null, List.of("b")),
            new UniqueKey(null, List.of("c", "b"), Map.of("b", "NOCASE")));
  }

  /** Android's files are full of them. */
  @Test
  void readsTablesWhoseCollationsAndFunctionsOnlyTheirApplicationKnows() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      Collation.create(connection, "LOCALIZED", new Reversed());
      Function.create(connection, "soundex2", new Echo(), 1, Function.FLAG_DETERMINISTIC);
      statement.execute(
          "CREATE TABLE t(a TEXT COLLATE LOCALIZED PRIMARY KEY, b UNIQUE,"
              + " c AS (soundex2(b)), CHECK (soundex2(a) > 0))");
      statement.execute("CREATE INDEX by_a ON t(a DESC, soundex2(b))");
    }
    List<SqliteTable> tables = tables();
    assertThat(tables).singleElement().satisfies(t -> assertThat(t.unread()).isEmpty());
    Table table = tables.get(0).table();
    assertThat(table.columns().get(0).collation()).isEqualTo("LOCALIZED");
    assertThat(table.primaryKey())
        .isEqualTo(new PrimaryKey(null, List.of("a"), Map.of("a", "LOCALIZED")));
    assertThat(table.checks()).containsExactly(new Check(null, "soundex2(a) > 0"));
    assertThat(table.indexes().get(0).parts())
        .containsExactly(
            new Index.Part("a", null, true, "LOCALIZED"),
            new Index.Part(null, "soundex2(b)", false, null));
  }

  @Test
  void readsOnlyThroughAReadOnlyConnectionInATransaction() throws SQLException {
    SqliteFile.make(file(), "CREATE TABLE t(a)", "CREATE VIRTUAL TABLE f USING fts5(a)");
    try (Connection connection = SqliteFile.openReadOnly(file())) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.executeQuery("SELECT count(*) FROM t").close();
      }
      assertThat(SqliteCatalog.read(connection).tables()).hasSize(1);
      assertThat(SqliteCatalog.tables(connection)).hasSize(7);
      assertThat(connection.getAutoCommit()).isFalse();
      connection.rollback();
    }
  }

  @Test
  void leavesOutTemporaryAndAttachedTables() throws SQLException {
    SqliteFile.make(file(), "CREATE TABLE t(a)");
    SqliteFile.make(folder.resolve("other.db"), "CREATE TABLE o(a)");
    try (Connection connection = SqliteFile.openReadOnly(file());
        Statement statement = connection.createStatement()) {
      statement.execute("ATTACH '" + folder.resolve("other.db") + "' AS other");
      statement.execute("CREATE TEMP TABLE t(b, c)");
      Schema schema = SqliteCatalog.read(connection);
      assertThat(schema.tables()).hasSize(1);
      assertThat(schema.tables().get(0).columns()).extracting(Column::name).containsExactly("a");
    }
  }

  @Test
  void readsUtf16Databases() throws SQLException {
    Schema schema = read("PRAGMA encoding = 'UTF-16be'", "CREATE TABLE \"ż\"(\"é😀\" TEXT)");
    assertThat(schema.table("ż").orElseThrow().columns().get(0).name()).isEqualTo("é😀");
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws Exception {
    Files.write(
        file(),
        "no database, but long enough to be told".repeat(40).getBytes(StandardCharsets.UTF_8));
    try (Connection connection = SqliteFile.openReadOnly(file())) {
      assertThatThrownBy(() -> SqliteCatalog.read(connection))
          .isInstanceOf(StatementException.class)
          .hasMessageContaining("not a database");
    }
  }

  private Schema read(String... statements) throws SQLException {
    SqliteFile.make(file(), statements);
    try (Connection connection = SqliteFile.openReadOnly(file())) {
      return SqliteCatalog.read(connection);
    }
  }

  private List<SqliteTable> tables(String... statements) throws SQLException {
    SqliteFile.make(file(), statements);
    try (Connection connection = SqliteFile.openReadOnly(file())) {
      return SqliteCatalog.tables(connection);
    }
  }

  private static final class Reversed extends Collation {
    @Override
    protected int xCompare(String first, String second) {
      return second.compareTo(first);
    }
  }

  private static final class Echo extends Function {
    @Override
    protected void xFunc() throws SQLException {
      result(value_text(0));
    }
  }

  private Path file() {
    return folder.resolve("application.db");
  }
}
