package dev.outgrow.test;

import dev.outgrow.database.Database;
import dev.outgrow.database.scratch.ScratchDatabase;
import dev.outgrow.database.scratch.ScratchPool;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.test.internal.JooqLibrary;
import dev.outgrow.test.internal.Lease;
import dev.outgrow.test.internal.Leases;
import dev.outgrow.test.internal.Recipe;
import dev.outgrow.test.internal.SeedSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives what parameters and fields ask for. */
final class Provision {
  private static final Set<Class<?>> FORMS =
      Set.of(Database.class, DataSource.class, Connection.class, ScratchDatabase.class);

  private final ExtensionContext context;
  private final Leases leases;

  Provision(ExtensionContext context) {
    this.context = context;
    this.leases = TestRun.leases(context);
  }

  /** Returns whether a parameter of this type is a test's database. */
  static boolean gives(Class<?> type) {
    return FORMS.contains(type) || type == BackendPair.class || JooqLibrary.isContext(type);
  }

  /** Returns the test's database in a form. */
  Object of(Class<?> type) {
    Demand demand = Demand.of(context);
    List<Lease> databases = demand.recipes().stream().map(recipe -> lease(demand, recipe)).toList();
    if (type == BackendPair.class) {
      requireCount(demand, 2, "@BothBackends, which gives two");
      return new BackendPair(databases.get(0).database(), databases.get(1).database());
    }
    requireCount(demand, 1, "a BackendPair, since there are two");
    return form(databases.get(0), type);
  }

  private void requireCount(Demand demand, int count, String wanted) {
    if (demand.recipes().size() != count) {
      throw new ConfigurationException("The database", context.getDisplayName(), wanted);
    }
  }

  /** Returns a copy of a file in a form. */
  Object of(SqliteFile file, Class<?> type, Class<?> beside) {
    ScratchPool folders = TestRun.of(context).pools().folders();
    Lease lease = leases.own(file.value(), () -> Lease.copy(folders.take(), beside, file.value()));
    return type == Path.class ? lease.file().orElseThrow() : form(lease, type);
  }

  private Lease lease(Demand demand, Recipe recipe) {
    if (demand.readOnly()) {
      ScratchPool pool = TestRun.of(context).pools().of(recipe);
      return leases.reader(recipe, () -> Lease.shared(pool.shared()));
    }
    Lease lease = TestRun.leases(demand.scope()).own(recipe, () -> taken(recipe, demand.before()));
    return leases.guest(lease);
  }

  private Lease taken(Recipe recipe, List<SeedSource> before) {
    ScratchDatabase taken = TestRun.of(context).pools().of(recipe).take();
    try {
      before.forEach(seed -> seed.fill(taken.database()));
      return Lease.of(taken);
    } catch (RuntimeException failure) {
      taken.close();
      throw failure;
    }
  }

  private Object form(Lease lease, Class<?> type) {
    if (type == ScratchDatabase.class) {
      return lease.scratch();
    }
    if (type == Connection.class) {
      return leases.connection(lease);
    }
    Database database = lease.database();
    if (type == DataSource.class) {
      return database.dataSource();
    }
    return JooqLibrary.isContext(type) ? JooqLibrary.contextOn(database, type) : database;
  }

  /** Returns whether a file can be given in this form. */
  static boolean givesFileAs(Class<?> type) {
    return type == Path.class || (gives(type) && type != BackendPair.class);
  }

  /** Returns the forms, for messages. */
  static String forms() {
    return Stream.concat(
            FORMS.stream().map(Class::getSimpleName).sorted(),
            Stream.of("DSLContext", BackendPair.class.getSimpleName()))
        .collect(Collectors.joining(", "));
  }
}
