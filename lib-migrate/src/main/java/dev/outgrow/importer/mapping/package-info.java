/** Which PostgreSQL name, type and value rule a column gets: ordered rules as data. */
@NullMarked
package dev.outgrow.importer.mapping;

import org.jspecify.annotations.NullMarked;
