package dev.outgrow.test;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.ChainSource;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What the annotation of a method or a class asks for.
 *
 * @param backends one; both; or none where each takes its turn
 * @param chains what it names; {@link ChainSource} itself if nothing
 */
record Wish(List<Backend> backends, Class<? extends ChainSource> chains, Lifetime lifetime) {
  /**
   * Returns the wish of an element, if it has one.
   *
   * @throws ConfigurationException if it has more than one
   */
  static Optional<Wish> on(AnnotatedElement element) {
    List<Wish> wishes =
        Stream.of(
                find(element, PostgresTest.class)
                    .map(is -> new Wish(List.of(Backend.POSTGRESQL), is.chains(), is.lifetime())),
                find(element, SqliteTest.class)
                    .map(is -> new Wish(List.of(Backend.SQLITE), is.chains(), is.lifetime())),
                find(element, EachBackend.class)
                    .map(is -> new Wish(List.of(), is.chains(), is.lifetime())),
                find(element, BothBackends.class)
                    .map(
                        is ->
                            new Wish(
                                List.of(Backend.POSTGRESQL, Backend.SQLITE),
                                is.chains(),
                                is.lifetime())))
            .flatMap(Optional::stream)
            .toList();
    if (wishes.size() > 1) {
      throw new ConfigurationException(
          "The annotations",
          element.toString(),
          "one of @PostgresTest, @SqliteTest, @EachBackend and @BothBackends");
    }
    return wishes.stream().findFirst();
  }

  private static <A extends Annotation> Optional<A> find(AnnotatedElement element, Class<A> type) {
    return AnnotationSupport.findAnnotation(element, type);
  }

  boolean namesChains() {
    return chains != ChainSource.class;
  }
}
