package dev.outgrow.database.catalog;

/**
 * Something of a table that could not be read, so that what is said of the table is incomplete.
 *
 * <p><em>Immutable.</em>
 *
 * @param object the name of the table or of the index that could not be read
 * @param reason why, as a phrase, and what is missing for it
 * @since 0.1
 */
public record Unread(String object, String reason) {}
