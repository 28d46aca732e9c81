package dev.outgrow.importer.metrics;

/** Asks for Micrometer from a JVM that may not have it. */
public final class MissingMicrometer {
  private MissingMicrometer() {}

  public static void ask() {
    MicrometerLibrary.require();
  }
}
