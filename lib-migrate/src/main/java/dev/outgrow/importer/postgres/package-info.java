/** Doing it in PostgreSQL: staging, COPY, indexes, keys, sequences, swap. */
@NullMarked
package dev.outgrow.importer.postgres;

import org.jspecify.annotations.NullMarked;
