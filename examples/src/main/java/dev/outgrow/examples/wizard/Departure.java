package dev.outgrow.examples.wizard;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.importer.Imports;
import dev.outgrow.importer.PastImport;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the application has come from, as it is kept where a restart finds it: the signpost beside
 * the file that the application is told to open says it, and where it is told of PostgreSQL itself,
 * that database's journal of imports does.
 */
final class Departure {
  private final Home home;
  private final WizardSettings settings;

  Departure(Home home, WizardSettings settings) {
    this.home = home;
    this.settings = settings;
  }

  /**
   * Returns the move that has led here; empty where the application runs on SQLite, or began here.
   */
  Optional<Moved> find() {
    Database here = home.database();
    if (here.backend() != Backend.POSTGRESQL) {
      return Optional.empty();
    }
    Optional<PastImport> latest =
        Imports.of(here).list().stream().filter(Departure::isTheApplications).findFirst();
    return signposted()
        .or(() -> latest.flatMap(Departure::source))
        .map(file -> moved(here, file, latest));
  }

  private Optional<Path> signposted() {
    return settings
        .file()
        .map(Signpost::last)
        .filter(post -> post.leadsTo().isPresent())
        .map(Signpost::sqlite);
  }

  private static boolean isTheApplications(PastImport past) {
    boolean lasts =
        past.state() == PastImport.State.SWAPPED || past.state() == PastImport.State.DISCARDED;
    return lasts && past.intoExisting() && past.schema().equals(Mover.OWN_SCHEMA);
  }

  /** The journal may have been written on a machine whose paths are others. */
  private static Optional<Path> source(PastImport past) {
    try {
      return Optional.of(Path.of(past.source())).filter(Path::isAbsolute);
    } catch (InvalidPathException elsewhere) {
      return Optional.empty();
    }
  }

  private static Moved moved(Database here, Path file, Optional<PastImport> latest) {
    return new Moved(
        file,
        Files.isRegularFile(file),
        free(file),
        latest.filter(past -> past.source().equals(file.toString())).map(PastImport::started),
        here.url().database(),
        here.url().toString(),
        Signpost.beside(file).decided());
  }

  /** {@code app.back.db} beside {@code app.db}, or with the first number that is free. */
  private static Path free(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    String ending = dot > 0 ? name.substring(dot) : "";
    String stem = name.substring(0, name.length() - ending.length());
    String first = stem.replaceFirst("\\.back(-[0-9]+)?$", "") + ".back";
    Path free = file.resolveSibling(first + ending);
    for (int i = 2; isTaken(free); i++) {
      free = file.resolveSibling(first + "-" + i + ending);
    }
    return free;
  }

  private static boolean isTaken(Path file) {
    return List.of("", "-wal", "-journal", ".moved").stream()
        .anyMatch(more -> Files.exists(file.resolveSibling(file.getFileName() + more)));
  }
}
