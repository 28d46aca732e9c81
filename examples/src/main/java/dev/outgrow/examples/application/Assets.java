package dev.outgrow.examples.application;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/**
 * The style sheet and the scripts of the pages. The libraries among them come out of their jars;
 * their versions are those of the build.
 */
final class Assets {
  static final String FOLDER = "/assets/";

  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String OWN = "/dev/outgrow/examples/pages/";
  private static final String LIBRARIES = "/META-INF/resources/webjars/";

  private final Map<String, Asset> assets;

  Assets(Map<String, String> versions) {
    assets =
        Map.of(
            "style.css", Asset.read(OWN + "style.css", "text/css; charset=utf-8"),
            "icon.svg", Asset.read(OWN + "icon.svg", "image/svg+xml"),
            "application.js", Asset.read(OWN + "application.js", SCRIPT),
            "move.css", Asset.read(OWN + "move.css", "text/css; charset=utf-8"),
            "move.js", Asset.read(OWN + "move.js", SCRIPT),
            "jquery.js", library(versions, "jquery", "dist/jquery.min.js"),
            "datatables.js", library(versions, "datatables.net", "js/dataTables.min.js"),
            "chart.js", library(versions, "chart.js", "dist/chart.umd.min.js"));
  }

  private static Asset library(Map<String, String> versions, String name, String file) {
    return Asset.read(LIBRARIES + name + "/" + versions.get(name) + "/" + file, SCRIPT);
  }

  /** Browsers ask each time whether theirs is still right, and mostly get one line. */
  Reply answer(Visit visit) {
    Asset asset = assets.get(visit.path().substring(FOLDER.length()));
    if (asset == null) {
      return Reply.of(404, "text/plain; charset=utf-8", "There is no such file.");
    }
    boolean known = visit.header("If-None-Match").filter(asset.tag()::equals).isPresent();
    ByteBuffer content = known ? ByteBuffer.allocate(0) : asset.content();
    return new Reply(known ? 304 : 200, asset.type(), content, Map.of(), Optional.empty())
        .header("ETag", asset.tag())
        .header("Cache-Control", "no-cache");
  }
}
