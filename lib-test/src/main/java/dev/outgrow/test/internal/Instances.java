package dev.outgrow.test.internal;

import dev.outgrow.error.ConfigurationException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;

/**
 * Makes objects of classes that tests name.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Instances {
  private Instances() {}

  /**
   * Makes one with the constructor that has no parameters.
   *
   * @param option what names the class, for messages
   * @throws ConfigurationException if it has none, or that fails
   */
  public static <T> T of(Class<? extends T> type, String option) {
    try {
      Constructor<? extends T> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (InvocationTargetException failure) {
      Throwable cause = failure.getCause();
      throw refused(type, option, cause == null ? failure : cause);
    } catch (ReflectiveOperationException | RuntimeException failure) {
      throw refused(type, option, failure);
    }
  }

  private static ConfigurationException refused(Class<?> type, String option, Throwable cause) {
    String allowed =
        cause instanceof InaccessibleObjectException
            ? "a class whose module opens its package to dev.outgrow.test"
            : "a class with a constructor without parameters that works";
    return new ConfigurationException(option, type.getName(), allowed, cause);
  }
}
