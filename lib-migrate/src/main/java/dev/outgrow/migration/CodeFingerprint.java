package dev.outgrow.migration;

import dev.outgrow.migration.fingerprint.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a migration in Java adds to a fingerprint. */
final class CodeFingerprint {
  private CodeFingerprint() {}

  static Fingerprint add(Fingerprint before, JavaMigration code) {
    Class<?> type = code.getClass();
    Fingerprint print =
        before
            .with("code " + type.getName(), code.version())
            .with("description", code.description())
            .with("transactional", Boolean.toString(code.transactional()))
            .with("checksum", code.checksum().toString());
    Optional<byte[]> file = classFile(type);
    if (file.isEmpty() && code.checksum().isEmpty()) {
      // Nobody can tell whether it is what it was.
      return print.with("never the same", UUID.randomUUID().toString());
    }
    return addClass(print, type);
  }

  private static Fingerprint addClass(Fingerprint before, Class<?> type) {
    Fingerprint print = before.with("class " + type.getName(), classFile(type).orElse(new byte[0]));
    List<Class<?>> nested =
        Arrays.stream(type.getDeclaredClasses())
            .sorted(Comparator.comparing(Class::getName))
            .toList();
    for (Class<?> inner : nested) {
      print = addClass(print, inner);
    }
    return print;
  }

  private static Optional<byte[]> classFile(Class<?> type) {
    String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      // It is there and cannot be read: as good as not there.
      return Optional.empty();
    }
  }
}
