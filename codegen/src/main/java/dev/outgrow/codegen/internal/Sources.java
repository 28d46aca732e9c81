package dev.outgrow.codegen.internal;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.ChainSource;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a source of chains by the name of its class.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Sources {
  private static final String ALLOWED =
      "the name of a public class that implements dev.outgrow.migration.ChainSource and has a"
          + " public constructor without parameters";

  private Sources() {}

  /**
   * Makes it.
   *
   * @throws ConfigurationException if there is no such class, or it is none that can be made
   */
  public static ChainSource named(String name) {
    try {
      Object source = type(name).getConstructor().newInstance();
      if (source instanceof ChainSource chains) {
        return chains;
      }
      throw refused(name, null);
    } catch (InvocationTargetException failure) {
      if (failure.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw refused(name, failure.getCause());
    } catch (ReflectiveOperationException failure) {
      throw refused(name, failure);
    }
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    try {
      return Class.forName(name, true, ofThread);
    } catch (ClassNotFoundException elsewhere) {
      return Class.forName(name);
    }
  }

  private static ConfigurationException refused(String name, @Nullable Throwable cause) {
    return new ConfigurationException("chains", name, ALLOWED, cause);
  }
}
