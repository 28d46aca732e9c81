package dev.outgrow.examples.media;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Verifies a hash in the PHC string format with Bouncy Castle, which did not make it.
 *
 * <p><em>Thread-safe.</em>
 */
public final class Argon2Check {
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  private Argon2Check() {}

  /** Returns whether this password has that hash. */
  public static boolean matches(String hash, String password) {
    Matcher phc = PHC.matcher(hash);
    if (!phc.matches()) {
      throw new AssertionError("not in the PHC string format: " + hash);
    }
    byte[] expected = Base64.getDecoder().decode(phc.group(5));
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(Integer.parseInt(phc.group(1)))
            .withIterations(Integer.parseInt(phc.group(2)))
            .withParallelism(Integer.parseInt(phc.group(3)))
            .withSalt(Base64.getDecoder().decode(phc.group(4)))
            .build());
    byte[] actual = new byte[expected.length];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), actual);
    return MessageDigest.isEqual(expected, actual);
  }
}
