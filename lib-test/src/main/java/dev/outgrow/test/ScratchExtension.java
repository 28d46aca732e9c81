package dev.outgrow.test;

import dev.outgrow.database.scratch.KeptDatabase;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.test.internal.Leases;
import java.lang.reflect.Parameter;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives tests their databases, and looks at them afterwards. The annotations of this package
 * register it; JUnit makes it.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class ScratchExtension
    implements ParameterResolver,
        BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        InvocationInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(ScratchExtension.class);

  /** Makes one, for JUnit. */
  public ScratchExtension() {}

  /** A constructor that is called for a test is given that test's database. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return parameter.isAnnotated(SqliteFile.class)
        ? Provision.givesFileAs(type)
        : Provision.gives(type);
  }

  @Override
  public Object resolveParameter(ParameterContext context, ExtensionContext extension) {
    Provision provision = new Provision(extension);
    Parameter parameter = context.getParameter();
    Optional<SqliteFile> file = context.findAnnotation(SqliteFile.class);
    if (file.isPresent()) {
      Class<?> beside = context.getDeclaringExecutable().getDeclaringClass();
      return provision.of(file.get(), parameter.getType(), beside);
    }
    if (extension.getTestMethod().isEmpty() && !Demand.lastsForAClass(extension)) {
      throw new ConfigurationException(
          "The parameter",
          parameter.getType().getSimpleName() + " of " + context.getDeclaringExecutable().getName(),
          "one of what is called for each test, or a database with Lifetime.CLASS");
    }
    return provision.of(parameter.getType());
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Fields.ofClass(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Fields.ofTest(context);
  }

  @Override
  public void interceptDynamicTest(
      Invocation<@Nullable Void> invocation,
      DynamicTestInvocationContext dynamic,
      ExtensionContext context)
      throws Throwable {
    try {
      invocation.proceed();
    } catch (Throwable failure) {
      // Its factory does not learn of it.
      TestRun.leases(factory(context)).fail();
      throw failure;
    }
  }

  private static ExtensionContext factory(ExtensionContext context) {
    ExtensionContext at = context;
    while (at.getParent().orElseThrow().getTestMethod().isPresent()) {
      at = at.getParent().orElseThrow();
    }
    return at;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    end(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    end(context);
  }

  private static void end(ExtensionContext context) {
    Leases leases = TestRun.leases(context);
    if (context.getExecutionException().isPresent()) {
      leases.fail();
    }
    AssertionError left = leases.endLeaks();
    for (KeptDatabase kept : leases.keep(TestRun.of(context).keeping())) {
      publish(kept, context);
    }
    if (left != null) {
      throw left;
    }
  }

  private static void publish(KeptDatabase kept, ExtensionContext context) {
    LOG.warn(
        "{} failed; its database is kept: {}\nto open it: {}\nto drop it: {}",
        context.getDisplayName(),
        kept.url(),
        kept.openCommand(),
        kept.dropCommand());
    context.publishReportEntry(
        Map.of(
            "outgrow.kept", kept.url().toString(),
            "outgrow.open", kept.openCommand(),
            "outgrow.drop", kept.dropCommand()));
  }
}
