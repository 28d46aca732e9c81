package dev.outgrow.examples.pages;

import dev.outgrow.examples.wizard.Progressing;
import dev.outgrow.examples.wizard.Task;
import dev.outgrow.importer.BadRows;
import dev.outgrow.importer.Orphans;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.plan.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * What the wizard says, in words.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class MoveTexts {
  private static final long KIB = 1024;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private MoveTexts() {}

  /** Returns a size. */
  public static String size(long bytes) {
    if (bytes < KIB) {
      return bytes + " bytes";
    }
    String[] units = {"KiB", "MiB", "GiB", "TiB"};
    double size = bytes / (double) KIB;
    int unit = 0;
    while (size >= KIB && unit < units.length - 1) {
      size /= KIB;
      unit++;
    }
    return String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, units[unit]);
  }

  /** Returns a moment to the minute, in UTC. */
  public static String time(Instant moment) {
    return MINUTE.format(moment);
  }

  /** Returns a number of something. */
  public static String count(long number, String one, String many) {
    return Texts.number(number) + " " + (number == 1 ? one : many);
  }

  /** Returns what is done now. */
  public static String phase(Progressing now) {
    if (now.stopping()) {
      return "Stopping";
    }
    Phase phase = now.phase();
    return phase == null ? now.task().title() : phase(phase);
  }

  /** Returns which of the six steps the work belongs to. */
  public static int step(Task task) {
    return switch (task) {
      case LOOK -> 1;
      case AIM -> 3;
      case IMPORT, EXPORT -> 4;
      case SWITCH, UNDO -> 5;
    };
  }

  /** Returns which part of an import it is in, -1 before the first. */
  public static int place(Progressing now) {
    Phase phase = now.phase();
    return phase == null ? -1 : List.of(Phase.values()).indexOf(phase);
  }

  /** Returns what is done in a part of an import. */
  public static String phase(Phase phase) {
    return switch (phase) {
      case SURVEY -> "Reading the file";
      case PREPARE -> "Making tables";
      case LOAD -> "Copying rows";
      case INDEX -> "Building indexes";
      case REFERENCE -> "Adding foreign keys";
      case FINISH -> "Setting counters";
      case VERIFY -> "Comparing every row";
      case SWAP -> "Putting it in place";
    };
  }

  /** Returns how many rows are done. */
  public static String rows(Progressing now) {
    if (now.rows() == 0 && now.total() == 0) {
      return "";
    }
    return now.total() == 0
        ? Texts.number(now.rows()) + " rows"
        : Texts.number(now.rows()) + " of " + Texts.number(now.total()) + " rows";
  }

  /** Returns how fast it goes and how long it takes, as far as that is known. */
  public static String pace(Progressing now) {
    if (now.rate() == 0) {
      return "";
    }
    Duration left = now.left();
    return Texts.number(now.rate())
        + " rows/s"
        + (left == null ? "" : ", " + left(left) + " left in this part");
  }

  private static String left(Duration left) {
    if (left.toSeconds() < 60) {
      return left.toSeconds() + " s";
    }
    return left.toHours() == 0
        ? left.toMinutes() + " min"
        : left.toHours() + " h " + left.toMinutesPart() + " min";
  }

  /** Returns what becomes of rows that refer to nothing. */
  public static String orphans(Orphans policy) {
    return switch (policy) {
      case KEEP -> "Carry them as they are. The key then holds for new rows only.";
      case REJECT -> "Keep them aside, with all their values, and what refers to them.";
      case NULL -> "Carry them, and let them refer to nothing (null) where they refer.";
      case FAIL -> "Stop, and list them: I mend the file first.";
    };
  }

  /** Returns what becomes of rows that cannot be carried. */
  public static String badRows(BadRows policy) {
    return switch (policy) {
      case FAIL -> "Stop, and list them: I mend the file first.";
      case REJECT -> "Keep them aside, with all their values, and carry the others.";
    };
  }

  /** Returns what a kind of thing that stays behind is called. */
  public static String kind(Kind kind) {
    return switch (kind) {
      case FOREIGN_KEY_VALIDATION -> "Foreign keys that hold for new rows only";
      case FOREIGN_KEY -> "Foreign keys that cannot be made";
      case TRIGGER -> "Triggers";
      case VIEW -> "Views";
      case VIRTUAL_TABLE -> "Virtual tables";
      case CHECK -> "Checks";
      case COLLATION -> "Collations";
      case DEFAULT -> "Defaults";
      case INDEX -> "Indexes";
      default -> {
        String words = kind.word().replace('-', ' ');
        yield Character.toUpperCase(words.charAt(0)) + words.substring(1);
      }
    };
  }

  /** Returns what numbers are counted in, in words. */
  public static String reading(String read) {
    return switch (read) {
      case "epoch-seconds" -> "seconds since 1970";
      case "epoch-millis" -> "milliseconds since 1970";
      case "epoch-micros" -> "microseconds since 1970";
      case "epoch-nanos" -> "nanoseconds since 1970";
      default -> read.replace('-', ' ');
    };
  }
}
