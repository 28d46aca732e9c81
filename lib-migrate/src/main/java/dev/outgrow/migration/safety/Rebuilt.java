package dev.outgrow.migration.safety;

import dev.outgrow.migration.statement.Name;
import dev.outgrow.migration.statement.Reader;
import dev.outgrow.migration.statement.Statement;
import dev.outgrow.migration.statement.Token;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of SQLite that is made anew under another name and takes the place of the old one: the
 * references of the new one are looked for in the rows of the old one. What the script copies may
 * be less, so they are no sure failure.
 */
final class Rebuilt {
  private final Scene scene;

  Rebuilt(Scene scene) {
    this.scene = scene;
  }

  void look(Name made, Name to) {
    Statement definition = scene.making(made);
    LiveTable old = scene.isPostgres() ? null : scene.live().table(to);
    if (definition == null || old == null) {
      return;
    }
    Reader words = new Reader(definition);
    List<Token> columns = words.find("table") ? bracket(words) : null;
    if (columns != null) {
      new Reader(definition, columns).parts().forEach(part -> part(definition, old, part));
    }
  }

  private static @Nullable List<Token> bracket(Reader words) {
    words.accept("if", "not", "exists");
    words.name();
    return words.bracket();
  }

  private void part(Statement definition, LiveTable old, List<Token> part) {
    Reader words = new Reader(definition, part);
    if (words.accept("constraint")) {
      words.name();
    }
    boolean ofTable = words.accept("foreign", "key");
    List<Token> columns =
        ofTable ? Reference.columns(words.bracket()) : part.subList(0, Math.min(1, part.size()));
    Reference reference = new ColumnDefinition(definition, part).reference();
    boolean known = columns.stream().allMatch(column -> old.column(column.name()) != null);
    LiveTable parent = reference == null ? null : scene.live().table(reference.table());
    if (reference != null && parent != null && known && !columns.isEmpty()) {
      new NewReference(scene, old).of(columns, reference, parent, false);
    }
  }
}
