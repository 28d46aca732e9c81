package dev.outgrow.database.scratch;

import dev.outgrow.database.Database;

/** A copy of a template, and what becomes of it; {@link Custody#delete} deletes it now. */
record Clone(Database database, Custody custody) {}
