package dev.outgrow.test;

import dev.outgrow.database.scratch.ScratchDatabase;

/** A program that has neither JUnit nor jOOQ and uses scratch databases. */
public final class WithoutJunit {
  private WithoutJunit() {}

  /** Prints what two databases hold. */
  public static void main(String[] arguments) {
    try (ScratchDatabases databases = ScratchDatabases.open(new AppChains());
        ScratchDatabase one = databases.postgres();
        ScratchDatabase other = databases.postgres();
        ScratchDatabase file = databases.sqlite()) {
      Users.add(one.database(), 1, "Ann");
      Users.add(file.database(), 1, "Bob");
      System.out.println(
          Users.names(one.database())
              + " "
              + Users.names(other.database())
              + " "
              + Users.names(file.database()));
    }
  }
}
