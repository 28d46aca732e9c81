package dev.outgrow.importer.source;

/**
 * The one spelling of a UUID that can be told from any other text: 8, 4, 4, 4 and 12 hexadecimal
 * digits with hyphens between.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class UuidText {
  private static final int LENGTH = 36;

  private UuidText() {}

  /** Which letters a text in this spelling has. */
  public enum Letters {
    /** It is no UUID, or has letters in capitals and others. */
    WRONG,
    /** Digits alone. */
    NONE,
    /** {@code a} to {@code f}. */
    SMALL,
    /** {@code A} to {@code F}. */
    CAPITAL
  }

  /** Says which letters a text has, if it is a UUID. */
  public static Letters letters(byte[] text) {
    if (text.length != LENGTH) {
      return Letters.WRONG;
    }
    Letters found = Letters.NONE;
    for (int i = 0; i < LENGTH; i++) {
      Letters here = isHyphen(i) ? hyphen(text[i]) : digit(text[i]);
      if (here == Letters.WRONG
          || (here != found && here != Letters.NONE && found != Letters.NONE)) {
        return Letters.WRONG;
      }
      found = here == Letters.NONE ? found : here;
    }
    return found;
  }

  /** Returns whether a text is a UUID in this spelling, whatever the case of its letters. */
  public static boolean isUuid(byte[] text) {
    if (text.length != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      if ((isHyphen(i) ? hyphen(text[i]) : digit(text[i])) == Letters.WRONG) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHyphen(int position) {
    return position == 8 || position == 13 || position == 18 || position == 23;
  }

  private static Letters hyphen(byte b) {
    return b == '-' ? Letters.NONE : Letters.WRONG;
  }

  private static Letters digit(byte b) {
    if (b >= '0' && b <= '9') {
      return Letters.NONE;
    }
    return b >= 'a' && b <= 'f'
        ? Letters.SMALL
        : b >= 'A' && b <= 'F' ? Letters.CAPITAL : Letters.WRONG;
  }
}
