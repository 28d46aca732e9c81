package dev.outgrow.migration;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.database.catalog.LiveSchema;
import dev.outgrow.database.catalog.SqliteCatalog;
import dev.outgrow.database.catalog.SqliteTable;
import dev.outgrow.migration.authoring.SchemaChange;
import dev.outgrow.migration.authoring.SchemaState;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.NamedObject;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.View;
import dev.outgrow.schema.comparison.Side;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what differs between a chain's schema and a wanted one, that alone, and has it written. */
final class Differing {
  private final ChainSet set;
  private final Chain chain;
  private final @Nullable Database given;
  private final Set<String> foreign = new HashSet<>();

  /** With the caller's empty database for what is wanted, or null for one of the settings. */
  Differing(ChainSet set, String chain, @Nullable Database given) {
    this.set = set;
    this.chain = set.find(chain);
    this.given = given;
    for (Chain other : set.chains()) {
      foreign.add(key(other.historyTable()));
      if (!other.equals(this.chain)) {
        other.ownedTables().forEach(table -> foreign.add(key(table)));
      }
    }
  }

  private String key(String name) {
    return set.database().backend() == Backend.SQLITE ? Identifier.folded(name) : name;
  }

  SchemaChange ofLive(String wantedSql) {
    SchemaState wanted = wanted(wantedSql);
    Database live = set.database();
    new HistoryReader(live).read(List.of()).historyTables().forEach(t -> foreign.add(key(t)));
    SchemaState now = mine(state(live), wanted);
    List<String> left = new ArrayList<>();
    if (set.chains().size() > 1) {
      now = withoutUnknown(now, wanted, left);
    }
    SchemaChange change = SchemaChange.between(now, wanted);
    left.addAll(change.notWritten());
    return new SchemaChange(change.statements(), left);
  }

  SchemaChange ofScripts(String wantedSql, @Nullable Database second) {
    SchemaState wanted = wanted(wantedSql);
    try (Scratch scratch = Scratch.open(set, second)) {
      ChainSet there = set.on(scratch.database());
      makeRequired(chain, there, new HashSet<>());
      new Migrating(there).one(chain.name(), MigrateTo.end());
      return SchemaChange.between(mine(state(scratch.database()), wanted), wanted);
    }
  }

  private SchemaState wanted(String sql) {
    try (Scratch opened = Scratch.open(set, given)) {
      Database scratch = opened.database();
      makeRequired(chain, set.on(scratch), new HashSet<>());
      names(state(scratch).side().schema()).forEach(name -> foreign.add(key(name)));
      apply(scratch, sql);
      return state(scratch).only(name -> !foreign.contains(key(name)));
    }
  }

  private static void makeRequired(Chain of, ChainSet in, Set<String> done) {
    for (Requirement requirement : of.requirements()) {
      if (done.add(requirement.chain())) {
        makeRequired(in.find(requirement.chain()), in, done);
        new Migrating(in).one(requirement.chain(), MigrateTo.end());
      }
    }
  }

  /** As one text, which both drivers cut themselves. */
  private static void apply(Database scratch, String sql) {
    try (Connection connection = scratch.ownConnection();
        Statement statement = connection.createStatement()) {
      if (scratch.backend() == Backend.SQLITE) {
        statement.executeUpdate(sql);
      } else {
        statement.execute(sql);
      }
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Making the wanted schema");
    }
  }

  private SchemaState mine(SchemaState state, SchemaState wanted) {
    Set<String> known = new HashSet<>();
    chain.ownedTables().forEach(table -> known.add(key(table)));
    boolean namesItsOwn = !known.isEmpty();
    wanted.side().schema().tables().forEach(table -> known.add(key(table.name())));
    Set<String> tables = new HashSet<>();
    state.side().schema().tables().forEach(table -> tables.add(key(table.name())));
    return state.only(
        name ->
            !foreign.contains(key(name))
                && (!namesItsOwn || !tables.contains(key(name)) || known.contains(key(name))));
  }

  /** What is no table says of no chain that it is its own. */
  private SchemaState withoutUnknown(SchemaState now, SchemaState wanted, List<String> left) {
    Set<String> known = names(wanted.side().schema());
    Set<String> unknown = new HashSet<>();
    for (View view : now.side().schema().views()) {
      leave("view", view.name(), known, unknown, left);
    }
    for (NamedObject other : now.side().schema().others()) {
      if (other.table() == null) {
        leave(other.kind().title(), other.name(), known, unknown, left);
      }
    }
    SchemaState kept = now.only(name -> !unknown.contains(name));
    Schema all = kept.side().schema();
    Schema part =
        new Schema(
            all.name(),
            all.tables(),
            all.views(),
            all.triggers(),
            all.sequences().stream()
                .filter(
                    s ->
                        s.owner() != null
                            || wanted.side().schema().sequences().stream()
                                .anyMatch(w -> w.name().equals(s.name())))
                .toList(),
            all.others());
    return new SchemaState(new Side(kept.side().dialect(), part), kept.tables());
  }

  private static void leave(
      String kind, String name, Set<String> known, Set<String> unknown, List<String> left) {
    if (!known.contains(name)) {
      unknown.add(name);
      left.add(
          "The " + kind + " " + name + " is there and not wanted; another chain may have made it.");
    }
  }

  private static Set<String> names(Schema schema) {
    Set<String> names = new HashSet<>();
    Stream.of(
            schema.tables().stream().map(Table::name),
            schema.views().stream().map(View::name),
            schema.others().stream().filter(o -> o.table() == null).map(NamedObject::name))
        .flatMap(all -> all)
        .forEach(names::add);
    return names;
  }

  private static SchemaState state(Database database) {
    return database.backend() == Backend.POSTGRESQL
        ? new SchemaState(LiveSchema.read(database, currentSchema(database)), Map.of())
        : database.<SchemaState>read(tx -> sqlite(tx.connection()));
  }

  private static SchemaState sqlite(Connection connection) {
    Map<String, String> tables = new HashMap<>();
    SqliteCatalog.tables(connection).stream()
        .filter(table -> table.kind() == SqliteTable.Kind.ORDINARY)
        .forEach(table -> tables.put(table.name(), table.sql()));
    return new SchemaState(Side.sqlite(SqliteCatalog.read(connection)), tables);
  }

  private static String currentSchema(Database database) {
    return database.<String>read(
        tx -> {
          try (Statement statement = tx.connection().createStatement();
              ResultSet row = statement.executeQuery("SELECT pg_catalog.current_schema()")) {
            row.next();
            String schema = row.getString(1);
            return schema == null ? "public" : schema;
          } catch (SQLException failure) {
            throw SqlFailures.translate(failure, "Asking for the current schema");
          }
        });
  }
}
