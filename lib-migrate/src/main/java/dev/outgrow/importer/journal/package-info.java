/** What imports have done and not done yet, kept in the database they carry into. */
@NullMarked
package dev.outgrow.importer.journal;

import org.jspecify.annotations.NullMarked;
