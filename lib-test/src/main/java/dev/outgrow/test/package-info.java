/** A real, migrated database for every test. */
@NullMarked
package dev.outgrow.test;

import org.jspecify.annotations.NullMarked;
