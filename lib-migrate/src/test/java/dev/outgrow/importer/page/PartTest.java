package dev.outgrow.importer.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PartTest {
  @Test
  void partsFollowEachOtherFromTheFirstToTheLast() {
    for (int all : new int[] {0, 1, 2, 5, 1000, Integer.MAX_VALUE}) {
      for (int of = 1; of < 9; of++) {
        int end = 0;
        for (int i = 0; i < of; i++) {
          Part part = new Part(i, of);
          assertThat(part.before(all)).isEqualTo(end);
          end = part.through(all);
        }
        assertThat(end).isEqualTo(all);
      }
    }
  }

  @Test
  void thereIsNoPartBehindTheLast() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Part(2, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new Part(-1, 2));
  }
}
