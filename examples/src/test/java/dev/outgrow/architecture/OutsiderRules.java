package dev.outgrow.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.List;

/** Where the libraries of others may be known. */
final class OutsiderRules {
  private static final String FLYWAY = "org.flywaydb";
  private static final String HIKARI = "com.zaxxer.hikari";
  private static final String JOOQ = "org.jooq";
  private static final String JUNIT = "org.junit";

  private OutsiderRules() {}

  static List<HouseRule> under(String root) {
    return List.of(
        only(
            "only migration.internal.flyway knows Flyway",
            root,
            FLYWAY,
            "migration.internal.flyway"),
        only("only database knows HikariCP", root, HIKARI, "database"),
        new HouseRule(
            "only lib-query, lib-test and codegen know jOOQ",
            noClasses()
                .that()
                .resideInAnyPackage(
                    Layout.published(root, Layout.QUERY, Layout.TEST, Layout.CODEGEN))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(JOOQ + "..")),
        new HouseRule(
            "only test knows JUnit",
            noClasses()
                .that()
                .resideInAnyPackage(Layout.published(root))
                .and()
                .resideOutsideOfPackage(root + ".test")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(JUNIT + "..")),
        new HouseRule(
            "no public signature shows Flyway or HikariCP",
            classes()
                .that()
                .resideInAnyPackage(Layout.published(root))
                .should(Conditions.showNoTypeOf(FLYWAY, HIKARI))));
  }

  private static HouseRule only(String name, String root, String library, String owner) {
    return new HouseRule(
        name,
        noClasses()
            .that()
            .resideInAPackage(root + "..")
            .and()
            .resideOutsideOfPackage(root + "." + owner)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library + ".."));
  }
}
