package dev.outgrow.database.scratch;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a server keeps of a random password, made so that logging in costs next to nothing. The
 * 4,096 iterations that are usual make guessing a person's password slow; they cost both sides
 * milliseconds for every connection, and protect nothing where the password is 144 random bits.
 */
final class ScramVerifier {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SALT_BYTES = 16;

  private ScramVerifier() {}

  /**
   * Returns the verifier, which PostgreSQL takes in the place of a password and keeps as it is.
   *
   * @param password of ASCII letters and digits
   */
  static String of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    try {
      // One iteration of PBKDF2 is one HMAC of the salt and the number of the block.
      Mac first = mac(password.getBytes(StandardCharsets.US_ASCII));
      first.update(salt);
      byte[] salted = first.doFinal(new byte[] {0, 0, 0, 1});
      byte[] client = mac(salted).doFinal("Client Key".getBytes(StandardCharsets.US_ASCII));
      byte[] stored = MessageDigest.getInstance("SHA-256").digest(client);
      byte[] server = mac(salted).doFinal("Server Key".getBytes(StandardCharsets.US_ASCII));
      return "SCRAM-SHA-256$1:" + base64(salt) + "$" + base64(stored) + ":" + base64(server);
    } catch (GeneralSecurityException impossible) {
      // Every Java platform has both.
      throw new IllegalStateException(impossible);
    }
  }

  private static Mac mac(byte[] key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(ALGORITHM);
    mac.init(new SecretKeySpec(key, ALGORITHM));
    return mac;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
