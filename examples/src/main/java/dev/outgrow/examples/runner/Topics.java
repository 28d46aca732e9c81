package dev.outgrow.examples.runner;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** The options of a command by their topics. */
final class Topics {
  private static final int MANY = 12;

  private Topics() {}

  /** Returns all of them under one topic where they are few. */
  static Map<Topic, List<OptionSpec>> of(List<OptionSpec> options) {
    Map<Topic, List<OptionSpec>> topics = new EnumMap<>(Topic.class);
    boolean many = options.size() > MANY;
    options.stream()
        .filter(option -> !option.hidden())
        .sorted(Comparator.comparing(Topics::isHelp).thenComparing(OptionSpec::longestName))
        .forEach(
            option ->
                topics
                    .computeIfAbsent(
                        many ? topic(option) : Topic.OPTIONS, topic -> new ArrayList<>())
                    .add(option));
    return topics;
  }

  static boolean isHelp(OptionSpec option) {
    return option.usageHelp() || option.versionHelp();
  }

  private static Topic topic(OptionSpec option) {
    if (isHelp(option)) {
      return Topic.HELP;
    }
    if (!(option.userObject() instanceof Field field)) {
      return Topic.OPTIONS;
    }
    @Nullable About own = field.getAnnotation(About.class);
    @Nullable About ofAll = field.getDeclaringClass().getAnnotation(About.class);
    return own != null ? own.value() : ofAll != null ? ofAll.value() : Topic.OPTIONS;
  }
}
