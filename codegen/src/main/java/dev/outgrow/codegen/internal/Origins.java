package dev.outgrow.codegen.internal;

import dev.outgrow.database.Backend;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.ChainSource;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jooq.meta.CatalogDefinition;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.Definition;
import org.jooq.meta.SchemaDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Where a database that jOOQ made by name gets its scratch database from: its properties.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class Origins implements AutoCloseable {
  private final Backend backend;
  private final Supplier<Properties> properties;
  private @Nullable MigratedScratch scratch;
  private @Nullable Packages packages;
  private Map<String, Map<String, String>> types = new TreeMap<>();
  private boolean own;

  /** Prepares it; nothing is made before it is asked for. */
  public Origins(Backend backend, Supplier<Properties> properties) {
    this.backend = backend;
    this.properties = properties;
  }

  /** Returns the scratch database, which the first call makes. */
  public MigratedScratch scratch() {
    MigratedScratch made = scratch;
    if (made == null) {
      made = find();
      scratch = made;
    }
    return made;
  }

  private MigratedScratch find() {
    String ticket = properties.get().getProperty(Handover.TICKET);
    if (ticket != null) {
      Handover.Part part = Handover.take(ticket);
      packages = part.packages();
      types = part.types();
      return part.scratch();
    }
    own = true;
    ChainSource source = Sources.named(properties.get().getProperty("chains", ""));
    return MigratedScratch.open(
        new MigratedScratch.Origin(source.chains(), source.setup(), backend, server()));
  }

  private ScratchSource server() {
    String server = properties.get().getProperty("server", "");
    if (server.isEmpty() || backend == Backend.SQLITE) {
      return ScratchSource.usual(backend);
    }
    DatabaseUrl url = DatabaseUrl.parse(server);
    if (url.backend() != backend) {
      throw new ConfigurationException("server", url.toString(), "the URL of a PostgreSQL server");
    }
    return ScratchSource.beside(url);
  }

  /** Returns how packages are called; empty if nobody said so. */
  public Optional<Packages> packages() {
    scratch();
    return Optional.ofNullable(packages);
  }

  /** Returns a map for the types of columns, by table. */
  public Map<String, Map<String, String>> types() {
    return types;
  }

  /** Whether a thing is none that a chain made. */
  public boolean leavesOut(Definition definition) {
    if (definition instanceof CatalogDefinition
        || definition instanceof SchemaDefinition
        || definition instanceof ColumnDefinition) {
      return false;
    }
    return new Belonging(scratch().owners()).of(definition).isEmpty();
  }

  /** Ends what was made here, and leaves alone what was handed over. */
  @Override
  public void close() {
    MigratedScratch made = scratch;
    scratch = null;
    if (made != null && own) {
      made.close();
    }
  }
}
