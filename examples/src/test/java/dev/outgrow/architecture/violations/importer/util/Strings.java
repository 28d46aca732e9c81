package dev.outgrow.architecture.violations.importer.util;

import dev.outgrow.architecture.Breaks;

/** A drawer for everything, in a package without a mark. */
@Breaks({"no package is named util, common, helper, impl or model", "every package is @NullMarked"})
public interface Strings {}
