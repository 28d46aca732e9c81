package dev.outgrow.exporter;

import dev.outgrow.importer.mapping.ChangedType;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.LeftOut;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.Renamed;
import java.util.ArrayList;
import java.util.List;

/** What an export finds out that the report has to say. <em>Not thread-safe.</em> */
final class Findings {
  private final List<NotCarried> notCarried = new ArrayList<>();
  private final List<ChangedType> changedTypes = new ArrayList<>();
  private final List<Renamed> renamed = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  void lost(Kind kind, String name, String reason) {
    notCarried.add(new NotCarried(kind, name, reason));
  }

  void changed(String table, String column, String type, String written, String why) {
    changedTypes.add(new ChangedType(table, column, type, written, why));
  }

  void renamed(String kind, String from, String to) {
    renamed.add(new Renamed(kind, from, to));
  }

  void leftOut(String kind, String name, String why) {
    leftOut.add(new LeftOut(kind, name, why));
  }

  List<NotCarried> notCarried() {
    return List.copyOf(notCarried);
  }

  List<ChangedType> changedTypes() {
    return List.copyOf(changedTypes);
  }

  List<Renamed> renamed() {
    return List.copyOf(renamed);
  }

  List<LeftOut> leftOut() {
    return List.copyOf(leftOut);
  }
}
