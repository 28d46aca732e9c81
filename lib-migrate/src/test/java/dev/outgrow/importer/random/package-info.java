/**
 * Random SQLite files, carried by the front door and judged by code that shares nothing with it.
 */
@NullMarked
package dev.outgrow.importer.random;

import org.jspecify.annotations.NullMarked;
