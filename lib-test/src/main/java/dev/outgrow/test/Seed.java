package dev.outgrow.test;

import dev.outgrow.database.Database;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Consumer;

/**
 * Fills the database. On a class, what it does is part of the template and runs once; on a method
 * it runs before that test. What a class around seeds is there before. Scripts run before code,
 * each in the order given, in one transaction each.
 *
 * <p>Code is known by its class file and those of its nested classes; when only what it calls
 * changes, a template made before is used on.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface Seed {
  /**
   * Returns scripts of SQL: resources beside the class, or from the root of the class path if they
   * begin with a slash.
   */
  String[] value() default {};

  /** Returns code, in classes with a constructor without parameters. */
  Class<? extends Consumer<Database>>[] by() default {};
}
