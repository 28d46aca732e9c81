package dev.outgrow.backup;

/**
 * A chain as a backup holds it.
 *
 * <p><em>Immutable.</em>
 *
 * @param historyTable the table that its history is in
 * @param version the version its schema is at; empty before the first
 * @since 0.1
 */
public record BackupChain(String historyTable, String version) {}
