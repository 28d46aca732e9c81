package dev.outgrow.database.scratch;

import dev.outgrow.database.Database;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.sql.Dialect;
import java.io.IOException;
import java.util.function.Supplier;

/** Clones of one template on a server. */
final class PostgresTemplates implements TemplateStore {
  private static final int WITH_STRATEGY = 15;

  private final ScratchSettings settings;
  private final CloneServer server;
  private final PostgresTemplate template;

  private PostgresTemplates(
      ScratchSettings settings, CloneServer server, PostgresTemplate template) {
    this.settings = settings;
    this.server = server;
    this.template = template;
  }

  /** The server starts while it is found out, by hashing scripts perhaps, which template it is. */
  static PostgresTemplates open(ScratchSettings settings, Supplier<ScratchTemplate> template) {
    ServerMeanwhile starting = ServerMeanwhile.start(settings);
    try {
      ScratchTemplate known = template.get();
      FirstConnection.prepare();
      if (starting.isMakingData()) {
        rehearse(known);
      }
      CloneServer server = starting.await();
      PostgresTemplate sealed = new PostgresTemplate(server, known);
      sealed.makeIfMissing();
      new OldTemplates(server, sealed.name()).drop(settings.templatesKept());
      return new PostgresTemplates(settings, server, sealed);
    } catch (Throwable failure) {
      starting.giveUp();
      throw failure;
    }
  }

  /** There is half a second until the data are made. */
  private static void rehearse(ScratchTemplate template) {
    template.meanwhile().run();
    try {
      FirstConnection.rehearse();
    } catch (IOException noPort) {
      Log.of(ScratchPool.class).debug("The server will say so, too", noPort);
    }
  }

  @Override
  public Clone copy(boolean readOnly) {
    String name = server.newName();
    createAgain(name);
    Custody custody = new OnServer(name);
    try {
      server.executeTogether(template.settingsFor(name, readOnly));
      Database database = server.open(name, settings.maximumPoolSize());
      return new Clone(database, custody);
    } catch (Throwable failure) {
      custody.delete();
      throw failure;
    }
  }

  /** Creates it, once more if the template has been dropped for being old, or by somebody. */
  private void createAgain(String name) {
    try {
      create(name);
    } catch (OutgrowException failure) {
      if (template.isThere()) {
        throw failure;
      }
      template.makeIfMissing();
      create(name);
    }
  }

  private void create(String name) {
    // Copying files takes two checkpoints and less than half the time of logging every page.
    String strategy = server.version() >= WITH_STRATEGY ? " STRATEGY file_copy" : "";
    server.execute(
        "CREATE DATABASE "
            + Dialect.POSTGRESQL.quote(name)
            + " TEMPLATE "
            + Dialect.POSTGRESQL.quote(template.name())
            + strategy,
        "Making a scratch database");
  }

  /** A database by its name. */
  private final class OnServer implements Custody {
    private final String name;

    private OnServer(String name) {
      this.name = name;
    }

    @Override
    public void delete() {
      server.execute(
          "DROP DATABASE IF EXISTS " + Dialect.POSTGRESQL.quote(name) + " WITH (FORCE)",
          "Dropping a scratch database");
    }

    @Override
    public KeptDatabase keep() {
      return server.keep(name);
    }

    @Override
    public void release() {
      // Nothing is held but by its pool.
    }
  }

  @Override
  public void close() {
    SharedServers.release(settings);
  }
}
