package dev.outgrow.importer;

import dev.outgrow.importer.file.Definition;
import dev.outgrow.importer.file.FileBuilder;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.schema.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of views and triggers where tables are left out: SQLite makes them without a word,
 * and fails when they are used. Those are taken away again and named. Used once.
 */
final class PartialFile {
  private final FileSource source;
  private final FileBuilder builder;
  private final List<NotCarried> notCarried;

  PartialFile(FileSource source, FileBuilder builder, List<NotCarried> notCarried) {
    this.source = source;
    this.builder = builder;
    this.notCarried = notCarried;
  }

  /** Takes away views that use what is left out, and makes the triggers that do not. */
  void settle(List<Definition> made, List<Definition> triggers) {
    List<Definition> views = new ArrayList<>(made);
    views.removeIf(v -> isLeft(Kind.VIEW, v.name()));
    boolean gone = true;
    while (gone) { // a view can use a view that goes
      gone = views.removeIf(this::goes);
    }
    triggers.forEach(this::settle);
  }

  private boolean goes(Definition view) {
    Optional<String> why = builder.unusableView(view.name());
    if (why.isEmpty() || FileBuilder.isUnusable(source.at().reading(), view.name())) {
      return false;
    }
    builder.drop(view);
    notCarried.add(new NotCarried(Kind.VIEW, view.name(), because(why.get(), view)));
    return true;
  }

  private void settle(Definition trigger) {
    if (isLeft(Kind.VIEW, trigger.table())) {
      String why = "view " + trigger.table() + " is not carried";
      notCarried.add(new NotCarried(Kind.TRIGGER, trigger.name(), because(why, trigger)));
      return;
    }
    Optional<String> why = builder.tryToMake(trigger);
    if (why.isEmpty()) {
      why = builder.unusableTrigger(trigger.table());
      if (why.isPresent()) {
        builder.drop(trigger);
      }
    }
    why.ifPresent(
        w -> notCarried.add(new NotCarried(Kind.TRIGGER, trigger.name(), because(w, trigger))));
  }

  private boolean isLeft(Kind kind, String name) {
    return notCarried.stream()
        .anyMatch(
            n -> n.kind() == kind && Identifier.folded(n.name()).equals(Identifier.folded(name)));
  }

  private static String because(String why, Definition definition) {
    return "It cannot be used without what is left out (" + why + "): " + definition.sql();
  }
}
