package dev.outgrow.database.scratch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of what a server's start goes through. It is looked for when something is to be said: to
 * find where a program logs, through all its jars, takes a tenth of what the first scratch database
 * of a JVM may, and need not come before the server starts.
 */
final class Log {
  private Log() {}

  static Logger of(Class<?> type) {
    return LoggerFactory.getLogger(type);
  }
}
