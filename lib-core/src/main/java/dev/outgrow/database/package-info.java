/** Opens a database: {@link dev.outgrow.database.Database} is the front door. */
@NullMarked
package dev.outgrow.database;

import org.jspecify.annotations.NullMarked;
