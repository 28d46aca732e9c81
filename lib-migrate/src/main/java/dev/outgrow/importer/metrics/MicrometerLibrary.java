package dev.outgrow.importer.metrics;

import dev.outgrow.error.MissingArtifactException;
import java.util.List;

/** Whether the optional Micrometer is there. Names none of its classes but as text. */
final class MicrometerLibrary {
  private static final String ENTRY = "io.micrometer.core.instrument.MeterRegistry";

  private MicrometerLibrary() {}

  /** Lets this module read the library, which is not required where nobody measures. */
  static void require() {
    try {
      ClassLoader loader = MicrometerLibrary.class.getClassLoader();
      Class<?> entry = Class.forName(ENTRY, false, loader);
      MicrometerLibrary.class.getModule().addReads(entry.getModule());
    } catch (ClassNotFoundException missing) {
      throw new MissingArtifactException(
          "Measuring an import needs Micrometer, which is missing.",
          List.of("io.micrometer:micrometer-core"),
          missing);
    }
  }
}
