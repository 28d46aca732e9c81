package dev.outgrow.migration;

import dev.outgrow.database.Database;
import dev.outgrow.database.catalog.LiveSchema;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.MigrationException;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.View;
import dev.outgrow.schema.comparison.Difference;
import dev.outgrow.schema.comparison.NotCompared;
import dev.outgrow.schema.comparison.SchemaComparison;
import dev.outgrow.schema.comparison.Side;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Compares the tables and views that a chain makes in a scratch database with those here. */
final class Adoption {
  private static final int MOST_NAMED = 10;

  private final Database database;
  private final ChainSet inScratch;
  private final Database scratch;

  Adoption(ChainSet set, Database scratch) {
    this.database = set.database();
    this.inScratch = set.on(scratch);
    this.scratch = scratch;
  }

  /**
   * Makes the chain in the scratch database and compares.
   *
   * @throws ConfigurationException if the scratch database is of another backend or not empty
   * @throws MigrationException if they differ
   */
  void compare(Chain chain, MigrateTo to) {
    if (scratch.backend() != database.backend()
        || !new HistoryReader(scratch).read(List.of()).tables().isEmpty()) {
      throw new ConfigurationException(
          "scratch", scratch.url().toString(), "an empty database of the same backend");
    }
    migrateRequired(chain, new HashSet<>());
    Set<String> before = names(schema(scratch).schema());
    new Migrating(inScratch).one(chain.name(), to);
    Side expected = schema(scratch);
    Set<String> made = names(expected.schema());
    made.removeAll(before);
    inScratch.chains().forEach(other -> made.remove(other.historyTable()));
    SchemaComparison comparison =
        SchemaComparison.of(only(expected, made), only(schema(database), made));
    refuse(chain, comparison);
  }

  private void migrateRequired(Chain chain, Set<String> done) {
    for (Requirement requirement : chain.requirements()) {
      if (done.add(requirement.chain())) {
        inScratch.chains().stream()
            .filter(other -> other.name().equals(requirement.chain()))
            .forEach(required -> migrateRequired(required, done));
        new Migrating(inScratch).one(requirement.chain(), MigrateTo.end());
      }
    }
  }

  private static Side schema(Database of) {
    return LiveSchema.read(of);
  }

  private static Set<String> names(Schema schema) {
    Set<String> names = new HashSet<>();
    schema.tables().stream().map(Table::name).forEach(names::add);
    schema.views().stream().map(View::name).forEach(names::add);
    return names;
  }

  private static Side only(Side side, Set<String> names) {
    Schema schema = side.schema();
    List<Table> tables =
        schema.tables().stream().filter(table -> names.contains(table.name())).toList();
    List<View> views = schema.views().stream().filter(view -> names.contains(view.name())).toList();
    return new Side(side.dialect(), new Schema(schema.name(), tables, views, List.of()));
  }

  private static void refuse(Chain chain, SchemaComparison comparison) {
    List<String> wrong =
        Stream.concat(
                comparison.differences().stream().map(Difference::text),
                comparison.notCompared().stream().map(NotCompared::text))
            .toList();
    if (wrong.isEmpty()) {
      return;
    }
    String more = wrong.size() > MOST_NAMED ? "; and " + (wrong.size() - MOST_NAMED) + " more" : "";
    throw new MigrationException(
        new MigrationException.Place(chain.name(), null, 0),
        "The schema is not what chain "
            + chain.name()
            + " makes: "
            + String.join("; ", wrong.stream().limit(MOST_NAMED).toList())
            + more
            + ".",
        "Adopt the version that it is at, or change the schema so that they agree.",
        null,
        null,
        null);
  }
}
