package dev.outgrow.migration.safety;

import dev.outgrow.migration.statement.Name;
import dev.outgrow.migration.statement.Reader;
import dev.outgrow.migration.statement.Statement;
import dev.outgrow.migration.statement.Token;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Indexes that are made, dropped and made anew. */
final class Indexes {
  private final Scene scene;

  Indexes(Scene scene) {
    this.scene = scene;
  }

  void look(Statement statement) {
    if (statement.begins("create", "index") || statement.begins("create", "unique", "index")) {
      create(statement);
    } else if (scene.isPostgres() && statement.begins("drop", "index")) {
      drop(statement);
    } else if (statement.begins("reindex")) {
      reindex(statement);
    }
  }

  private void create(Statement statement) {
    Reader words = new Reader(statement);
    words.accept("create");
    boolean unique = words.accept("unique");
    words.accept("index");
    boolean concurrently = words.accept("concurrently");
    boolean maybe = words.accept("if", "not", "exists");
    Name index = maybe ? words.name() : null;
    if ((index != null && scene.live().tableOfIndex(index) != null) || !words.find("on")) {
      return;
    }
    boolean only = words.accept("only");
    Name name = words.name();
    LiveTable table = scene.table(name);
    if (name == null || table == null) {
      return;
    }
    scene.script().changeSchema();
    if (scene.isPostgres() && !concurrently && !(only && table.partitioned())) {
      report(statement, table, name);
    }
    if (unique) {
      new NewKey(scene, table).unique(statement, words, !maybe);
    }
  }

  private void report(Statement statement, LiveTable table, Name name) {
    String what = "Writes to " + table.shown() + " wait until the index is built.";
    scene.report(
        Rule.CREATE_INDEX,
        table,
        what,
        table.partitioned()
            ? "-- PostgreSQL builds no index of a partitioned table CONCURRENTLY. In one script:\n"
                + withWord(statement, "on", "ON ONLY")
                + ";\n-- then for each partition, alone in a script:\nCREATE INDEX CONCURRENTLY"
                + " <name> ON <partition> …;\n-- and in the last:\nALTER INDEX <the index of "
                + name.text()
                + "> ATTACH PARTITION <name>;"
            : "-- alone in a script of its own:\n"
                + withWord(statement, "index", "INDEX CONCURRENTLY")
                + ";");
  }

  /** Puts something else in the place of the first such word. */
  static String withWord(Statement statement, String word, String with) {
    for (Token token : statement.tokens()) {
      if (token.is(word)) {
        int origin = statement.tokens().get(0).begin();
        String text = statement.text();
        return text.substring(0, token.begin() - origin)
            + with
            + text.substring(token.end() - origin);
      }
    }
    return statement.text();
  }

  private void drop(Statement statement) {
    Reader words = new Reader(statement);
    words.accept("drop", "index");
    if (words.accept("concurrently")) {
      return;
    }
    words.accept("if", "exists");
    for (List<Token> part : words.parts()) {
      Name index = new Reader(statement, part).name();
      LiveTable table = index == null ? null : scene.live().tableOfIndex(index);
      if (index != null && table != null) {
        Tables.lock(scene, table, statement);
        scene.report(
            Rule.DROP_INDEX,
            table,
            "It waits for every query of "
                + table.shown()
                + ", and those that come later wait behind it.",
            "-- alone in a script of its own:\nDROP INDEX CONCURRENTLY " + index.text() + ";");
      }
    }
  }

  private void reindex(Statement statement) {
    Reader words = new Reader(statement);
    words.accept("reindex");
    if (!scene.isPostgres() || statement.has("concurrently")) {
      return;
    }
    words.bracket();
    words.accept("verbose");
    boolean index = words.accept("index");
    if (!index && !words.accept("table")) {
      return;
    }
    Name name = words.name();
    LiveTable table = name == null ? null : of(name, index);
    if (name != null && table != null) {
      scene.report(
          Rule.REINDEX,
          table,
          "Writes to " + table.shown() + ", and reads by the index, wait until it is built.",
          "-- alone in a script of its own, beside it a file of the same name and \".conf\" with the"
              + " line\n-- executeInTransaction=false\nREINDEX "
              + (index ? "INDEX" : "TABLE")
              + " CONCURRENTLY "
              + name.text()
              + ";");
    }
  }

  private @Nullable LiveTable of(Name name, boolean index) {
    return index ? scene.live().tableOfIndex(name) : scene.table(name);
  }
}
