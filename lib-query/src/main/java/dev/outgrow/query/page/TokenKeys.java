package dev.outgrow.query.page;

import dev.outgrow.error.ConfigurationException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that page tokens are signed with, HMAC-SHA-256. One signs; others are accepted
 * besides, so that a secret can be replaced while tokens of the old one are still about.
 *
 * <pre>{@code
 * TokenKeys keys = TokenKeys.of("2027-01", newSecret).accepting("2026-01", oldSecret);
 * }</pre>
 *
 * <p>A secret has at least 32 bytes; a name has 1 to 32 letters, digits, dots, dashes and
 * underscores and stands readably in each token. Anything else is refused with a {@link
 * ConfigurationException} that does not hold the secret.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class TokenKeys {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SECRET_BYTES = 32;

  private final String signing;
  private final Map<String, SecretKeySpec> secrets;

  private TokenKeys(String signing, Map<String, SecretKeySpec> secrets) {
    this.signing = signing;
    this.secrets = Map.copyOf(secrets);
  }

  /** Signs with this secret, and accepts only it. */
  public static TokenKeys of(String name, byte[] secret) {
    return new TokenKeys(name, Map.of(checked(name), key(name, secret)));
  }

  /** Signs with a new random secret: tokens end with the process. */
  public static TokenKeys random() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return of("random", secret);
  }

  /** Returns these keys, and accepts tokens of one more. */
  public TokenKeys accepting(String name, byte[] secret) {
    Map<String, SecretKeySpec> more = new LinkedHashMap<>(secrets);
    if (more.putIfAbsent(checked(name), key(name, secret)) != null) {
      throw new ConfigurationException("TokenKeys.accepting", name, "a name that is not taken yet");
    }
    return new TokenKeys(signing, more);
  }

  String signing() {
    return signing;
  }

  /** Returns the signature of these bytes by the named key, or null if there is no such key. */
  byte @Nullable [] sign(String name, byte[] content, int length) {
    SecretKeySpec secret = secrets.get(name);
    if (secret == null) {
      return null;
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      mac.update(content, 0, length);
      return mac.doFinal();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, impossible);
    }
  }

  /** Returns the names of the keys, never a secret. */
  @Override
  public String toString() {
    return "token keys " + signing + " of " + secrets.keySet().stream().sorted().toList();
  }

  private static SecretKeySpec key(String name, byte[] secret) {
    if (secret.length < SECRET_BYTES) {
      throw new ConfigurationException(
          "The secret of token key " + name,
          secret.length + " bytes",
          SECRET_BYTES + " bytes or more");
    }
    return new SecretKeySpec(secret, ALGORITHM);
  }

  private static String checked(String name) {
    if (!name.matches("[A-Za-z0-9._-]{1,32}")) {
      throw new ConfigurationException(
          "The name of a token key", name, "1 to 32 letters, digits, dots, dashes, underscores");
    }
    return name;
  }
}
