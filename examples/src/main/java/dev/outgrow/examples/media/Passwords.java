package dev.outgrow.examples.media;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** Generates passwords, and hashes them with Argon2id. */
final class Passwords {
  /** No sign looks like another, in upper or lower case: 32 of them, 5 bits each. */
  private static final String SIGNS = "abcdefghijkmnpqrstuvwxyz23456789";

  private static final int GROUPS = 6;
  private static final int SIGNS_IN_GROUP = 4;
  private static final int SALT_BYTES = 16;

  /** What OWASP's Password Storage Cheat Sheet asks for: 19 MiB, two passes, one lane. */
  private static final Argon2Function ARGON2ID =
      Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);

  private final SecureRandom random = new SecureRandom();

  /** Returns 120 bits in groups that can be read out: {@code k7pm-x2wd-…}. */
  String generate() {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < GROUPS * SIGNS_IN_GROUP; i++) {
      if (i > 0 && i % SIGNS_IN_GROUP == 0) {
        password.append('-');
      }
      password.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
    }
    return password.toString();
  }

  /** Returns the hash with its salt and costs, as the PHC string format has it. */
  String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return ARGON2ID.hash(password.getBytes(StandardCharsets.UTF_8), salt).getResult();
  }

  /** Returns whether this is the password of a hash, of whatever costs that hash names. */
  boolean matches(String password, String hash) {
    return com.password4j.Password.check(password, hash)
        .with(Argon2Function.getInstanceFromHash(hash));
  }
}
