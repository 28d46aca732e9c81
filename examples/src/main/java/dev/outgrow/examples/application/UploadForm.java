package dev.outgrow.examples.application;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.examples.wizard.Upload;
import dev.outgrow.examples.wizard.Wizard;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.MultipartParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A form with a file in it, read piece by piece: its small fields come first, and nothing of the
 * file is written before the form's token has turned out to be right. What is wrong with the file
 * is known when the first piece shows it; the rest is read then and forgotten, since a browser
 * looks for an answer only when it has sent everything.
 */
final class UploadForm implements MultipartParser.PartHandler, AutoCloseable {
  private static final int PIECE = 64 * 1024;
  private static final int LARGEST_FIELD = 1024;
  private static final long MARGIN = 64 * 1024;
  private static final String FILE = "file";

  private final Wizard wizard;
  private final String token;
  private final Map<String, StringBuilder> fields = new HashMap<>();
  private @Nullable Upload upload;
  private @Nullable OutgrowException refused;
  private boolean forged;
  private String field = "";

  private UploadForm(Wizard wizard, String token) {
    this.wizard = wizard;
    this.token = token;
  }

  /**
   * Reads a form.
   *
   * @param token what its field {@code csrf} has to be
   * @throws IOException if it is not sent whole
   */
  static UploadForm read(HttpServerExchange exchange, Wizard wizard, String token)
      throws IOException {
    String type = String.valueOf(exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE));
    String boundary = Headers.extractQuotedValueFromHeader(type, "boundary");
    UploadForm form = new UploadForm(wizard, token);
    if (boundary == null) {
      form.forged = true;
      return form;
    }
    exchange.setMaxEntitySize(longest(wizard));
    boolean whole = false;
    try {
      form.read(exchange, boundary);
      whole = true;
    } finally {
      if (!whole) {
        form.close();
      }
    }
    return form;
  }

  /** Returns how many bytes of a form are read at most, so that a browser gets its answer. */
  static long longest(Wizard wizard) {
    return 2 * wizard.largestUpload() + MARGIN;
  }

  private void read(HttpServerExchange exchange, String boundary) throws IOException {
    MultipartParser.ParseState parser =
        MultipartParser.beginParse(
            exchange.getConnection().getByteBufferPool(),
            this,
            boundary.getBytes(StandardCharsets.US_ASCII),
            StandardCharsets.UTF_8.name());
    byte[] piece = new byte[PIECE];
    try (InputStream in = exchange.getInputStream()) {
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        parser.parse(ByteBuffer.wrap(piece, 0, read));
      }
    }
    if (!parser.isComplete()) {
      throw new IOException("The form was not sent whole");
    }
  }

  /** Returns whether the form is of a page of this site. */
  boolean isOwn() {
    return !forged && Secrets.same(token, field("csrf"));
  }

  String field(String name) {
    return fields.getOrDefault(name, new StringBuilder()).toString();
  }

  /** Returns what is wrong with the file, or null. */
  @Nullable OutgrowException refused() {
    return refused;
  }

  /** Returns the file, or null if there was none. */
  @Nullable Upload upload() {
    return upload;
  }

  @Override
  public void beginPart(HeaderMap headers) {
    String disposition = String.valueOf(headers.getFirst(Headers.CONTENT_DISPOSITION));
    field = String.valueOf(Headers.extractQuotedValueFromHeader(disposition, "name"));
    if (!field.equals(FILE) || refused != null || upload != null) {
      return;
    }
    forged |= !Secrets.same(token, field("csrf"));
    if (!forged) {
      String name = Headers.extractQuotedValueFromHeaderWithEncoding(disposition, "filename");
      try {
        upload = wizard.receive(name == null ? "" : name);
      } catch (OutgrowException why) {
        refused = why;
      }
    }
  }

  @Override
  public void data(ByteBuffer piece) {
    if (!field.equals(FILE)) {
      StringBuilder text = fields.computeIfAbsent(field, name -> new StringBuilder());
      String more = StandardCharsets.UTF_8.decode(piece).toString();
      forged |= text.length() + more.length() > LARGEST_FIELD;
      text.append(forged ? "" : more);
      return;
    }
    Upload open = upload;
    if (open != null && refused == null) {
      try {
        open.write(piece);
      } catch (OutgrowException why) {
        refused = why;
        open.close();
      }
    }
  }

  @Override
  public void endPart() {
    field = "";
  }

  @Override
  public void close() {
    Upload open = upload;
    if (open != null) {
      open.close();
    }
  }
}
