package dev.outgrow.importer.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.outgrow.importer.fixture.MappedTable;
import dev.outgrow.importer.mapping.ChangedType;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.LeftOut;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.Renamed;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.source.ColumnProfile;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.importer.verify.Checksum;
import dev.outgrow.importer.verify.Difference;
import dev.outgrow.importer.verify.Difference.What;
import dev.outgrow.importer.verify.TableVerdict;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Identity;
import dev.outgrow.schema.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final String CHECKSUM = "0123456789abcdef0123456789abcdef";

  @Test
  void hasTheFieldsThatScriptsRelyOn() throws IOException {
    Map<String, @Nullable Object> json = object(ReportJson.of(full("t")));

    assertThat(json.keySet())
        .contains(
            "source",
            "target",
            "tables",
            "notCarried",
            "renamed",
            "changedTypes",
            "rejects",
            "totals",
            "verified");
    assertThat(first(json, "tables").keySet())
        .contains(
            "name",
            "rowsRead",
            "rowsVerified",
            "rowsRejected",
            "bytes",
            "millis",
            "checksum",
            "verified");
    assertThat(first(json, "notCarried"))
        .containsOnlyKeys("kind", "name", "reason")
        .containsEntry("kind", "foreign-key");
    assertThat(first(json, "renamed")).containsOnlyKeys("kind", "from", "to");
    assertThat(first(json, "changedTypes"))
        .containsOnlyKeys("table", "column", "declared", "target", "why");
    assertThat(first(json, "rejects")).containsOnlyKeys("table", "key", "column", "reason");
    assertThat(json.get("totals"))
        .isEqualTo(
            Map.of("rowsRead", 12L, "rowsVerified", 11L, "rowsRejected", 1L, "millis", 1234L));
    assertThat(json).containsEntry("verified", true);
  }

  @Test
  void saysInJsonWhatAVerificationFound() throws IOException {
    Map<String, @Nullable Object> json = object(ReportJson.of(verification(What.CHANGED)));

    assertThat(json.keySet())
        .containsExactly(
            "source",
            "target",
            "tables",
            "differences",
            "rejects",
            "rowsRejected",
            "since",
            "millis",
            "verified");
    assertThat(first(json, "tables").keySet())
        .containsExactly("name", "rowsSource", "rowsTarget", "checksum", "verified");
    assertThat(first(json, "differences"))
        .isEqualTo(
            Map.of(
                "table",
                "t",
                "key",
                "id=7",
                "what",
                "CHANGED",
                "columns",
                List.of("v"),
                "values",
                List.of()));
    assertThat(json).containsEntry("verified", false);
  }

  @Property
  void staysJsonWhateverANameIs(@ForAll("names") String name) throws IOException {
    Map<String, @Nullable Object> json = object(ReportJson.of(full(name)));

    assertThat(first(json, "tables")).containsEntry("name", name);
    assertThat(first(json, "notCarried")).containsEntry("name", name);
    assertThat(first(json, "changedTypes")).containsEntry("table", name);
  }

  @Property
  void saysNothingToTheTerminalWhateverANameIs(@ForAll("names") String name) {
    for (String text :
        List.of(
            ReportText.of(full(name), Set.of()),
            ReportText.of(verification(What.CHANGED, name)),
            ReportText.of(inspection(name)))) {
      assertThat(text.chars()).noneMatch(c -> c != '\n' && Character.isISOControl(c));
      assertThat(text).doesNotContainPattern("[\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");
    }
  }

  @Property
  void takesNoMoreLinesBecauseOfAName(@ForAll("names") String name) {
    assertThat(ReportText.of(full(name), Set.of()).lines().count())
        .isEqualTo(ReportText.of(full("plain"), Set.of()).lines().count());
    assertThat(ReportText.of(inspection(name)).lines().count())
        .isEqualTo(ReportText.of(inspection("plain")).lines().count());
  }

  @Test
  void endsWithTheVerdict() {
    assertThat(lastLine(ReportText.of(full("t"), Set.of())))
        .isEqualTo("verified; 1 thing stayed behind: 1 foreign-key");
    assertThat(lastLine(ReportText.of(full("t"), Set.of(Kind.FOREIGN_KEY)))).isEqualTo("verified");
    assertThat(lastLine(ReportText.of(failed(), Set.of())))
        .isEqualTo("NOT verified; the target is as it was");
    assertThat(lastLine(ReportText.of(verification(What.CHANGED)))).isEqualTo("NOT verified");
    assertThat(lastLine(ReportText.of(verified()))).isEqualTo("verified");
  }

  @Test
  void doesNotCallVerifiedWhatHasADifferenceOrLacksRows() {
    assertThat(verified().verified()).isTrue();
    assertThat(verification(What.EXTRA).verified()).isFalse();
    assertThat(report("t", 12, 11, 0, true, List.of()).verified()).isFalse();
    assertThat(
            report(
                    "t",
                    12,
                    12,
                    0,
                    true,
                    List.of(new Difference("t", "id=1", What.EXTRA, List.of())))
                .verified())
        .isFalse();
    assertThat(report("t", 12, 12, 0, false, List.of()).verified()).isFalse();
    assertThat(report("t", 12, 10, 2, true, List.of()).verified()).isTrue();
  }

  @Test
  void writesNumbersTheSameWayInEveryLocale() {
    assertThat(ReportText.of(report("t", 1_234_567, 1_234_567, 0, true, List.of()), Set.of()))
        .contains("1 table, 1,234,567 rows read = 1,234,567 verified + 0 rejected, in 1.2 s\n");
  }

  @Test
  void namesTheRowThatDiffers() {
    assertThat(ReportText.of(verification(What.CHANGED)))
        .contains("  Table t, row id=7 differs in v\n");
    assertThat(ReportText.of(verification(What.MISSING)))
        .contains("  Table t, row id=7 is missing in PostgreSQL");
  }

  private static ImportReport full(String name) {
    return new ImportReport(
        "/folder/" + name + ".db",
        "postgresql://localhost/x, schema " + name,
        "before_" + name,
        List.of(new TableReport(name, 12, 11, 1, 345, 67, CHECKSUM, true)),
        List.of(new NotCarried(Kind.FOREIGN_KEY, name, "why " + name)),
        List.of(new Renamed("table", name, "to")),
        List.of(new ChangedType(name, name, "INT", "text", "holds text")),
        List.of(new Reject(name, "id=1", name, "reason")),
        List.of(),
        1234,
        List.of(new LeftOut("table", name, "by rule " + name)),
        RejectPlace.NONE,
        List.of(new NotCompared("view", name, "because of " + name)));
  }

  private static ImportReport failed() {
    return report(
        "t", 12, 0, 0, false, List.of(new Difference("t", "id=1", What.MISSING, List.of())));
  }

  private static ImportReport report(
      String name,
      long read,
      long verified,
      long rejected,
      boolean ok,
      List<Difference> differences) {
    return new ImportReport(
        "a.db",
        "there",
        "",
        List.of(new TableReport(name, read, verified, rejected, 345, 67, CHECKSUM, ok)),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        differences,
        1234);
  }

  private static VerifyReport verified() {
    Checksum sum = new Checksum(3, 1, 2);
    return new VerifyReport(
        "a.db", "there", List.of(new TableVerdict("t", sum, sum, List.of())), List.of(), 5);
  }

  private static VerifyReport verification(What what) {
    return verification(what, "t");
  }

  private static VerifyReport verification(What what, String name) {
    List<String> columns =
        what == What.CHANGED ? List.of(name.equals("t") ? "v" : name) : List.of();
    Difference difference = new Difference(name, name.equals("t") ? "id=7" : name, what, columns);
    TableVerdict verdict =
        new TableVerdict(name, new Checksum(3, 1, 2), new Checksum(3, 1, 3), List.of(difference));
    return new VerifyReport("a.db", "there", List.of(verdict), List.of(difference), 5);
  }

  private static Inspection inspection(String name) {
    Column column = new Column(name, name, true, null, Identity.NONE, null, null);
    Table table =
        new Table(name, List.of(column), null, List.of(), List.of(), List.of(), List.of());
    ColumnProfile profile =
        new ColumnProfile(Map.of(StorageClass.TEXT, 3L), Map.of(StorageClass.TEXT, "id=" + name));
    SourceTable source = new SourceTable(table, 3, List.of(profile), 0, List.of());
    SchemaMapping mapping =
        new SchemaMapping(
            List.of(MappedTable.named(name).column(name, TargetType.TEXT).build()),
            List.of(),
            List.of(),
            List.of());
    return new Inspection("/folder/" + name, List.of(source), mapping);
  }

  private static String lastLine(String text) {
    List<String> lines = text.lines().toList();
    return lines.get(lines.size() - 1);
  }

  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> nasty =
        Arbitraries.of(
            "\u001B[2J",
            "\u001B]0;title\u0007",
            "\u009B31m",
            "\r",
            "\n",
            "\t",
            "\u0085",
            "\u2028",
            "\u2029",
            "\u202E",
            "\u2066",
            "\u007F",
            "\b",
            "\"",
            "\\",
            "</script>",
            "é",
            "😀",
            "\u0000",
            "a",
            " ");
    return nasty.list().ofMinSize(1).ofMaxSize(8).map(p -> "n" + String.join("", p));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> first(
      Map<String, @Nullable Object> json, String array) {
    List<Map<String, @Nullable Object>> items =
        (List<Map<String, @Nullable Object>>) Objects.requireNonNull(json.get(array));
    assertThat(items).as(array).isNotEmpty();
    return items.get(0);
  }

  private static Map<String, @Nullable Object> object(String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    try (JsonParser parser = new JsonFactory().createParser(bytes)) {
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      Map<String, @Nullable Object> members = members(parser);
      assertThat(parser.nextToken()).isNull();
      return members;
    }
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> items(parser);
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> parser.getText();
      case VALUE_NULL -> null;
      default -> throw new IOException("unexpected " + parser.currentToken());
    };
  }

  private static Map<String, @Nullable Object> members(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      assertThat(members).doesNotContainKey(name);
      members.put(name, value(parser));
    }
    return members;
  }

  private static List<@Nullable Object> items(JsonParser parser) throws IOException {
    List<@Nullable Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return items;
  }
}
