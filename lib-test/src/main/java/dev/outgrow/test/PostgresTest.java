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
 * Gives each test a migrated PostgreSQL database of its own, a copy of a template that is migrated
 * once. On a test method, or on a class for all of its tests and those of its nested classes; the
 * annotation of a method goes before that of its class, and a class has that of its superclass. An
 * annotation of one's own may carry it.
 *
 * <pre>{@code
 * @PostgresTest(chains = AppChains.class)
 * class UsersTest {
 *   @Test
 *   void addsAUser(Database db) {
 *     …
 *   }
 * }
 * }</pre>
 *
 * <p>Parameters of tests, of {@code @BeforeEach} and {@code @AfterEach} methods and of
 * constructors, and fields with {@link Scratch}, may be a {@link dev.outgrow.database.Database}, a
 * {@link javax.sql.DataSource}, a {@link java.sql.Connection} (which is closed for the test),
 * jOOQ's {@code DSLContext} or a {@link dev.outgrow.database.scratch.ScratchDatabase}: all of them
 * of the same database. Dynamic tests of a factory share the factory's.
 *
 * <p>A test that leaves a connection, a transaction or a lock behind fails, and is told where it
 * borrowed it. Where the setting {@code outgrow.test.keep} is {@code failed}, the database of a
 * test that fails stays, and its URL is published.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@ExtendWith(ScratchExtension.class)
public @interface PostgresTest {
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
