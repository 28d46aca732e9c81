package dev.outgrow.importer.report;

import dev.outgrow.importer.mapping.ChangedType;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.LeftOut;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.Renamed;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.verify.Difference;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Reports with something in every part. */
final class HtmlReports {
  private static final String CHECKSUM = "0123456789abcdef0123456789abcdef";

  private HtmlReports() {}

  /** Returns a report that uses a name wherever there can be one. */
  static ImportReport full(String name, int tables) {
    return new ImportReport(
        "/folder/" + name + ".db",
        "postgresql://localhost/x, schema " + name,
        "before_" + name,
        many(
            tables,
            i -> new TableReport(name(name, i), 12_345, 12_344, 1, 345, 67, CHECKSUM, i > 0)),
        List.of(new NotCarried(Kind.FOREIGN_KEY, name, "why " + name)),
        List.of(new Renamed("table", name, "to")),
        List.of(new ChangedType(name, name, "INT", "text", "holds text")),
        List.of(new Reject(name, "id=1", "c", "loaded not: " + name)),
        List.of(new Difference(name(name, 0), "id=7", Difference.What.CHANGED, List.of("v"))),
        2_000,
        List.of(new LeftOut("table", name, "by rule " + name)),
        new RejectPlace("outgrow_rejects", "/folder/" + name),
        List.of(new NotCompared("view", name, "because of " + name)),
        phases(name, tables));
  }

  /** Returns a report of an import that went well. */
  static ImportReport sound() {
    return new ImportReport(
        "a.db",
        "there",
        "",
        List.of(new TableReport("t", 1, 1, 0, 345, 67, CHECKSUM, true)),
        List.of(new NotCarried(Kind.FOREIGN_KEY, "f", "why")),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        1_234);
  }

  private static List<PhaseTime> phases(String name, int tables) {
    return List.of(
        new PhaseTime(Phase.SURVEY, 0, 700, List.of()),
        new PhaseTime(
            Phase.LOAD,
            700,
            1_300,
            many(tables, i -> new TableTime(name(name, i), 700 + i, 100 + i))));
  }

  private static String name(String name, int i) {
    return i == 0 ? name : name + i;
  }

  private static <T> List<T> many(int count, IntFunction<T> make) {
    return IntStream.range(0, count).mapToObj(make).toList();
  }
}
