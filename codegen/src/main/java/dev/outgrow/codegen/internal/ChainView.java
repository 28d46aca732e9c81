package dev.outgrow.codegen.internal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.meta.CatalogDefinition;
import org.jooq.meta.Database;
import org.jooq.meta.Definition;
import org.jooq.meta.SchemaDefinition;
import org.jspecify.annotations.Nullable;

/**
 * jOOQ's view of a database, in which there is nothing but what one chain made. What is in it still
 * knows the whole database: a foreign key finds the table of another chain.
 */
final class ChainView implements InvocationHandler {
  private final Database whole;
  private final String chain;
  private final Belonging belonging;

  private ChainView(Database whole, String chain, Belonging belonging) {
    this.whole = whole;
    this.chain = chain;
    this.belonging = belonging;
  }

  static Database of(Database whole, String chain, Belonging belonging) {
    return (Database)
        Proxy.newProxyInstance(
            Database.class.getClassLoader(),
            new Class<?>[] {Database.class},
            new ChainView(whole, chain, belonging));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Object answer;
    try {
      answer = method.invoke(whole, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
    return answer instanceof List<?> list ? part((Database) proxy, list) : answer;
  }

  private List<?> part(Database view, List<?> list) {
    List<Object> part = new ArrayList<>();
    for (Object item : list) {
      if (item instanceof CatalogDefinition catalog) {
        part.add(new CatalogDefinition(view, catalog.getInputName(), catalog.getComment()));
      } else if (item instanceof SchemaDefinition schema) {
        part.add(seen(view, schema));
      } else if (!(item instanceof Definition definition)
          || belonging.of(definition).equals(Optional.of(chain))) {
        part.add(item);
      }
    }
    return part;
  }

  /** The schema asks the view which tables it has. */
  private static SchemaDefinition seen(Database view, SchemaDefinition schema) {
    CatalogDefinition catalog = schema.getCatalog();
    return new SchemaDefinition(
        view,
        schema.getInputName(),
        schema.getComment(),
        new CatalogDefinition(view, catalog.getInputName(), catalog.getComment()));
  }
}
