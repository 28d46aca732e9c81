package dev.outgrow.examples.pages;

import org.jspecify.annotations.Nullable;

/**
 * What stands around every page.
 *
 * <p><em>Immutable.</em>
 *
 * @param title what the page is called
 * @param path where it is, so that its place in the menu is marked
 * @param user who is logged in; null if nobody is, and there is no menu then
 * @param csrf what every form of the page sends along
 * @since 0.1
 */
public record Frame(String title, String path, @Nullable String user, String csrf) {
  /** Returns whether a place of the menu is this page. */
  public boolean isAt(String place) {
    return path.equals(place);
  }
}
