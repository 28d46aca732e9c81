package dev.outgrow.migration.safety;

import dev.outgrow.migration.statement.Name;
import dev.outgrow.migration.statement.Reader;
import dev.outgrow.migration.statement.Statement;
import dev.outgrow.migration.statement.Token;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whole tables: made, dropped, written anew. */
final class Tables {
  private final Scene scene;

  Tables(Scene scene) {
    this.scene = scene;
  }

  /** Remembers a lock that shuts out everybody, and says so if it is the second of a script. */
  static void lock(Scene scene, LiveTable table, Statement statement) {
    if (!scene.isPostgres() || !scene.isBig(table)) {
      scene.script().changeSchema();
      return;
    }
    if (scene.script().lockExclusively(table)) {
      scene.report(
          Rule.SEVERAL_LOCKS,
          table,
          "It locks " + table.shown() + " while the script holds such a lock on another table.",
          "-- in a script of its own:\n" + statement.text() + ";");
    }
  }

  /** Returns whether a later statement of the script makes, or renames, something to this name. */
  static boolean comesBack(Scene scene, Statement statement, Name name) {
    List<Statement> all = scene.script().statements();
    return all.subList(all.indexOf(statement) + 1, all.size()).stream()
        .anyMatch(later -> makes(later, name));
  }

  private static boolean makes(Statement statement, Name name) {
    Reader words = new Reader(statement);
    Name made = null;
    if (words.accept("alter", "table")) {
      made = words.find("rename", "to") ? words.name() : null;
    } else if (words.accept("create")) {
      made = created(words);
    }
    return made != null && made.name().equalsIgnoreCase(name.name());
  }

  private static @Nullable Name created(Reader words) {
    words.accept("or", "replace");
    words.accept("unlogged");
    if (!words.accept("table") && !words.accept("view")) {
      return null;
    }
    words.accept("if", "not", "exists");
    return words.name();
  }

  void look(Statement statement) {
    if (statement.begins("drop", "schema") || statement.begins("drop", "extension")) {
      scene.changeRows();
    }
    if (statement.begins("create")) {
      create(statement);
    } else if (statement.begins("drop", "table")) {
      drop(statement);
    } else if (statement.begins("vacuum") || statement.begins("cluster")) {
      rewrite(statement);
    }
  }

  private void create(Statement statement) {
    Reader words = new Reader(statement);
    words.accept("create");
    Name made = created(words);
    if (made != null && !(isIfNotExists(statement) && scene.table(made) != null)) {
      scene.make(made, statement);
    }
  }

  private static boolean isIfNotExists(Statement statement) {
    return new Reader(statement.head(8)).find("if", "not", "exists");
  }

  private void drop(Statement statement) {
    Reader words = new Reader(statement);
    words.accept("drop", "table");
    words.accept("if", "exists");
    for (List<Token> part : words.parts()) {
      Name name = new Reader(statement, part).name();
      LiveTable table = scene.table(name);
      if (name == null || table == null) {
        continue;
      }
      lock(scene, table, statement);
      scene.changeRows(); // those of its parent, if it is a partition
      if (!comesBack(scene, statement, name) && !scene.isReplaced(name)) {
        scene.report(
            Rule.DROP_TABLE,
            table,
            "It drops " + table.shown() + ", which instances that run may read.",
            "-- in one release, have the application neither read nor write the table;\n"
                + "-- in a script of the next, behind a backup:\nDROP TABLE "
                + name.text()
                + ";");
      }
      scene.make(name);
    }
  }

  private void rewrite(Statement statement) {
    if (!scene.isPostgres() || (statement.begins("vacuum") && !statement.has("full"))) {
      return;
    }
    Reader words = new Reader(statement);
    words.next();
    words.bracket();
    while (words.accept("full") || words.accept("freeze") || words.accept("verbose")) {
      words.accept("analyze");
    }
    LiveTable table = scene.table(words.name());
    if (table != null) {
      scene.report(
          Rule.REWRITE_TABLE,
          table,
          "It writes all of " + table.shown() + " anew, and nothing reads or writes it meanwhile.",
          "-- what is dead in it is used again after this, which locks nobody out:\nVACUUM "
              + table.sql()
              + ";\n-- to give the space back to the system, while the application is stopped:\n"
              + statement.text()
              + ";");
    }
  }
}
