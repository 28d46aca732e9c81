package dev.outgrow.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import dev.outgrow.architecture.Layout.Module;
import dev.outgrow.architecture.Layout.Row;
import java.util.List;
import java.util.stream.Stream;

/** Who may know whom among our own packages. */
final class DirectionRules {
  private final String root;

  private DirectionRules(String root) {
    this.root = root;
  }

  static List<HouseRule> under(String root) {
    DirectionRules rules = new DirectionRules(root);
    return Stream.of(
            Layout.PUBLISHED.stream().map(rules::module),
            Layout.MAY_IMPORT.stream().map(rules::mayImport),
            Layout.MUST_NOT_IMPORT.stream().flatMap(rules::mustNotImport),
            Stream.of(rules.features(), rules.internals(), rules.cycles()))
        .flatMap(stream -> stream)
        .toList();
  }

  private HouseRule module(Module module) {
    String allowed = module.mayKnow().isEmpty() ? "itself" : String.join(", ", module.mayKnow());
    return new HouseRule(
        module.name() + " knows only " + allowed,
        classes()
            .that()
            .resideInAnyPackage(Layout.patterns(root, module).toArray(String[]::new))
            .should()
            .onlyDependOnClassesThat(
                not(resideInAPackage(root + ".."))
                    .or(resideInAnyPackage(Layout.reach(root, module)))));
  }

  private HouseRule mayImport(Row row) {
    String own = root + "." + row.name();
    String[] allowed =
        Stream.concat(Stream.of(own), row.others().stream().map(other -> root + "." + other))
            .toArray(String[]::new);
    String others = row.others().isEmpty() ? "nothing of ours" : String.join(", ", row.others());
    return new HouseRule(
        row.name() + " may import " + others,
        classes()
            .that()
            .resideInAPackage(own)
            .should()
            .onlyDependOnClassesThat(
                not(resideInAPackage(root + "..")).or(resideInAnyPackage(allowed))));
  }

  private Stream<HouseRule> mustNotImport(Row row) {
    return row.others().stream()
        .map(
            other ->
                new HouseRule(
                    row.name() + " must not import " + other,
                    noClasses()
                        .that()
                        .resideInAPackage(root + "." + row.name() + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(forbidden(other))));
  }

  private String[] forbidden(String other) {
    return other.equals("java.sql")
        ? new String[] {"java.sql..", "javax.sql.."}
        : new String[] {root + "." + other + ".."};
  }

  private HouseRule features() {
    return new HouseRule(
        "query features never import each other",
        slices()
            .matching(root + ".query.(*)..")
            .should()
            .notDependOnEachOther()
            // What they share knows none of them: it would close a package cycle.
            .ignoreDependency(alwaysTrue(), resideInAPackage(root + ".query.internal")));
  }

  private HouseRule internals() {
    return new HouseRule(
        "an internal package is imported only by its parent's subtree",
        classes()
            .that()
            .resideInAPackage(root + "..")
            .should(Conditions.importInternalsOnlyOfTheirOwnSubtree(root)));
  }

  private HouseRule cycles() {
    return new HouseRule(
        "no package cycles",
        classes().that().resideInAPackage(root + "..").should(new PackageCycles(root)));
  }
}
