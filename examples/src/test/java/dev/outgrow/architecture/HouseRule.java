package dev.outgrow.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** A rule by the name it is spoken of. */
record HouseRule(String name, ArchRule rule) {

  /** Returns what breaks the rule, one line each; empty if nothing does. */
  List<String> brokenBy(JavaClasses classes) {
    return rule.evaluate(classes).getFailureReport().getDetails();
  }

  @Override
  public String toString() {
    return name;
  }
}
