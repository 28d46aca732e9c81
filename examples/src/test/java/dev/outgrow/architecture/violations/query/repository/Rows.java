package dev.outgrow.architecture.violations.query.repository;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.query.page.Page;

/** A feature that borrows another one's pages. */
@Breaks("query features never import each other")
public interface Rows {
  Page page();
}
