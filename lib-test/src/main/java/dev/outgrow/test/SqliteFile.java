package dev.outgrow.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test its own copy of a file among the test's resources: as {@link java.nio.file.Path},
 * byte for byte, or as an open {@link dev.outgrow.database.Database}. The copy is deleted after the
 * test. It needs no other annotation.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.FIELD})
@ExtendWith(ScratchExtension.class)
public @interface SqliteFile {
  /** Returns the resource: beside the test class, or from the root if it begins with a slash. */
  String value();
}
