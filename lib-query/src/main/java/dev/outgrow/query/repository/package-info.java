/** Finds, pages, inserts, updates and deletes the rows of one table. */
@NullMarked
package dev.outgrow.query.repository;

import org.jspecify.annotations.NullMarked;
