package dev.outgrow.test;

import dev.outgrow.migration.ChainSource;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test a migrated SQLite file of its own, a copy of one that is migrated once. Otherwise
 * as {@link PostgresTest}.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@ExtendWith(ScratchExtension.class)
public @interface SqliteTest {
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
