package dev.outgrow.backup;

/**
 * Whether a PostgreSQL database may be copied without {@code pg_dump}.
 *
 * @since 0.1
 */
public enum BuiltInCopy {
  /** Never: where {@code pg_dump} is missing or too old, no backup is made. The default. */
  REFUSED,
  /** Where {@code pg_dump} is missing or older than the server. */
  ALLOWED,
  /** Always. */
  ALWAYS
}
