package dev.outgrow.examples.pages;

import dev.outgrow.examples.wizard.Back;
import dev.outgrow.examples.wizard.Offers;
import dev.outgrow.examples.wizard.Outcome.Arrived;
import dev.outgrow.examples.wizard.Outcome.Place;
import dev.outgrow.examples.wizard.Standing;
import dev.outgrow.examples.wizard.Step.Aiming;
import dev.outgrow.examples.wizard.Step.Confirming;
import dev.outgrow.examples.wizard.Step.Ended;
import dev.outgrow.examples.wizard.Step.Inspected;
import dev.outgrow.examples.wizard.Step.Working;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes HTML of how the wizard stands. Whatever a file holds is text there, as in {@link Pages}.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class MovePages {
  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, MovePages.class.getClassLoader(), "media.pages");

  /**
   * Returns the page.
   *
   * @param offers what can be chosen, where that is asked
   * @param back the way back, where there may be one
   */
  public String page(Frame frame, Standing standing, Supplier<Offers> offers, Supplier<Back> back) {
    Map<String, Object> given = new HashMap<>(Map.of("frame", frame, "standing", standing));
    if (standing.step() instanceof Working step) {
      return render("working", given, step);
    }
    if (standing.step() instanceof Inspected step) {
      return render("inspect", given, step);
    }
    if (standing.step() instanceof Aiming step) {
      return render("target", given, step);
    }
    if (standing.step() instanceof Confirming step) {
      return render("confirm", given, step);
    }
    if (standing.step() instanceof Ended step) {
      given.put("back", isAway(step) ? back.get() : Back.NONE);
      return render("ended", given, step);
    }
    given.put("back", back.get());
    return render("choose", given, offers.get());
  }

  private static boolean isAway(Ended step) {
    return step.outcome() instanceof Arrived arrived && arrived.place() == Place.SWITCHED;
  }

  /** Returns a page that says what went wrong and what to do. */
  public String problem(Frame frame, String what, String remedy) {
    StringOutput output = new StringOutput();
    engine.render("problem.jte", Map.of("frame", frame, "what", what, "remedy", remedy), output);
    return output.toString();
  }

  private String render(String template, Map<String, Object> given, Object step) {
    given.put("step", step);
    StringOutput output = new StringOutput();
    engine.render("move/" + template + ".jte", given, output);
    return output.toString();
  }
}
