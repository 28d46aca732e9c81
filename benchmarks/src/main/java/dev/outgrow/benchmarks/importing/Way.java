package dev.outgrow.benchmarks.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a file gets into PostgreSQL. */
enum Way {
  OUTGROW("outgrow", true) {
    @Override
    List<String> command(Place place) throws IOException {
      return outgrow(place, "pages");
    }
  },
  OUTGROW_LIBRARY("outgrow, by SQLite's library", true) {
    @Override
    List<String> command(Place place) throws IOException {
      return outgrow(place, "library");
    }
  },
  PGLOADER("pgloader", true) {
    @Override
    List<String> programs() {
      return List.of("pgloader");
    }

    @Override
    List<String> command(Place place) {
      return List.of("pgloader", place.file().toString(), place.url());
    }
  },
  PGLOADER_TUNED("pgloader, tuned", true) {
    @Override
    List<String> programs() {
      return List.of("pgloader");
    }

    @Override
    List<String> command(Place place) throws IOException {
      int rows = place.dataset() == Dataset.BLOB ? 200 : 25_000;
      String text =
          """
          LOAD DATABASE FROM sqlite://%s INTO %s
          WITH include drop, create tables, create indexes, foreign keys, reset sequences,
            workers = 2, concurrency = 1, batch rows = %d, batch size = 20MB, prefetch rows = %d
          SET maintenance_work_mem to '512MB', work_mem to '64MB'
          CAST type real to "double precision" drop typemod using float-to-string;
          """
              .formatted(place.file(), place.url(), rows, rows);
      Path commands = place.folder().resolve("pgloader.load");
      Files.writeString(commands, text);
      return List.of("pgloader", commands.toString());
    }
  },
  SQLITE_PSQL("sqlite3 | psql", true) {
    @Override
    List<String> programs() {
      return List.of("sqlite3", "psql");
    }

    @Override
    List<String> command(Place place) throws IOException {
      return script(place, Stream.concat(pipes(place), after(place)).toList());
    }
  },
  LIMIT("psql, encoded before", false) {
    @Override
    List<String> programs() {
      return List.of("psql");
    }

    @Override
    List<String> command(Place place) throws IOException {
      return script(place, place.shapes().stream().map(s -> copy(place, s)).toList());
    }
  };

  private static final long SMALL = 16L << 20;
  private static final String PSQL = "psql -X -q -v ON_ERROR_STOP=1 ";

  private final String title;
  private final boolean keys;

  Way(String title, boolean keys) {
    this.title = title;
    this.keys = keys;
  }

  /** Returns the command that carries the file, and writes what it needs. */
  abstract List<String> command(Place place) throws IOException;

  /** Returns what has to be installed. */
  List<String> programs() {
    return List.of();
  }

  String title() {
    return title;
  }

  /** Returns whether it makes keys and indexes as well. */
  boolean keys() {
    return keys;
  }

  boolean isOurs() {
    return this == OUTGROW || this == OUTGROW_LIBRARY;
  }

  boolean isPgloader() {
    return this == PGLOADER || this == PGLOADER_TUNED;
  }

  String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the packages of Debian that would have to be installed. */
  List<String> missing(List<Path> folders) {
    return programs().stream()
        .filter(p -> folders.stream().noneMatch(f -> Files.isExecutable(f.resolve(p))))
        .map(p -> p.equals("psql") ? "postgresql-client" : p)
        .toList();
  }

  /** As {@code examples/outgrow} starts it, but for its heap, which is the one to do with. */
  private static List<String> outgrow(Place place, String reader) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-Xshare:auto"));
    if (Files.size(place.file()) < SMALL && place.before() == null) {
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
    }
    if (Files.exists(place.archive())) {
      command.add("-XX:SharedArchiveFile=" + place.archive());
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            OutgrowRun.class.getName(),
            place.file().toString(),
            place.url(),
            reader,
            place.phases().toString()));
    Place.Before before = place.before();
    if (before != null) {
      command.addAll(List.of(before.file().toString(), before.url()));
    }
    return command;
  }

  private static Stream<String> pipes(Place place) {
    return place.shapes().stream()
        .map(
            shape ->
                "sqlite3 -readonly -csv '%s' \"SELECT %s FROM %s\" | %s '%s' -c '\\copy %s FROM STDIN CSV'"
                    .formatted(
                        place.file(),
                        shape.columns().stream().map(Way::csv).collect(Collectors.joining(", ")),
                        shape.name(),
                        PSQL,
                        place.url(),
                        shape.name()));
  }

  private static String csv(Column column) {
    return column.kind() == Column.Kind.BLOB
        ? "'\\\\x' || hex(" + column.name() + ")"
        : column.name();
  }

  private static Stream<String> after(Place place) {
    List<String> sql = new ArrayList<>(List.of("SET maintenance_work_mem = '512MB'"));
    place.shapes().forEach(s -> sql.addAll(s.keyDdl()));
    place.shapes().forEach(s -> sql.addAll(s.indexDdl()));
    place.shapes().forEach(s -> sql.addAll(s.referenceDdl()));
    return Stream.of(psql(place, sql));
  }

  private static String copy(Place place, Shape shape) {
    return "%s '%s' -c \"\\copy %s FROM '%s' (FORMAT binary)\""
        .formatted(PSQL, place.url(), shape.name(), place.encoded(shape));
  }

  private static String psql(Place place, List<String> sql) {
    return PSQL + "'" + place.url() + "' <<'SQL'\n" + String.join(";\n", sql) + ";\nSQL";
  }

  /** Blobs that do not shrink are not tried: it would not be the limit. */
  private static List<String> tables(Place place) {
    List<String> sql = new ArrayList<>();
    for (Shape shape : place.shapes()) {
      sql.add(shape.postgresDdl());
      shape.columns().stream()
          .filter(c -> c.kind() == Column.Kind.BLOB)
          .map(c -> "ALTER TABLE %s ALTER %s SET STORAGE EXTERNAL")
          .forEach(s -> sql.add(s.formatted(shape.name(), "data")));
    }
    return sql;
  }

  private static List<String> script(Place place, List<String> lines) throws IOException {
    Path script = place.folder().resolve("script.sh");
    Files.writeString(
        script,
        "set -euo pipefail\n"
            + psql(place, tables(place))
            + "\n"
            + String.join("\n", lines)
            + "\n");
    return List.of("bash", script.toString());
  }
}
