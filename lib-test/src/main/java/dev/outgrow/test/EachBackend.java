package dev.outgrow.test;

import dev.outgrow.migration.ChainSource;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test twice, on a PostgreSQL database and on a SQLite file. Otherwise as {@link
 * PostgresTest}.
 *
 * <p>On a method it takes the place of {@code @Test}. On a class it runs the whole class once for
 * each backend, with its parameterized, repeated and dynamic tests and its nested classes; a method
 * that is a template already, as a parameterized one is, cannot have it itself. What runs before
 * the backend is known, as {@code @BeforeAll} does, has no database.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@TestTemplate
@ClassTemplate
@ExtendWith(EachBackendExtension.class)
@ExtendWith(ScratchExtension.class)
public @interface EachBackend {
  /**
   * Names the chains that make the schema: a class with a constructor without parameters. By
   * default those of the annotation around it, else of the setting {@code outgrow.test.chains},
   * else of the one {@link ChainSource} that a {@link java.util.ServiceLoader} finds; where there
   * is none either, the database is empty.
   */
  Class<? extends ChainSource> chains() default ChainSource.class;

  /** Returns how long one database is used. */
  Lifetime lifetime() default Lifetime.METHOD;
}
