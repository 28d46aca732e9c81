package dev.outgrow.test;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.ChainSource;
import dev.outgrow.test.internal.Recipe;
import dev.outgrow.test.internal.SeedSource;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What the annotations around a test ask for together.
 *
 * @param recipes what its databases are made of, one for each backend it has at once
 * @param before what fills them for this test alone
 * @param readOnly whether it only reads
 * @param lifetime how long they live
 * @param scope the context that they live in
 */
record Demand(
    List<Recipe> recipes,
    List<SeedSource> before,
    boolean readOnly,
    Lifetime lifetime,
    ExtensionContext scope) {
  private static final String NO_BACKEND =
      "The test's database is asked for before it is known on which backend. Ask for it in the"
          + " test, in @BeforeEach or in a constructor that is called for each test.";

  /**
   * Reads it.
   *
   * @throws ConfigurationException if the annotations contradict each other or name nothing
   */
  static Demand of(ExtensionContext context) {
    for (ExtensionContext at = context; ; at = at.getParent().orElseThrow(() -> none(context))) {
      Optional<Wish> wish = at.getElement().flatMap(Wish::on);
      if (wish.isPresent()) {
        return of(wish.get(), context, at);
      }
    }
  }

  /** Returns whether the database lives longer than one test, so that a class can be given it. */
  static boolean lastsForAClass(ExtensionContext context) {
    Demand demand = of(context);
    return demand.readOnly() || demand.lifetime() == Lifetime.CLASS;
  }

  private static ConfigurationException none(ExtensionContext context) {
    return new ConfigurationException(
        "The annotations",
        context.getDisplayName(),
        "one of @PostgresTest, @SqliteTest, @EachBackend and @BothBackends on it or around it");
  }

  private static Demand of(Wish wish, ExtensionContext context, ExtensionContext at) {
    boolean readOnly = elements(context).stream().anyMatch(Demand::isReadOnly);
    ExtensionContext scope = wish.lifetime() == Lifetime.CLASS ? ofClass(at) : context;
    ChainSource chains = Chosen.chains(context);
    List<SeedSource> template = seeds(scope, Class.class);
    List<SeedSource> before =
        context.getTestMethod().isPresent() ? seeds(context, Method.class) : List.of();
    boolean shared = readOnly || wish.lifetime() == Lifetime.CLASS;
    boolean seedsOthers = !before.isEmpty() || seeds(context, Class.class).size() > template.size();
    if (shared && seedsOthers) {
      throw new ConfigurationException(
          "@Seed",
          context.getDisplayName(),
          "a place no deeper than the class whose tests share the database");
    }
    List<Recipe> recipes =
        backends(wish, context).stream()
            .map(backend -> new Recipe(backend, chains, template))
            .toList();
    return new Demand(recipes, before, readOnly, wish.lifetime(), scope);
  }

  private static boolean isReadOnly(AnnotatedElement element) {
    return AnnotationSupport.isAnnotated(element, ReadOnly.class);
  }

  private static List<Backend> backends(Wish wish, ExtensionContext context) {
    if (!wish.backends().isEmpty()) {
      return wish.backends();
    }
    Backend turn = EachBackendExtension.turn(context);
    if (turn == null) {
      throw new ConfigurationException("@EachBackend", context.getDisplayName(), NO_BACKEND);
    }
    return List.of(turn);
  }

  private static ExtensionContext ofClass(ExtensionContext context) {
    ExtensionContext at = context;
    while (at.getTestMethod().isPresent()) {
      at = at.getParent().orElseThrow();
    }
    return at;
  }

  /** The elements around a context, outermost first, its own last. */
  private static Set<AnnotatedElement> elements(ExtensionContext context) {
    List<AnnotatedElement> found = new ArrayList<>();
    for (Optional<ExtensionContext> at = Optional.of(context);
        at.isPresent();
        at = at.get().getParent()) {
      at.get().getElement().ifPresent(found::add);
    }
    Collections.reverse(found);
    return new LinkedHashSet<>(found);
  }

  private static List<SeedSource> seeds(ExtensionContext context, Class<?> kind) {
    List<SeedSource> seeds = new ArrayList<>();
    for (AnnotatedElement element : elements(context)) {
      if (kind.isInstance(element)) {
        AnnotationSupport.findAnnotation(element, Seed.class)
            .ifPresent(
                seed ->
                    seeds.add(
                        new SeedSource(
                            beside(element, seed), List.of(seed.value()), List.of(seed.by()))));
      }
    }
    return seeds;
  }

  /** The class that the annotation is written on, which may be a superclass. */
  private static Class<?> beside(AnnotatedElement element, Seed seed) {
    if (element instanceof Method method) {
      return method.getDeclaringClass();
    }
    Class<?> type = (Class<?>) element;
    for (Class<?> above = type.getSuperclass();
        above != null
            && AnnotationSupport.findAnnotation(above, Seed.class).filter(seed::equals).isPresent();
        above = above.getSuperclass()) {
      type = above;
    }
    return type;
  }
}
