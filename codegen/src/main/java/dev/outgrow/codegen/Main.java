package dev.outgrow.codegen;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.OutgrowException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@link Codegen} from the command line, for builds that have no plugin of ours.
 *
 * <p>Exit code 0: generated, or up to date; 1: failed, the sources are as they were; 2: wrong
 * usage; 3: {@code check} found sources that are not what the migrations make.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Main {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final int DIFFERENT = 3;

  private static final String USAGE =
      """
      Usage: java -cp … dev.outgrow.codegen.Main generate|check|report --chains CLASS …
        generate                  brings the sources up to date
        check                     tells what is not up to date; writes nothing
        report                    columns that are not alike on PostgreSQL and SQLite
        --chains CLASS            a dev.outgrow.migration.ChainSource
        --into DIRECTORY          of sources, such as src/main/java
        --package NAME            above the packages of the chains
        --backend NAME            postgresql (default) or sqlite
        --server URL              makes the scratch database there; also from the environment
                                  variable OUTGROW_CODEGEN_SERVER, which shows no password to
                                  others. By default an embedded server is started
        --only CHAIN,…            classes of these chains alone
        --package-of CHAIN=NAME   a package of a chain's own; may be repeated
        --epoch-seconds COLUMN,…  columns that are moments, as patterns: *_at, logs.written
        --epoch-millis COLUMN,…
        --again                   also where nothing has changed
      """;

  private Main() {}

  /** Runs, and ends the JVM with the exit code. */
  public static void main(String[] arguments) {
    System.exit(run(arguments, stream(FileDescriptor.out), stream(FileDescriptor.err)));
  }

  private static PrintStream stream(FileDescriptor of) {
    return new PrintStream(new FileOutputStream(of), true, StandardCharsets.UTF_8);
  }

  static int run(String[] arguments, PrintStream out, PrintStream err) {
    if (List.of(arguments).contains("--help")) {
      out.print(USAGE);
      return 0;
    }
    try {
      CommandLine line = CommandLine.read(arguments, System.getenv());
      return switch (line.command()) {
        case "generate" -> generate(line.codegen(), out);
        case "check" -> check(line.codegen(), out);
        default -> report(line.codegen(), out);
      };
    } catch (ConfigurationException wrong) {
      err.println(wrong.getMessage());
      err.println("--help lists the options.");
      return WRONG_USAGE;
    } catch (OutgrowException failure) {
      err.println(failure.getMessage());
      return FAILED;
    }
  }

  private static int generate(Codegen codegen, PrintStream out) {
    CodegenResult result = codegen.run();
    result.changes().forEach(out::println);
    out.println(
        result.files().size() + " files, " + (result.generated() ? "generated" : "unchanged"));
    return 0;
  }

  private static int check(Codegen codegen, PrintStream out) {
    CodegenCheck check = codegen.check();
    check.changes().forEach(out::println);
    out.println(check.isUpToDate() ? "up to date" : "not up to date: run generate");
    return check.isUpToDate() ? 0 : DIFFERENT;
  }

  private static int report(Codegen codegen, PrintStream out) {
    BackendReport report = codegen.backendReport();
    out.print(report.text());
    out.println(report.differences().size() + " columns are not alike");
    return 0;
  }
}
