package dev.outgrow.codegen;

import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import java.io.IOException;
import java.nio.file.Files;

/** One server for all tests of a JVM, which ends with it. */
final class SharedServer {
  private static final ScratchServer SERVER = ScratchServer.start();

  private SharedServer() {}

  static DatabaseUrl url() {
    return SERVER.url();
  }

  /** Returns an empty database of its own on the server. */
  static DatabaseUrl fresh() {
    return SERVER.createDatabase();
  }

  /** Returns the URL with its password, as a person would write it. */
  static String text() throws IOException {
    String[] access = Files.readString(SERVER.passwordFile()).strip().split(":", -1);
    return "postgresql://" + access[3] + ":" + access[4] + "@127.0.0.1:" + access[1] + "/postgres";
  }
}
