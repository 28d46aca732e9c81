package dev.outgrow.test;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Has what {@link EachBackend} is on run once for each backend. JUnit makes it.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class EachBackendExtension
    implements TestTemplateInvocationContextProvider, ClassTemplateInvocationContextProvider {
  private static final String TURN = "backend";

  /** Makes one, for JUnit. */
  public EachBackendExtension() {}

  /** Returns the backend whose turn it is, or null if nobody takes turns here. */
  static @Nullable Backend turn(ExtensionContext context) {
    return TestRun.store(context).get(TURN, Backend.class);
  }

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    AnnotatedElement method = context.getRequiredTestMethod();
    // Around it there may be a class that has it, and the method is a template of another kind.
    if (!AnnotationSupport.isAnnotated(method, EachBackend.class)) {
      return false;
    }
    long templates = Arrays.stream(method.getAnnotations()).filter(this::makesATemplate).count();
    if (templates > 1) {
      throw new ConfigurationException(
          "@EachBackend", context.getDisplayName(), "its class: a method can be one template only");
    }
    return true;
  }

  private boolean makesATemplate(Annotation annotation) {
    return AnnotationSupport.isAnnotated(annotation.annotationType(), TestTemplate.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    return Stream.of(Backend.values()).map(OneBackend::new);
  }

  @Override
  public boolean supportsClassTemplate(ExtensionContext context) {
    return AnnotationSupport.isAnnotated(context.getRequiredTestClass(), EachBackend.class);
  }

  @Override
  public Stream<ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
      ExtensionContext context) {
    return Stream.of(Backend.values()).map(OneBackend::new);
  }

  private record OneBackend(Backend backend)
      implements TestTemplateInvocationContext, ClassTemplateInvocationContext {
    @Override
    public String getDisplayName(int invocation) {
      return backend.title();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of();
    }

    @Override
    public void prepareInvocation(ExtensionContext context) {
      TestRun.store(context).put(TURN, backend);
    }
  }
}
