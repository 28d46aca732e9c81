/**
 * The house as it must not be: a tree of packages laid out like ours, in which each class breaks
 * the rules its {@link dev.outgrow.architecture.Breaks} names. None is marked for nullness: that is
 * one of the rules they break.
 */
package dev.outgrow.architecture.violations;
