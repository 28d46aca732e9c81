/** Typed jOOQ helpers, one package a feature; features never import each other. */
@NullMarked
package dev.outgrow.query;

import org.jspecify.annotations.NullMarked;
