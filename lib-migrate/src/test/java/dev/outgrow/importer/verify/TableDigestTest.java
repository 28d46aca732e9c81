package dev.outgrow.importer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import org.junit.jupiter.api.Test;

class TableDigestTest {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

  private record Hashes(long key, long high, long low) {}

  @Property
  void doesNotDependOnTheOrderOfTheRows(@ForAll("rows") List<Hashes> rows, @ForAll long seed) {
    List<Hashes> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(digest(shuffled).checksum()).isEqualTo(digest(rows).checksum());
    assertThat(digest(shuffled).differences(digest(rows))).isEmpty();
  }

  @Property
  void isTheSumOfAllHashesModuloTwoToThePowerOf128(@ForAll("rows") List<Hashes> rows) {
    BigInteger sum = BigInteger.ZERO;
    for (Hashes row : rows) {
      sum = sum.add(unsigned(row.high()).shiftLeft(64)).add(unsigned(row.low()));
    }

    Checksum checksum = digest(rows).checksum();

    assertThat(checksum.rows()).isEqualTo(rows.size());
    assertThat(new BigInteger(checksum.hex(), 16)).isEqualTo(sum.mod(MODULUS));
    assertThat(checksum.hex()).hasSize(32);
  }

  @Property
  void countsARowAsOftenAsItOccurs(@ForAll("rows") List<Hashes> rows, @ForAll("row") Hashes again) {
    Assume.that(again.high() != 0 || again.low() != 0); // one of 2^128
    List<Hashes> more = new ArrayList<>(rows);
    more.add(again);

    assertThat(digest(more).checksum()).isNotEqualTo(digest(rows).checksum());
    assertThat(digest(more).differences(digest(rows)))
        .containsExactly(TableDigest.bucket(again.key()));
    assertThat(digest(rows).differences(digest(more)))
        .containsExactly(TableDigest.bucket(again.key()));
  }

  @Test
  void carriesFromTheLowerIntoTheUpperHalf() {
    Checksum checksum = digest(List.of(new Hashes(0, 0, -1), new Hashes(0, 0, 1))).checksum();

    assertThat(checksum.hex()).isEqualTo("00000000000000010000000000000000");
  }

  @Test
  void carriesBetweenBucketsAsWell() {
    Checksum checksum = digest(List.of(new Hashes(0, 0, -1), new Hashes(1, 0, 1))).checksum();

    assertThat(checksum.hex()).isEqualTo("00000000000000010000000000000000");
  }

  @Test
  void tellsAnEmptyTableFromOneWhoseHashesAddUpToNothing() {
    List<Hashes> rows = List.of(new Hashes(5, -1, -1), new Hashes(5, 0, 1));

    assertThat(digest(rows).checksum()).isNotEqualTo(digest(List.of()).checksum());
  }

  private static TableDigest digest(List<Hashes> rows) {
    TableDigest digest = new TableDigest();
    rows.forEach(r -> digest.add(r.key(), r.high(), r.low()));
    return digest;
  }

  private static BigInteger unsigned(long value) {
    return new BigInteger(Long.toUnsignedString(value));
  }

  @Provide
  Arbitrary<List<Hashes>> rows() {
    return row().list().ofMaxSize(50);
  }

  @Provide
  Arbitrary<Hashes> row() {
    Arbitrary<Long> any =
        Arbitraries.oneOf(
            Arbitraries.longs().withDistribution(RandomDistribution.uniform()),
            Arbitraries.of(-1L, 1L, Long.MIN_VALUE));
    return Combinators.combine(any, any, any).as(Hashes::new);
  }
}
