package dev.outgrow.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The conditions ArchUnit does not bring. */
final class Conditions {
  private Conditions() {}

  /** A condition on a class, as the function from it to the lines that describe its violations. */
  private static ArchCondition<JavaClass> condition(
      String description, Function<JavaClass, Stream<String>> violations) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        violations
            .apply(item)
            .forEach(line -> events.add(SimpleConditionEvent.violated(item, line)));
      }
    };
  }

  static ArchCondition<JavaClass> importInternalsOnlyOfTheirOwnSubtree(String root) {
    return condition(
        "import internal packages only of their own subtree",
        type ->
            type.getDirectDependenciesFromSelf().stream()
                .filter(dependency -> isForeignInternal(root, dependency))
                .map(Dependency::getDescription));
  }

  private static boolean isForeignInternal(String root, Dependency dependency) {
    String target = dependency.getTargetClass().getPackageName() + ".";
    int internal = target.lastIndexOf(".internal.");
    return target.startsWith(root + ".")
        && internal >= 0
        && !(dependency.getOriginClass().getPackageName() + ".")
            .startsWith(target.substring(0, internal + 1));
  }

  static ArchCondition<JavaClass> haveNoPackageSegmentIn(Set<String> words) {
    return condition(
        "have no package segment in " + words,
        type ->
            Arrays.stream(type.getPackageName().split("\\."))
                .filter(words::contains)
                .map(word -> type.getName() + " is in a package named " + word));
  }

  static ArchCondition<JavaClass> beNullMarked() {
    return condition(
        "be in a package that is @NullMarked",
        type ->
            type.getPackage().isAnnotatedWith(NullMarked.class)
                ? Stream.of()
                : Stream.of(type.getName() + " is in a package that is not @NullMarked"));
  }

  static DescribedPredicate<JavaClass> areHiddenAndChecked() {
    return DescribedPredicate.describe(
        "are hidden and checked",
        type ->
            !isVisible(type)
                && !type.isAssignableTo(RuntimeException.class)
                && !type.isAssignableTo(Error.class));
  }

  static ArchCondition<JavaClass> showNoTypeOf(String... libraries) {
    return condition(
        "show no type of " + List.of(libraries),
        type -> isVisible(type) ? shown(type, List.of(libraries)) : Stream.of());
  }

  private static boolean isVisible(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(Conditions::isVisible).orElse(true);
  }

  private static Stream<String> shown(JavaClass type, List<String> libraries) {
    Stream<String> supertypes =
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
            .filter(shown -> isOf(shown, libraries))
            .map(shown -> type.getName() + " extends " + shown.getName());
    Stream<String> members =
        type.getMembers().stream()
            .filter(Conditions::isVisible)
            .flatMap(
                member ->
                    typesOf(member)
                        .filter(shown -> isOf(shown, libraries))
                        .map(shown -> member.getDescription() + " shows " + shown.getName()));
    return Stream.concat(supertypes, members);
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static Stream<JavaType> typesOf(JavaMember member) {
    if (member instanceof JavaField field) {
      return Stream.of(field.getType());
    }
    JavaCodeUnit code = (JavaCodeUnit) member;
    return Stream.of(
            Stream.of(code.getReturnType()),
            code.getParameterTypes().stream(),
            code.getExceptionTypes().stream())
        .flatMap(types -> types);
  }

  private static boolean isOf(JavaType type, List<String> libraries) {
    return type.getAllInvolvedRawTypes().stream()
        .map(JavaClass::getPackageName)
        .anyMatch(
            name -> libraries.stream().anyMatch(library -> (name + ".").startsWith(library + ".")));
  }
}
