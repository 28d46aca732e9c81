package dev.outgrow.importer.random;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Copies of sound databases in which something is wrong: bits, lengths, pages, headers, and the
 * same in a write-ahead log, whose frames have right checksums again. The same number always makes
 * the same copy.
 */
final class Mutations {
  private static final int HEADER = 100;
  private static final int LOG_HEADER = 32;
  private static final int FRAME_HEADER = 24;

  /** Where the header's fields begin, and how many bytes each has. */
  private static final int[][] FIELDS = {
    {0, 16}, {16, 2}, {18, 1}, {19, 1}, {20, 1}, {21, 1}, {22, 1}, {23, 1}, {24, 4}, {28, 4},
    {32, 4}, {36, 4}, {40, 4}, {44, 4}, {48, 4}, {52, 4}, {56, 4}, {60, 4}, {64, 4}, {68, 4},
    {72, 20}, {92, 4}, {96, 4}
  };

  private static final byte[] PAGE_TYPES = {0, 2, 5, 10, 13};

  private final List<Seed> seeds;

  Mutations(List<Seed> seeds) {
    this.seeds = seeds;
  }

  /**
   * A database.
   *
   * @param name what it is there for
   * @param page the size of its pages
   * @param file the file
   * @param log its write-ahead log, if it has one
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Seed(String name, int page, byte[] file, byte @Nullable [] log) {}

  /** Returns a copy in which something is wrong. */
  Seed copy(int number) {
    Random random = new Random(number * 0x9E3779B97F4A7C15L);
    Seed sound = seeds.get(number % seeds.size());
    byte[] file = sound.file().clone();
    byte[] log = sound.log();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      if (log != null && random.nextInt(3) > 0) {
        log = log(log.clone(), sound.page(), random);
      } else {
        file = file(file, sound.page(), random);
      }
    }
    return new Seed(sound.name(), sound.page(), file, log);
  }

  private byte[] file(byte[] file, int page, Random random) {
    if (file.length <= 2 * page) {
      flip(file, 0, file.length, random);
      return file;
    }
    int pages = file.length / page;
    int one = random.nextInt(pages) * page;
    int other = random.nextInt(pages) * page;
    switch (random.nextInt(11)) {
      case 0 -> flip(file, 0, file.length, random);
      case 1 -> flip(file, one, page, random);
      case 2 -> {
        return Arrays.copyOf(file, random.nextInt(file.length));
      }
      case 3 -> {
        return Arrays.copyOf(file, page * (1 + random.nextInt(pages)));
      }
      case 4 -> swap(file, one, other, page);
      case 5 -> field(file, random);
      case 6 -> Arrays.fill(file, one, one + page, (byte) (random.nextInt(4) - 1));
      case 7 -> System.arraycopy(foreign(page, random), 0, file, one, page);
      case 8 -> System.arraycopy(file, other, file, one, page);
      case 9 -> pageHeader(file, one == 0 ? HEADER : one, page, random);
      default -> flip(file, 0, page, random); // where the schema stands
    }
    return file;
  }

  private static void flip(byte[] bytes, int from, int length, Random random) {
    for (int flips = 1 + random.nextInt(8); flips > 0 && length > 0; flips--) {
      bytes[from + random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
    }
  }

  private static void swap(byte[] bytes, int one, int other, int length) {
    byte[] kept = Arrays.copyOfRange(bytes, one, one + length);
    System.arraycopy(bytes, other, bytes, one, length);
    System.arraycopy(kept, 0, bytes, other, length);
  }

  private static void field(byte[] file, Random random) {
    int[] field = FIELDS[random.nextInt(FIELDS.length)];
    switch (random.nextInt(4)) {
      case 0 -> Arrays.fill(file, field[0], field[0] + field[1], (byte) 0);
      case 1 -> Arrays.fill(file, field[0], field[0] + field[1], (byte) -1);
      case 2 -> file[field[0] + field[1] - 1] = (byte) random.nextInt(8);
      default -> {
        for (int i = 0; i < field[1]; i++) {
          file[field[0] + i] = (byte) random.nextInt();
        }
      }
    }
  }

  /** Its type, its free blocks, how many cells it has, or where one of them is. */
  private static void pageHeader(byte[] file, int at, int page, Random random) {
    switch (random.nextInt(3)) {
      case 0 -> file[at] = PAGE_TYPES[random.nextInt(PAGE_TYPES.length)];
      case 1 -> file[at + 1 + random.nextInt(11)] = (byte) random.nextInt();
      default -> file[at + 8 + random.nextInt(Math.min(40, page - 108))] = (byte) random.nextInt();
    }
  }

  private byte[] foreign(int page, Random random) {
    byte[] other = seeds.get(random.nextInt(seeds.size())).file();
    int at = random.nextInt(Math.max(1, other.length / page)) * page;
    return Arrays.copyOf(Arrays.copyOfRange(other, at, at + page), page);
  }

  private byte[] log(byte[] log, int page, Random random) {
    int frame = FRAME_HEADER + page;
    int frames = (log.length - LOG_HEADER) / frame;
    if (frames < 1) {
      flip(log, 0, log.length, random);
      return log;
    }
    int one = LOG_HEADER + random.nextInt(frames) * frame;
    int other = LOG_HEADER + random.nextInt(frames) * frame;
    switch (random.nextInt(9)) {
      case 0 -> flip(log, 0, log.length, random);
      case 1 -> flip(log, 0, LOG_HEADER, random);
      case 2 -> {
        return Arrays.copyOf(log, random.nextInt(log.length));
      }
      case 3 -> {
        return new byte[0];
      }
      case 4 -> swap(log, one, other, frame);
      case 5 -> flip(log, one + FRAME_HEADER, page, random);
      case 6 -> Arrays.fill(log, one + FRAME_HEADER, one + frame, (byte) 0);
      case 7 -> System.arraycopy(foreign(page, random), 0, log, one + FRAME_HEADER, page);
      default -> log[one + 3] = (byte) random.nextInt(12); // another page's, or no page's
    }
    if (random.nextInt(4) > 0) {
      addUp(log, page);
    }
    return log;
  }

  /** Makes the checksums of all frames right, so that what is wrong in them is believed. */
  private static void addUp(byte[] log, int page) {
    ByteBuffer buffer = ByteBuffer.wrap(log);
    ByteOrder order = (buffer.getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    int[] sums = {0, 0};
    add(log, 0, LOG_HEADER - 8, order, sums);
    buffer.putInt(24, sums[0]).putInt(28, sums[1]);
    for (int at = LOG_HEADER; at + FRAME_HEADER + page <= log.length; at += FRAME_HEADER + page) {
      System.arraycopy(log, 16, log, at + 8, 8); // the salts
      add(log, at, 8, order, sums);
      add(log, at + FRAME_HEADER, page, order, sums);
      buffer.putInt(at + 16, sums[0]).putInt(at + 20, sums[1]);
    }
  }

  private static void add(byte[] log, int from, int length, ByteOrder order, int[] sums) {
    ByteBuffer words = ByteBuffer.wrap(log).order(order);
    for (int at = from; at < from + length; at += 8) {
      sums[0] += words.getInt(at) + sums[1];
      sums[1] += words.getInt(at + 4) + sums[0];
    }
  }
}
