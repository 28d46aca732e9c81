/**
 * Typed jOOQ helpers, one package a feature; features never import each other. {@link
 * dev.outgrow.query.Jooq} is the front door: it puts jOOQ on a database.
 */
@NullMarked
package dev.outgrow.query;

import org.jspecify.annotations.NullMarked;
