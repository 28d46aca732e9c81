package dev.outgrow.query.page;

import static dev.outgrow.query.fixture.Events.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectFrom;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.query.fixture.BothBackends;
import dev.outgrow.query.fixture.Events;
import dev.outgrow.query.fixture.Events.Event;
import dev.outgrow.query.page.TokenException.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenTest {
  private static final BothBackends BOTH = BothBackends.open();
  private static final byte[] SECRET =
      "a secret of thirty-two bytes ...".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OTHER =
      "another secret of this length...".getBytes(StandardCharsets.US_ASCII);
  private static final TokenKeys KEYS = TokenKeys.of("2026", SECRET);
  private static final Ordering ORDERING = Ordering.by(EVENTS.title.desc(), EVENTS.kind);

  @BeforeAll
  static void createTable() {
    Events.create(BOTH);
    Random random = new Random(5);
    BOTH.write(
        sql -> {
          for (long id = 1; id <= 20; id++) {
            sql.insertInto(EVENTS).set(Events.random(random, id)).execute();
          }
        });
  }

  @AfterAll
  static void close() {
    BOTH.close();
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedWithAnyOneOfItsCharactersChanged(Backend backend) {
    String token = token(backend, KEYS);
    for (int i = 0; i < token.length(); i++) {
      for (char other : new char[] {'A', 'b', '_', '%', '\0', 'é'}) {
        if (token.charAt(i) != other) {
          String forged = token.substring(0, i) + other + token.substring(i + 1);
          assertRefused(backend, KEYS, forged, null);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedCutOrLengthenedAnywhere(Backend backend) {
    String token = token(backend, KEYS);
    for (int i = 0; i < token.length(); i++) {
      assertRefused(backend, KEYS, token.substring(0, i), null);
      assertRefused(backend, KEYS, token.substring(i + 1), null);
    }
    assertRefused(backend, KEYS, token + "A", null);
    assertRefused(backend, KEYS, token + "=", Reason.MALFORMED);
    assertRefused(backend, KEYS, token + token, null);
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedInAnyRandomText(Backend backend) {
    Random random = new Random(11);
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      assertRefused(backend, KEYS, Base64.getUrlEncoder().encodeToString(bytes), null);
      assertRefused(backend, KEYS, new String(bytes, StandardCharsets.ISO_8859_1), null);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedOfAnotherVersion(Backend backend) {
    byte[] bytes = Base64.getUrlDecoder().decode(token(backend, KEYS));
    bytes[0] = 2;
    assertRefused(
        backend,
        KEYS,
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
        Reason.VERSION);
  }

  @ParameterizedTest
  @EnumSource
  void outlivesTheReplacementOfItsKeyForAsLongAsThatIsAccepted(Backend backend) {
    String token = token(backend, KEYS);

    TokenKeys rotated = TokenKeys.of("2027", OTHER).accepting("2026", SECRET);
    assertThat(page(backend, rotated, token).rows()).isNotEmpty();
    assertThat(page(backend, KEYS, token).rows()).isEqualTo(page(backend, rotated, token).rows());
    assertRefused(backend, TokenKeys.of("2027", OTHER), token, Reason.KEY);
    assertRefused(backend, TokenKeys.of("2026", OTHER), token, Reason.SIGNATURE);
    assertRefused(backend, KEYS, token(backend, rotated), Reason.KEY);
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedForAnotherFilterOrOrdering(Backend backend) {
    String token = token(backend, KEYS);

    List<Select<Event>> others =
        List.of(
            selectFrom(EVENTS),
            selectFrom(EVENTS).where(EVENTS.started.ge(1L)),
            selectFrom(EVENTS).where(EVENTS.started.gt(0L)));
    for (Select<Event> other : others) {
      assertRefused(backend, Keyset.over(other, ORDERING, KEYS), token, Reason.BINDING);
    }
    for (Ordering other :
        List.of(
            Ordering.by(EVENTS.title, EVENTS.kind),
            Ordering.by(EVENTS.title.desc()),
            Ordering.by(EVENTS.title.desc().nullsFirst(), EVENTS.kind),
            Ordering.by(EVENTS.kind, EVENTS.title.desc()))) {
      assertRefused(backend, Keyset.over(filtered(), other, KEYS), token, Reason.BINDING);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isGoodForAnotherPageSizeAndOtherFieldsShown(Backend backend) {
    String token = token(backend, KEYS);
    Keyset<?> other =
        Keyset.over(select(EVENTS.id).from(EVENTS).where(EVENTS.started.ge(0L)), ORDERING, KEYS)
            .size(3);

    assertThat(BOTH.<Integer>read(backend, sql -> other.at(sql, token).rows().size())).isEqualTo(3);
  }

  @Test
  void isNotGoodForTheOtherBackend() {
    assertRefused(Backend.SQLITE, KEYS, token(Backend.POSTGRESQL, KEYS), Reason.BINDING);
    assertRefused(Backend.POSTGRESQL, KEYS, token(Backend.SQLITE, KEYS), Reason.BINDING);
  }

  @Test
  void carriesEveryKindOfValue() {
    List<Object> values =
        List.of(
            "",
            "text \0 é 😀",
            1,
            -1L,
            (short) 3,
            (byte) 4,
            0.1,
            Double.NaN,
            -0.0,
            0.1f,
            true,
            new BigDecimal("-1.10"),
            BigInteger.TEN.pow(40),
            Instant.parse("2026-01-01T00:00:00.000001Z"),
            OffsetDateTime.parse("2026-01-01T00:00+05:30"),
            LocalDateTime.parse("2026-01-01T00:00"),
            LocalDate.parse("2026-01-01"),
            LocalTime.parse("00:00:00.123456"),
            new UUID(1, 2));
    byte[] binding = new byte[32];
    Position position = new Position(Position.Side.UP_TO, new ArrayList<>(values));

    assertThat(Token.read(KEYS, binding, Token.write(KEYS, binding, position))).isEqualTo(position);

    Position bytes = new Position(Position.Side.FROM, Arrays.asList(new byte[] {1, 2}, null));
    Position read = Token.read(KEYS, binding, Token.write(KEYS, binding, bytes));
    assertThat((byte[]) read.values().get(0)).containsExactly(1, 2);
    assertThat(read.values().get(1)).isNull();
  }

  @Test
  void holdsNoSecretInAnyText() {
    assertThat(KEYS.toString()).contains("2026").doesNotContain("secret of");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> TokenKeys.of("short", "tooshort".getBytes(StandardCharsets.US_ASCII)))
        .withMessageContaining("8 bytes")
        .withMessageNotContaining("tooshort");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> TokenKeys.of("no/name", SECRET));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> KEYS.accepting("2026", OTHER));
  }

  private static Select<Event> filtered() {
    return selectFrom(EVENTS).where(EVENTS.started.ge(0L));
  }

  private static Keyset<Event> pages(TokenKeys keys) {
    return Keyset.over(filtered(), ORDERING, keys).size(5);
  }

  private static String token(Backend backend, TokenKeys keys) {
    return Objects.requireNonNull(
        BOTH.<KeysetPage<Event>>read(backend, pages(keys)::first).nextToken());
  }

  private static KeysetPage<Event> page(Backend backend, TokenKeys keys, String token) {
    return BOTH.read(backend, sql -> pages(keys).at(sql, token));
  }

  private static void assertRefused(
      Backend backend, TokenKeys keys, String token, @Nullable Reason reason) {
    assertRefused(backend, pages(keys), token, reason);
  }

  private static void assertRefused(
      Backend backend, Keyset<?> pages, String token, @Nullable Reason reason) {
    assertThatExceptionOfType(TokenException.class)
        .isThrownBy(() -> BOTH.read(backend, sql -> pages.at(sql, token)))
        .isInstanceOf(OutgrowException.class)
        .withMessageContaining("Begin at the first page again.")
        .satisfies(
            refusal -> {
              if (reason != null) {
                assertThat(refusal.reason()).isEqualTo(reason);
              }
            });
  }
}
