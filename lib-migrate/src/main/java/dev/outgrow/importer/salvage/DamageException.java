package dev.outgrow.importer.salvage;

import dev.outgrow.error.OutgrowException;

/** Bytes that are not what they should be; says what is wrong, and who catches it says where. */
final class DamageException extends OutgrowException {
  private static final long serialVersionUID = 1L;

  DamageException(String what) {
    super(what, "Carry what else can be read.", null);
  }
}
