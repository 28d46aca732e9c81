/** What can still be read of a damaged SQLite file, page by page, put into a sound one. */
@NullMarked
package dev.outgrow.importer.salvage;

import org.jspecify.annotations.NullMarked;
