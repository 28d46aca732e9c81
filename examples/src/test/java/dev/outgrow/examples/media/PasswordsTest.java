package dev.outgrow.examples.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private final Passwords passwords = new Passwords();

  @Test
  void aPasswordHas24SignsOf32InGroupsThatCanBeReadOut() {
    Set<String> all = new HashSet<>();
    Set<Integer> signs = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      String password = passwords.generate();
      assertThat(password).matches("[a-z2-9]{4}(-[a-z2-9]{4}){5}").doesNotContain("l", "o");
      all.add(password);
      password.chars().filter(sign -> sign != '-').forEach(signs::add);
    }
    assertThat(all).hasSize(500);
    assertThat(signs).as("5 bits a sign, 24 signs: 120 bits").hasSize(32);
  }

  @Test
  void anotherImplementationVerifiesTheHash() {
    String hash = passwords.hash("k7pm-x2wd-é");

    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(Argon2Check.matches(hash, "k7pm-x2wd-é")).isTrue();
    assertThat(Argon2Check.matches(hash, "k7pm-x2wd-e")).isFalse();
    assertThat(passwords.hash("k7pm-x2wd-é")).as("has a salt of its own").isNotEqualTo(hash);
  }
}
