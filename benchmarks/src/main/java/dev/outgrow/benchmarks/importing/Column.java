package dev.outgrow.benchmarks.importing;

/**
 * A column of a dataset.
 *
 * @param name its name
 * @param kind what it holds
 * @param size of a text its most characters, of an integer its bits, of a blob its most bytes
 * @param nulls how many of a hundred cells are null
 */
record Column(String name, Kind kind, int size, int nulls) {

  /** What a column holds, how both sides declare it, and its bytes as PostgreSQL's SQL. */
  enum Kind {
    INTEGER("INTEGER", "bigint", "%s::text"),
    REAL("REAL", "double precision", "encode(float8send(%s::float8), 'hex')"),
    TEXT("TEXT", "text", "%s::text"),
    MOMENT("TEXT", "text", "%s::text"),
    BLOB("BLOB", "bytea", "md5(%s)");

    private final String sqlite;
    private final String postgres;
    private final String canonical;

    Kind(String sqlite, String postgres, String canonical) {
      this.sqlite = sqlite;
      this.postgres = postgres;
      this.canonical = canonical;
    }

    String sqlite() {
      return sqlite;
    }

    String postgres() {
      return postgres;
    }
  }

  static Column integer(String name, int bits) {
    return new Column(name, Kind.INTEGER, bits, 0);
  }

  static Column real(String name) {
    return new Column(name, Kind.REAL, 0, 0);
  }

  static Column text(String name, int most) {
    return new Column(name, Kind.TEXT, most, 0);
  }

  Column nullable(int percent) {
    return new Column(name, kind, size, percent);
  }

  /** Returns the text that stands for a cell, as SQL: 64-bit numbers by their bytes, null apart. */
  String canonical() {
    return "coalesce('v' || " + kind.canonical.formatted(name) + ", 'n')";
  }
}
