/** Imports that are killed, cut off or starved at any instant of their life. */
@NullMarked
package dev.outgrow.importer.fault;

import org.jspecify.annotations.NullMarked;
