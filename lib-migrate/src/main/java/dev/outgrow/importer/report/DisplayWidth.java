package dev.outgrow.importer.report;

/** How many cells of a terminal a text takes: none for marks, two for East Asian and emoji. */
final class DisplayWidth {
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int EMOJI_PRESENTATION = 0xFE0F;

  /** The wide ranges of Unicode's East Asian Width, coarsely: whole blocks, first and last. */
  private static final int[][] WIDE = {
    {0x1100, 0x115F},
    {0x2E80, 0x303E},
    {0x3040, 0xA4CF},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x1F300, 0x1FAFF},
    {0x20000, 0x3FFFD}
  };

  private DisplayWidth() {}

  static int of(String text) {
    int width = 0;
    int before = -1;
    for (int character : text.codePoints().toArray()) {
      // What is joined to an emoji becomes a part of its picture.
      width += before == ZERO_WIDTH_JOINER ? 0 : of(character);
      before = character;
    }
    return width;
  }

  private static int of(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> 0;
      default -> isSkinTone(character) || character == EMOJI_PRESENTATION ? 0 : cells(character);
    };
  }

  private static boolean isSkinTone(int character) {
    return character >= 0x1F3FB && character <= 0x1F3FF;
  }

  private static int cells(int character) {
    for (int[] range : WIDE) {
      if (character >= range[0] && character <= range[1]) {
        return 2;
      }
    }
    return 1;
  }
}
