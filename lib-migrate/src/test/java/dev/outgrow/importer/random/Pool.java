package dev.outgrow.importer.random;

import java.util.List;

/** Values that go together in a column, as SQL that puts each into a row. */
@SuppressWarnings("ImmutableEnumChecker") // the list is List.of's
enum Pool {
  ANYTHING(
      "NULL",
      "0",
      "1",
      "-1",
      "9223372036854775807",
      "-9223372036854775808",
      "9007199254740993",
      "1700000000",
      "0.5",
      "-0.0",
      "0.1",
      "3.0",
      "1e15",
      "1e16",
      "1e308",
      "4.9e-324",
      "2.2250738585072014e-308",
      "9223372036854775808.0",
      "9e999",
      "-9e999",
      "''",
      "'a'",
      "'ä'",
      "'1.5'",
      "'12abc'",
      "' 7 '",
      "'\\N'",
      "'\t\r\n\\'",
      "'😀'",
      "'0000-00-00'",
      "'2024-02-30'",
      "'Infinity'",
      "CAST(x'610062' AS TEXT)",
      "CAST(x'00' AS TEXT)",
      "CAST(x'ff' AS TEXT)",
      "CAST(x'c328' AS TEXT)",
      "CAST(x'eda080' AS TEXT)",
      "CAST(x'd8006100' AS TEXT)",
      "x''",
      "x'00'",
      "x'ff00ff'",
      "zeroblob(3000)"),
  INTEGERS("1", "2", "3", "0", "-7", "NULL", "2147483648", "41", "42", "9223372036854775807"),
  SMALL("1", "2", "3", "4", "5", "6", "7", "8", "NULL"),
  TRUTHS("0", "1", "NULL", "'true'", "'f'", "'No'", "2"),
  REALS("0.5", "1.0", "-2.25", "1e300", "0.1", "-0.0", "9e999", "NULL", "7"),
  DECIMALS("1.25", "10", "'3.50'", "99999999.99", "-0.01", "NULL", "123.456"),
  WORDS("'a'", "'A'", "'b'", "''", "'ab '", "'long enough to be long'", "'ä'", "NULL", "'É'"),
  DAYS("'2024-02-29'", "'1969-12-31'", "'0001-01-01'", "'9999-12-31'", "NULL", "'2024-2-9'"),
  MOMENTS(
      "'2024-02-29 10:00:00'",
      "'2024-02-29T23:59:59.123456'",
      "'1900-01-01'",
      "'2024-02-29 10:00'",
      "NULL",
      "'2024-02-29 10:00:00.1234567'"),
  ZONED(
      "'2024-02-29T10:00:00Z'",
      "'2024-02-29 10:00:00+05:30'",
      "'2024-02-29 10:00:00-03:00'",
      "NULL",
      "'2024-02-29 10:00'"),
  TIMES("'10:00:00'", "'23:59:59.5'", "NULL", "'10:00'"),
  IDENTIFIERS(
      "'6f9619ff-8b86-d011-b42d-00c04fc964ff'",
      "'00000000-0000-0000-0000-000000000000'",
      "NULL",
      "'6F9619FF-8B86-D011-B42D-00C04FC964FF'",
      "x'00112233445566778899aabbccddeeff'"),
  DOCUMENTS(
      "'{\"a\": 1, \"a\": [true, null]}'", "'[]'", "'\"x\"'", "NULL", "'[1'", "7", "'\"\\u0000\"'"),
  BYTES("x''", "x'00'", "x'ff00'", "x'61'", "NULL", "'text'");

  private final List<String> values;

  Pool(String... values) {
    this.values = List.of(values);
  }

  /** Returns one of its values; most often one of the first, which go together best. */
  String value(int choice) {
    int tame = Math.max(1, values.size() * 2 / 3);
    boolean wild = this == ANYTHING || choice % 5 == 4;
    return values.get(choice % (wild ? values.size() : tame));
  }
}
