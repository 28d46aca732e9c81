/** The wizard: from a SQLite file to PostgreSQL in the hands of a person; knows nothing of HTTP. */
@NullMarked
package dev.outgrow.examples.wizard;

import org.jspecify.annotations.NullMarked;
