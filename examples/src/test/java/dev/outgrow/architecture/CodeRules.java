package dev.outgrow.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import java.util.List;
import java.util.Set;

/** Habits that can be seen in compiled classes. */
final class CodeRules {
  private static final Set<String> EMPTY_WORDS =
      Set.of(
          "util", "utils", "common", "commons", "helper", "helpers", "impl", "impls", "model",
          "models");

  private CodeRules() {}

  static List<HouseRule> under(String root) {
    String[] published = Layout.published(root);
    return List.of(
        new HouseRule(
            "no package is named util, common, helper, impl or model",
            classes()
                .that()
                .resideInAPackage(root + "..")
                .should(Conditions.haveNoPackageSegmentIn(EMPTY_WORDS))),
        new HouseRule(
            "every package is @NullMarked",
            classes().that().resideInAPackage(root + "..").should(Conditions.beNullMarked())),
        // One that is hidden and checked cannot leave its package: the compiler sees to that.
        new HouseRule(
            "every exception that can be met outside is an OutgrowException",
            classes()
                .that()
                .resideInAnyPackage(published)
                .and()
                .areAssignableTo(Throwable.class)
                .and(not(Conditions.areHiddenAndChecked()))
                .should()
                .beAssignableTo("dev.outgrow.error.OutgrowException")),
        new HouseRule(
            "nothing published prints",
            noClasses().that().resideInAnyPackage(published).should(ACCESS_STANDARD_STREAMS)),
        // A DataSource has to name java.util.logging.Logger in a signature; nobody has to use one.
        new HouseRule(
            "nothing published uses java.util.logging",
            noClasses()
                .that()
                .resideInAnyPackage(published)
                .should()
                .accessTargetWhere(targetOwner(resideInAPackage("java.util.logging..")))));
  }
}
