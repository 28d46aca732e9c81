/**
 * Writes the files of migrations, for a person to go on with: {@link
 * dev.outgrow.migration.authoring.NewMigration} for one, {@link
 * dev.outgrow.migration.authoring.ChainScaffold} for a plugin's chain, {@link
 * dev.outgrow.migration.authoring.SchemaChange} for what makes one schema into another.
 */
@NullMarked
package dev.outgrow.migration.authoring;

import org.jspecify.annotations.NullMarked;
