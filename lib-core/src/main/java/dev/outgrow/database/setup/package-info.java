/**
 * What a database needs before its first table: {@link dev.outgrow.database.setup.DatabaseSetup} is
 * the front door. {@link dev.outgrow.database.setup.ChangeLock} is what everybody holds who changes
 * the schema.
 */
@NullMarked
package dev.outgrow.database.setup;

import org.jspecify.annotations.NullMarked;
