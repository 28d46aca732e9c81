/** The code of docs/migrations.md. */
@NullMarked
package dev.outgrow.examples.migrations;

import org.jspecify.annotations.NullMarked;
