package dev.outgrow.codegen.internal;

import dev.outgrow.error.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files that were made, with their hashes, and the fingerprint they were made of. It stands
 * beside them.
 *
 * @param fingerprint of what they were made; empty before anything was
 * @param hashes by path, from the folder of the sources on
 */
record FileList(String fingerprint, SortedMap<String, String> hashes) {
  /** Its name, in the folder of the common package. */
  static final String NAME = "outgrow-codegen.txt";

  private static final String TITLE =
      "# What Outgrow made of migrations, and which files are as they were made. Keep it with them.";

  static FileList of(String fingerprint, Map<String, String> sources) {
    SortedMap<String, String> hashes = new TreeMap<>();
    sources.forEach((path, text) -> hashes.put(path, hash(text.getBytes(StandardCharsets.UTF_8))));
    return new FileList(fingerprint, hashes);
  }

  /** Reads it; one that lists nothing where there is none. */
  static FileList read(Path file) {
    SortedMap<String, String> hashes = new TreeMap<>();
    String fingerprint = "";
    if (!Files.exists(file)) {
      return new FileList(fingerprint, hashes);
    }
    try {
      for (String line : Files.readAllLines(file)) {
        if (!line.startsWith("#") && !line.isBlank()) {
          String[] words = line.split(" ", 2);
          if (words.length < 2) {
            throw new ConfigurationException("The list " + file, line, "lines as they were made");
          } else if (words[0].equals("fingerprint")) {
            fingerprint = words[1];
          } else {
            hashes.put(words[1], words[0]);
          }
        }
      }
    } catch (IOException failure) {
      throw Folders.unusable("The list " + file + " cannot be read", failure);
    }
    return new FileList(fingerprint, hashes);
  }

  /** Whether every file is there and as it was made. */
  boolean isAsMade(Path directory) {
    return hashes.entrySet().stream()
        .allMatch(entry -> entry.getValue().equals(hashOf(directory.resolve(entry.getKey()))));
  }

  String text() {
    StringBuilder text = new StringBuilder(TITLE + "\nfingerprint " + fingerprint + "\n");
    hashes.forEach((path, hash) -> text.append(hash).append(' ').append(path).append('\n'));
    return text.toString();
  }

  /** Returns the hash of a file's content; empty if it is not there. */
  static String hashOf(Path file) {
    try {
      return Files.isRegularFile(file) ? hash(Files.readAllBytes(file)) : "";
    } catch (IOException failure) {
      throw Folders.unusable(file + " cannot be read", failure);
    }
  }

  static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException failure) {
      throw new IllegalStateException("Every JDK has SHA-256", failure);
    }
  }
}
