package dev.outgrow.test;

import dev.outgrow.error.ConfigurationException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Fills the fields of test classes. */
final class Fields {
  private static final String FIELD = "The field";

  private Fields() {}

  /** Fills those of one test, in its instance and in those around it. */
  static void ofTest(ExtensionContext context) {
    for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
      for (Field field : marked(instance.getClass(), false)) {
        requireOwnInstance(field, context);
        fill(field, instance, context);
      }
    }
  }

  /** Fills those of a class. */
  static void ofClass(ExtensionContext context) {
    for (Field field : marked(context.getRequiredTestClass(), true)) {
      if (AnnotationSupport.isAnnotated(field, Scratch.class) && !Demand.lastsForAClass(context)) {
        throw refused(field, "a field that is not static, or a database with Lifetime.CLASS");
      }
      fill(field, null, context);
    }
  }

  private static List<Field> marked(Class<?> type, boolean isStatic) {
    return ReflectionSupport.findFields(
        type,
        field ->
            Modifier.isStatic(field.getModifiers()) == isStatic
                && (AnnotationSupport.isAnnotated(field, Scratch.class)
                    || AnnotationSupport.isAnnotated(field, SqliteFile.class)),
        HierarchyTraversalMode.TOP_DOWN);
  }

  /** Two tests at once in one instance would take each other's database. */
  private static void requireOwnInstance(Field field, ExtensionContext context) {
    boolean oneForAll =
        context.getTestInstanceLifecycle().filter(Lifecycle.PER_CLASS::equals).isPresent();
    if (oneForAll && context.getExecutionMode() == ExecutionMode.CONCURRENT) {
      throw refused(field, "a parameter: the tests of this instance run at once and have one each");
    }
  }

  private static void fill(Field field, @Nullable Object instance, ExtensionContext context) {
    if (Modifier.isFinal(field.getModifiers())) {
      throw refused(field, "a field that is not final");
    }
    Object value = value(field, context);
    try {
      field.setAccessible(true);
      field.set(instance, value);
    } catch (IllegalAccessException | RuntimeException failure) {
      throw refused(
          field,
          "a field that may be set: its module opens its package to dev.outgrow.test",
          failure);
    }
  }

  private static Object value(Field field, ExtensionContext context) {
    Provision provision = new Provision(context);
    Class<?> type = field.getType();
    Optional<SqliteFile> file = AnnotationSupport.findAnnotation(field, SqliteFile.class);
    if (file.isPresent() && Provision.givesFileAs(type)) {
      return provision.of(file.get(), type, field.getDeclaringClass());
    }
    if (file.isPresent() || !Provision.gives(type)) {
      throw refused(field, "one of " + Provision.forms() + (file.isPresent() ? ", Path" : ""));
    }
    return provision.of(type);
  }

  private static ConfigurationException refused(Field field, String allowed) {
    return refused(field, allowed, null);
  }

  private static ConfigurationException refused(
      Field field, String allowed, @Nullable Throwable cause) {
    String name = field.getDeclaringClass().getSimpleName() + "." + field.getName();
    return new ConfigurationException(FIELD, name, allowed, cause);
  }
}
