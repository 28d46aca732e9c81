package dev.outgrow.codegen.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;

/**
 * Copies what the caller keeps: jOOQ writes into the configuration that it is given.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Copies {
  private Copies() {}

  /** Returns a copy. */
  @SuppressWarnings("unchecked") // a copy is of the class of what was copied
  public static <T extends Serializable> T of(T original) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(original);
      }
      ClassLoader loader = original.getClass().getClassLoader();
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())) {
            @Override
            protected Class<?> resolveClass(ObjectStreamClass type)
                throws IOException, ClassNotFoundException {
              try {
                return Class.forName(type.getName(), false, loader);
              } catch (ClassNotFoundException primitive) {
                return super.resolveClass(type);
              }
            }
          }) {
        return (T) in.readObject();
      }
    } catch (IOException | ClassNotFoundException failure) {
      throw new IllegalStateException("An object in memory cannot be copied", failure);
    }
  }
}
