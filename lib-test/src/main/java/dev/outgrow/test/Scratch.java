package dev.outgrow.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a field that is given the test's database before each test, in any form that a parameter
 * may have. A static field is given it before the first test, and takes {@link Lifetime#CLASS}.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@ExtendWith(ScratchExtension.class)
public @interface Scratch {}
