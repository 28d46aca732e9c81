package dev.outgrow.codegen.internal;

import java.util.Optional;
import org.jooq.meta.AttributeDefinition;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.ConstraintDefinition;
import org.jooq.meta.Definition;
import org.jooq.meta.EmbeddableDefinition;
import org.jooq.meta.IdentityDefinition;
import org.jooq.meta.IndexDefinition;
import org.jooq.meta.ParameterDefinition;
import org.jooq.meta.RoutineDefinition;
import org.jooq.meta.SequenceDefinition;
import org.jooq.meta.TableDefinition;

/** Which chain what jOOQ knows belongs to: a column to its table's, a key to that which has it. */
final class Belonging {
  private final Owners owners;

  Belonging(Owners owners) {
    this.owners = owners;
  }

  /** Returns the chain; empty if none made it, or it is a schema. */
  Optional<String> of(Definition definition) {
    Definition of = holder(definition);
    if (of.getSchema() == null) {
      return Optional.empty();
    }
    return owners.of(kind(of), of.getSchema().getInputName(), of.getInputName());
  }

  private static Definition holder(Definition definition) {
    if (definition instanceof ColumnDefinition column) {
      return column.getContainer();
    } else if (definition instanceof ConstraintDefinition constraint) {
      return constraint.getTable();
    } else if (definition instanceof IndexDefinition index) {
      return index.getTable();
    } else if (definition instanceof IdentityDefinition identity) {
      return identity.getTable();
    } else if (definition instanceof EmbeddableDefinition embeddable) {
      return embeddable.getReferencingTable();
    } else if (definition instanceof AttributeDefinition attribute) {
      return attribute.getContainer();
    } else if (definition instanceof ParameterDefinition parameter) {
      return parameter.getContainer();
    }
    return definition;
  }

  private static Owners.Kind kind(Definition definition) {
    if (definition instanceof TableDefinition table) {
      return table.isTableValuedFunction() ? Owners.Kind.ROUTINE : Owners.Kind.TABLE;
    } else if (definition instanceof SequenceDefinition) {
      return Owners.Kind.SEQUENCE;
    } else if (definition instanceof RoutineDefinition) {
      return Owners.Kind.ROUTINE;
    }
    return Owners.Kind.TYPE;
  }
}
