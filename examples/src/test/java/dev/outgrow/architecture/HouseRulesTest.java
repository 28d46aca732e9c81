package dev.outgrow.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our own classes keep every rule. */
class HouseRulesTest {
  private static final String ROOT = "dev.outgrow";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  static List<HouseRule> rules() {
    return HouseRules.under(ROOT);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void isKept(HouseRule rule) {
    assertThat(rule.brokenBy(CLASSES)).as(rule.name()).isEmpty();
  }

  /** Without this a renamed package would leave its rule behind, true of nothing. */
  @Test
  void namesEveryPublishedPackageAndNoOther() {
    assertThat(
            CLASSES.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.substring(ROOT.length() + 1))
                .filter(name -> !name.startsWith("examples"))
                .distinct())
        .containsExactlyInAnyOrderElementsOf(Layout.packages());
  }
}
