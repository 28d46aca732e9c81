package dev.outgrow.importer.mapping;

import dev.outgrow.importer.translate.Translation;
import java.util.ArrayList;
import java.util.List;

/** Collects, while a schema is mapped, what a person has to be told. */
final class Findings {
  private final List<Renamed> renamed = new ArrayList<>();
  private final List<ChangedType> changedTypes = new ArrayList<>();
  private final List<NotCarried> notCarried = new ArrayList<>();

  void renamed(String kind, String from, String to) {
    if (!from.equals(to)) {
      renamed.add(new Renamed(kind, from, to));
    }
  }

  void changedType(ChangedType change) {
    changedTypes.add(change);
  }

  void notCarried(NotCarried thing) {
    notCarried.add(thing);
  }

  void notCarried(Kind kind, String name, String reason) {
    notCarried.add(new NotCarried(kind, name, reason));
  }

  /** Returns why a piece of SQL was not translated, as a sentence without its end. */
  static String why(Translation translation) {
    return translation instanceof Translation.Untranslatable refused
        ? "Not translated, because of " + refused.reason()
        : "Not translated";
  }

  SchemaMapping mapping(
      List<TableMapping> tables, List<ViewMapping> views, List<TriggerMapping> triggers) {
    return new SchemaMapping(tables, renamed, changedTypes, notCarried, views, triggers, List.of());
  }
}
