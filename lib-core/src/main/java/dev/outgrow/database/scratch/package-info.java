/** Makes throw-away PostgreSQL servers and databases. */
@NullMarked
package dev.outgrow.database.scratch;

import org.jspecify.annotations.NullMarked;
