package dev.outgrow.importer.existing;

import dev.outgrow.importer.existing.Finding.What;
import dev.outgrow.importer.mapping.ChangedType;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.Renamed;
import java.util.ArrayList;
import java.util.List;

/** Collects what becomes of the tables of a file while they are mapped. */
final class Draft {
  final List<LandedTable> landed = new ArrayList<>();
  final List<Finding> findings = new ArrayList<>();
  final List<Renamed> renamed = new ArrayList<>();
  final List<ChangedType> changedTypes = new ArrayList<>();
  final List<NotCarried> notCarried = new ArrayList<>();

  void find(What what, String name, String detail) {
    findings.add(new Finding(what, name, detail, false));
  }

  void refuse(What what, String name, String detail) {
    findings.add(new Finding(what, name, detail, true));
  }

  void rename(String kind, String from, String to) {
    if (!from.equals(to)) {
      renamed.add(new Renamed(kind, from, to));
    }
  }
}
