package dev.outgrow.importer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.plan.Touches;
import dev.outgrow.importer.verify.SideBySide;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepQueueTest {
  private static final long LARGE = 1_000_000;

  private static Step step(String name, Set<String> changed, Set<String> read, long rows) {
    return new Step.Execute(
        Phase.INDEX, name, List.of("SELECT 1"), new Touches(changed, read, rows));
  }

  @Test
  void smallOnesAreDoneTogetherAndLargeOnesAlone() throws InterruptedException {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      steps.add(step("small" + i, Set.of("t" + i), Set.of(), 100));
    }
    steps.add(step("large", Set.of("l"), Set.of(), LARGE));
    StepQueue queue = StepQueue.of(steps, true);

    assertThat(queue.width()).isEqualTo(1);
    assertThat(next(queue).steps()).hasSize(40);
    assertThat(next(queue).steps()).hasSize(10);
    assertThat(next(queue).steps()).hasSize(1);
    assertThat(queue.take()).isNull();
    assertThat(next(StepQueue.of(steps, false)).steps()).hasSize(1);
  }

  @Test
  void indexesOfOneTableAreNotInEachOthersWayButBehindItsKey() throws InterruptedException {
    StepQueue queue =
        StepQueue.of(
            List.of(
                step("key", Set.of("t"), Set.of(), LARGE),
                step("index 1", Set.of(), Set.of("t"), LARGE),
                step("index 2", Set.of(), Set.of("t"), LARGE),
                step("other", Set.of("u"), Set.of(), LARGE)),
            true);

    StepQueue.Job key = next(queue);
    assertThat(name(key)).isEqualTo("key");
    assertThat(name(next(queue))).isEqualTo("other");
    queue.done(key);
    assertThat(name(next(queue))).isEqualTo("index 1");
    assertThat(name(next(queue))).isEqualTo("index 2");
  }

  private static StepQueue.Job next(StepQueue queue) throws InterruptedException {
    return Objects.requireNonNull(queue.take());
  }

  private static String name(StepQueue.Job job) {
    return job.steps().get(0).title();
  }

  @Test
  void nothingIsBegunAfterAFailure() throws InterruptedException {
    StepQueue queue = StepQueue.of(List.of(step("a", Set.of("t"), Set.of(), LARGE)), true);

    queue.fail();

    assertThat(queue.take()).isNull();
  }

  /** Whatever they touch: none beside one that is in its way, and such ones in their order. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void keepsTheOrderOfThoseThatAreInEachOthersWay(long seed) throws SQLException {
    Random random = new Random(seed);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Set<String> one = Set.of("t" + random.nextInt(6));
      Set<String> changed = random.nextInt(3) == 0 ? Set.of() : one;
      Set<String> read = changed.isEmpty() ? one : Set.of();
      steps.add(step("s" + i, changed, read, LARGE));
    }
    StepQueue queue = StepQueue.of(steps, true);
    List<Step> running = new ArrayList<>();
    List<Step> begun = Collections.synchronizedList(new ArrayList<>());
    SideBySide.Part<Boolean> worker =
        () -> {
          try {
            for (StepQueue.Job job = queue.take(); job != null; job = queue.take()) {
              Step step = job.steps().get(0);
              synchronized (running) {
                assertThat(running).noneMatch(r -> r.touches().isInTheWayOf(step.touches()));
                running.add(step);
                begun.add(step);
              }
              synchronized (running) {
                running.remove(step);
              }
              queue.done(job);
            }
            return true;
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };

    SideBySide.run("queue-test", worker, List.of(worker, worker), () -> {});

    assertThat(begun).containsExactlyInAnyOrderElementsOf(steps);
    for (int i = 0; i < steps.size(); i++) {
      for (int j = i + 1; j < steps.size(); j++) {
        if (steps.get(i).touches().isInTheWayOf(steps.get(j).touches())) {
          assertThat(begun.indexOf(steps.get(i))).isLessThan(begun.indexOf(steps.get(j)));
        }
      }
    }
  }
}
