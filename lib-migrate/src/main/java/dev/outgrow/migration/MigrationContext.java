package dev.outgrow.migration;

import dev.outgrow.database.Database;
import java.sql.Connection;

/**
 * What a {@link JavaMigration} works with.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @param connection the connection of its transaction, which it neither commits nor closes; on
 *     SQLite foreign keys are off in it, and are checked once the migration is done
 * @param database the database, to ask what it is and where. A transaction of its own would not see
 *     what this one has done, and on SQLite would wait for it in vain
 * @param scratch whether this is a scratch database, in which the chain is only tried; what reaches
 *     beyond the database, such as a message or a password that is shown once, has no place there
 * @since 0.1
 */
public record MigrationContext(Connection connection, Database database, boolean scratch) {}
