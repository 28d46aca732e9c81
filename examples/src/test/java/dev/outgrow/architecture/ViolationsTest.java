package dev.outgrow.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that nothing can break holds nothing: each must find the class that breaks it. */
class ViolationsTest {
  private static final String ROOT = "dev.outgrow.architecture.violations";
  private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(ROOT);

  static List<HouseRule> rules() {
    return HouseRules.under(ROOT);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void isFound(HouseRule rule) {
    List<String> culprits =
        CLASSES.stream()
            .filter(type -> broken(type).contains(rule.name()))
            .map(JavaClass::getName)
            .toList();
    assertThat(culprits).as("classes that break: " + rule.name()).isNotEmpty();
    assertThat(String.join("\n", rule.brokenBy(CLASSES))).contains(culprits);
  }

  @Test
  void namesNoRuleThatIsGone() {
    assertThat(CLASSES.stream().flatMap(type -> broken(type).stream()))
        .isSubsetOf(rules().stream().map(HouseRule::name).toList());
  }

  private static List<String> broken(JavaClass type) {
    return type.tryGetAnnotationOfType(Breaks.class)
        .map(breaks -> Arrays.asList(breaks.value()))
        .orElse(List.of());
  }
}
