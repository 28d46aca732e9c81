package dev.outgrow.migration.authoring;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.script.ScriptFile;
import dev.outgrow.migration.script.ScriptFolder;
import dev.outgrow.migration.script.ScriptName;
import dev.outgrow.migration.script.Version;
import java.math.BigInteger;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a new migration into a chain's folder: {@code V20261121223301__add_albums.sql}.
 *
 * <pre>{@code
 * NewMigration.in(Path.of("src/main/resources/db/core")).withUndo().write("add albums");
 * }</pre>
 *
 * <p>The version is the time in UTC to the second; where the folder, or a folder {@code postgresql}
 * or {@code sqlite} in it, has that or a higher one, it is the next above. The description is
 * folded to lower-case letters a to z, digits and underlines, at most 100. A file that is there is
 * never replaced. By default there is one file for both backends, without an undo script.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class NewMigration {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
  private static final Pattern MARKS = Pattern.compile("\\p{M}");
  private static final Pattern OTHER = Pattern.compile("[^a-z0-9]+");
  private static final Pattern ENDS = Pattern.compile("^_+|_+$");
  private static final int LONGEST = 100;

  private final Path folder;
  private final List<String> places;
  private final boolean undo;
  private final @Nullable String sql;
  private final @Nullable Version above;
  private final Clock clock;

  private NewMigration(
      Path folder,
      List<String> places,
      boolean undo,
      @Nullable String sql,
      @Nullable Version above,
      Clock clock) {
    this.folder = folder;
    this.places = places;
    this.undo = undo;
    this.sql = sql;
    this.above = above;
    this.clock = clock;
  }

  /** Begins one in a chain's folder, which is made if it is not there. */
  public static NewMigration in(Path folder) {
    return new NewMigration(folder, List.of(""), false, null, null, Clock.systemUTC());
  }

  /** Writes it for one backend alone, into the folder of its name. */
  public NewMigration only(Backend backend) {
    return new NewMigration(folder, List.of(place(backend)), undo, sql, above, clock);
  }

  /** Writes one for each backend, of the same version, into the folders of their names. */
  public NewMigration perBackend() {
    List<String> each = Stream.of(Backend.values()).map(NewMigration::place).toList();
    return new NewMigration(folder, each, undo, sql, above, clock);
  }

  static String place(Backend backend) {
    return backend.name().toLowerCase(Locale.ROOT);
  }

  /** Writes a script that takes it back as well, {@code U<version>__<description>.sql}. */
  public NewMigration withUndo() {
    return new NewMigration(folder, places, true, sql, above, clock);
  }

  /** Writes this SQL instead of a comment. */
  public NewMigration content(String other) {
    return new NewMigration(folder, places, undo, other, above, clock);
  }

  /**
   * Gives it a version above this one, too: that of a migration in Java, or of another folder.
   *
   * @throws ConfigurationException if it is none
   */
  public NewMigration above(String version) {
    Version other =
        Version.parse(version)
            .orElseThrow(() -> new ConfigurationException("above", version, "numbers and points"));
    Version before = above;
    Version higher = before != null && before.compareTo(other) > 0 ? before : other;
    return new NewMigration(folder, places, undo, sql, higher, clock);
  }

  /** Takes the time from this clock. */
  NewMigration clock(Clock other) {
    return new NewMigration(folder, places, undo, sql, above, other);
  }

  /**
   * Writes it.
   *
   * @param description what it does, in a few words
   * @return the files, the migration first
   * @throws ConfigurationException if the description has no letter a to z and no digit, a script
   *     in the folder is named wrongly, or a file cannot be written: then none is
   */
  public List<Path> write(String description) {
    String name = version() + "__" + folded(description);
    String line = "-- " + oneLine(description) + "\n";
    String given = sql;
    List<NewFile> files = new ArrayList<>();
    for (String place : places) {
      Path in = folder.resolve(place);
      files.add(new NewFile(in.resolve("V" + name + ".sql"), given == null ? line : given));
      if (undo) {
        String takesBack = "-- Takes back V" + name + ".sql: " + oneLine(description) + "\n";
        files.add(new NewFile(in.resolve("U" + name + ".sql"), takesBack));
      }
    }
    return NewFile.write(files);
  }

  /** Returns the version that it gets: above all that are there, and not before the time. */
  String version() {
    BigInteger now = new BigInteger(LocalDateTime.now(clock).format(STAMP));
    return Stream.concat(versions(), Stream.ofNullable(above))
        .map(NewMigration::next)
        .reduce(now, BigInteger::max)
        .toString();
  }

  private Stream<Version> versions() {
    ScriptFolder shared =
        new ScriptFolder(
            "filesystem:" + folder, Objects.requireNonNull(NewMigration.class.getClassLoader()));
    return Stream.concat(
            Stream.of(shared),
            Stream.of(Backend.values()).map(backend -> shared.child(place(backend))))
        .flatMap(place -> place.read().stream())
        .map(ScriptFile::name)
        .map(ScriptName::version)
        .flatMap(Stream::ofNullable);
  }

  /** The whole number above a version: {@code 2026.11} is below {@code 2027}. */
  private static BigInteger next(Version version) {
    String text = version.toString();
    int point = text.indexOf('.');
    String first = point < 0 ? text : text.substring(0, point);
    return new BigInteger(first).add(BigInteger.ONE);
  }

  static String folded(String description) {
    String plain =
        MARKS.matcher(Normalizer.normalize(description, Normalizer.Form.NFKD)).replaceAll("");
    String words = OTHER.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("_");
    String bare = ENDS.matcher(words).replaceAll("");
    if (bare.isEmpty()) {
      throw new ConfigurationException(
          "description", description, "words with letters a to z or digits");
    }
    return bare.length() <= LONGEST
        ? bare
        : ENDS.matcher(bare.substring(0, LONGEST)).replaceAll("");
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
  }
}
