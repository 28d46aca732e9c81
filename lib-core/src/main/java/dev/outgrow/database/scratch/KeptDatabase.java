package dev.outgrow.database.scratch;

import dev.outgrow.database.DatabaseUrl;

/**
 * A scratch database that stays for somebody to look into, and how to do so.
 *
 * <p><em>Immutable.</em>
 *
 * @param url where it is; it shows no password as text
 * @param openCommand what opens it in a shell; where the server is our own it names the file with
 *     the password, which the user alone can read
 * @param dropCommand what deletes it in a shell
 * @since 0.1
 */
public record KeptDatabase(DatabaseUrl url, String openCommand, String dropCommand) {}
