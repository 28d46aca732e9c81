package dev.outgrow.database.doctor;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Health;
import dev.outgrow.database.doctor.Diagnosis.Finding;
import dev.outgrow.database.doctor.Diagnosis.Verdict;

/** Which versions the library works with. */
final class SupportedVersions {
  private static final int OLDEST_POSTGRESQL = 14;
  private static final int NEWEST_TESTED = 18;

  private SupportedVersions() {}

  static Finding look(Health health) {
    String version = health.version().orElseThrow();
    String found = health.backend().title() + " " + version;
    if (health.backend() == Backend.SQLITE) {
      return new Finding("version", Verdict.PASS, found + " is supported.", "");
    }
    int major = Integer.parseInt(version.replaceFirst("\\D.*", ""));
    if (major < OLDEST_POSTGRESQL) {
      return new Finding(
          "version",
          Verdict.FAIL,
          found + " is too old.",
          "Upgrade the server to version " + OLDEST_POSTGRESQL + " or newer.");
    }
    String verdict =
        major > NEWEST_TESTED
            ? " is newer than " + NEWEST_TESTED + ", the newest that was tested."
            : " is supported.";
    return new Finding("version", Verdict.PASS, found + verdict, "");
  }
}
