package dev.outgrow.database.scratch;

import dev.outgrow.database.Database;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.sql.Dialect;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Clones of one template on a server. */
final class PostgresTemplates implements TemplateStore {
  private static final int WARMED_BEHIND = 3;

  private final ScratchSettings settings;
  private final CloneServer server;
  private final PostgresTemplate template;
  private final AtomicInteger copies = new AtomicInteger();
  private final AtomicBoolean tidied = new AtomicBoolean();
  private volatile String source;

  private PostgresTemplates(
      ScratchSettings settings, CloneServer server, PostgresTemplate template) {
    this.settings = settings;
    this.server = server;
    this.template = template;
    this.source = template.name();
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
    int before = copies.getAndIncrement();
    if (before == 1) {
      tidy();
    }
    if (before == WARMED_BEHIND && !template.isMadeHere()) {
      warm();
    }
    String name = server.newName();
    createAgain(name);
    Custody custody = new OnServer(name);
    try {
      server.executeTogether(template.settingsFor(name, readOnly));
      Database database = server.openBare(name, settings.maximumPoolSize());
      return new Clone(database, custody);
    } catch (Throwable failure) {
      custody.delete();
      throw failure;
    }
  }

  /** Once, behind the first copy, for which somebody waits. */
  private void tidy() {
    if (!tidied.getAndSet(true) && template.isThere()) {
      template.noteUse();
      new OldTemplates(server, template.name()).drop(settings.templatesKept());
    }
  }

  /**
   * Makes what later copies are made of: a copy that has had a session. The first session of a
   * database reads its catalogues and leaves a file with what it found, which is copied, too; a
   * server that starts deletes these files, and into a template nobody can connect. It takes what
   * two copies take, so that a process which wants few does not make it.
   */
  private void warm() {
    String name = server.newName();
    create(name, template.name());
    server.openBare(name, 1).close();
    source = name;
  }

  /** Creates it, once more if what it is copied from has been dropped for being old, or so. */
  private void createAgain(String name) {
    String from = source;
    try {
      create(name, from);
    } catch (OutgrowException failure) {
      if (from.equals(template.name()) && template.isThere()) {
        throw failure;
      }
      source = template.name();
      template.makeIfMissing();
      create(name, template.name());
    }
  }

  private void create(String name, String from) {
    server.execute(
        "CREATE DATABASE "
            + Dialect.POSTGRESQL.quote(name)
            + " TEMPLATE "
            + Dialect.POSTGRESQL.quote(from)
            + server.strategy(),
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
      server.drop(name);
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
    try {
      tidy();
      if (!source.equals(template.name())) {
        server.drop(source);
      }
    } finally {
      SharedServers.release(settings);
    }
  }
}
