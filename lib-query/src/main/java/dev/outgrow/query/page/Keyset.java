package dev.outgrow.query.page;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.internal.SortKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Pages that begin behind a row instead of at a number: the millionth page costs what the first one
 * does, and rows that come or go elsewhere neither repeat nor hide one.
 *
 * <pre>{@code
 * Keyset<SessionRecord> pages = Keyset.over(selectFrom(SESSION), newest, keys);
 * KeysetPage<SessionRecord> first = pages.first(ctx);
 * KeysetPage<SessionRecord> second = pages.at(ctx, first.nextToken());
 * }</pre>
 *
 * <p>A page has 50 rows unless {@link #size} says otherwise. Walking back gives the same rows as
 * walking forth. The select is taken as it is, but for the order and the limit, which are the
 * page's; it is never changed. A position is added to its WHERE, so it must not group, be distinct
 * or have set operations: put such a query into a derived table first.
 *
 * <p>A token holds the sort keys of one row, readable and signed: it is refused, with a {@link
 * TokenException}, unless it was made here, for the same tables, filter values and ordering, on the
 * same backend. The page's size may change between two pages.
 *
 * <p>An index that begins with the ordering's fields serves every page. Where the first of them can
 * be null, by the data types that jOOQ knows, the rows with a null there are asked for apart, by a
 * second query, on the pages that they are on.
 *
 * <p><em>Thread-safe.</em>
 *
 * @param <R> the record of the select
 * @since 0.1
 */
public final class Keyset<R extends Record> {
  private static final int DEFAULT_SIZE = 50;
  private static final int LARGEST_SIZE = 10_000;

  private final PagedSelect<R> paged;
  private final TokenKeys tokenKeys;
  private final int size;

  private Keyset(PagedSelect<R> paged, TokenKeys tokenKeys, int size) {
    this.paged = paged;
    this.tokenKeys = tokenKeys;
    this.size = size;
  }

  /**
   * Pages through what a select finds.
   *
   * @throws ConfigurationException if the select orders, limits, groups, is distinct or combines
   */
  public static <R extends Record> Keyset<R> over(
      Select<R> select, Ordering ordering, TokenKeys tokenKeys) {
    PagedSelect<R> paged = new PagedSelect<>(select, ordering).requireRowsOfTables();
    return new Keyset<>(paged, tokenKeys, DEFAULT_SIZE);
  }

  /**
   * Returns these pages with another number of rows.
   *
   * @param rows 1 to 10,000
   * @throws ConfigurationException if it is another number
   */
  public Keyset<R> size(int rows) {
    if (rows < 1 || rows > LARGEST_SIZE) {
      throw new ConfigurationException("Keyset.size", String.valueOf(rows), "1 to 10000");
    }
    return new Keyset<>(paged, tokenKeys, rows);
  }

  /** Returns the first page. */
  public KeysetPage<R> first(DSLContext ctx) {
    return fetch(ctx, Position.START, binding(ctx));
  }

  /** Returns the last page: as many rows as a page has, ending with the last one. */
  public KeysetPage<R> last(DSLContext ctx) {
    return fetch(ctx, Position.END, binding(ctx));
  }

  /**
   * Returns the page that a token leads to, or the first one without a token.
   *
   * @throws TokenException if the token cannot be used here
   */
  public KeysetPage<R> at(DSLContext ctx, @Nullable String token) {
    if (token == null) {
      return first(ctx);
    }
    byte[] binding = binding(ctx);
    return fetch(ctx, Token.read(tokenKeys, binding, token), binding);
  }

  /** Returns the queries of {@link #at}, of which a later one runs if the page is not full yet. */
  List<Select<?>> queries(DSLContext ctx, @Nullable String token) {
    Position position = token == null ? Position.START : Token.read(tokenKeys, binding(ctx), token);
    Select<?> query = withKeys(ctx);
    return parts(ctx, position).stream()
        .<Select<?>>map(part -> part(query, part, size + 1))
        .toList();
  }

  /** The user's select, and the keys' values beside its fields. */
  private Select<?> withKeys(DSLContext ctx) {
    List<Field<?>> columns = new ArrayList<>(paged.fields());
    columns.addAll(new KeyFields(paged.keys(ctx.dialect()), ctx.dialect()).columns());
    return paged.selecting(columns);
  }

  private List<KeysetPart> parts(DSLContext ctx, Position position) {
    List<SortKey> keys = paged.keys(ctx.dialect());
    boolean forwards = position.side().forwards();
    List<SortKey> walked = forwards ? keys : keys.stream().map(SortKey::flipped).toList();
    if (position.isEnd()) {
      return KeysetPart.all(walked);
    }
    List<KeyValue> place = new KeyFields(keys, ctx.dialect()).at(position, walked);
    return KeysetPart.behind(walked, place, position.side().inclusive());
  }

  private Select<?> part(Select<?> query, KeysetPart part, int rows) {
    return query
        .$where(paged.where(part.condition()))
        .$orderBy(part.order().stream().map(SortKey::sortField).toList())
        .$limit(DSL.val(rows));
  }

  private KeysetPage<R> fetch(DSLContext ctx, Position position, byte[] binding) {
    Select<?> query = withKeys(ctx);
    List<Record> rows = new ArrayList<>();
    for (KeysetPart part : parts(ctx, position)) {
      if (rows.size() <= size) {
        rows.addAll(ctx.fetch(part(query, part, size + 1 - rows.size())));
      }
    }
    boolean more = rows.size() > size;
    if (more) {
      rows.remove(size);
    }
    if (!position.side().forwards()) {
      Collections.reverse(rows);
    }
    return page(ctx, position, binding, rows, more);
  }

  private KeysetPage<R> page(
      DSLContext ctx, Position position, byte[] binding, List<Record> rows, boolean more) {
    List<SortKey> keys = paged.keys(ctx.dialect());
    TokenMaker tokens = new TokenMaker(tokenKeys, binding, keys, ctx.dialect());
    boolean forwards = position.side().forwards();
    boolean next = forwards ? more : !position.isEnd();
    boolean previous = forwards ? !position.isEnd() : more;
    int offset = paged.fields().size();
    return new KeysetPage<>(
        rows.stream().map(paged::own).toList(),
        next ? tokens.after(rows, offset, position) : null,
        previous ? tokens.before(rows, offset, position) : null);
  }

  /** What a token belongs to: tables, filter with its values, ordering; not the fields shown. */
  private byte[] binding(DSLContext ctx) {
    String query = ctx.renderInlined(paged.probe(paged.keys(ctx.dialect())));
    try {
      return MessageDigest.getInstance("SHA-256").digest(query.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }
}
