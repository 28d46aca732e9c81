package dev.outgrow.backup;

import dev.outgrow.backup.BackupProgress.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of a file, read once. */
final class FileHash {
  private static final int PIECE = 1 << 20;

  private FileHash() {}

  static String of(Path file, Supervision supervision) throws IOException {
    MessageDigest digest = sha256();
    byte[] piece = new byte[PIECE];
    long bytes = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        digest.update(piece, 0, read);
        bytes += read;
        supervision.tell(new BackupProgress(Phase.HASH, "", 0, bytes));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
