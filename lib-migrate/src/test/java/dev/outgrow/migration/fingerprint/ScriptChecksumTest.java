package dev.outgrow.migration.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** That it equals what Flyway itself computes is tested beside the package that knows Flyway. */
class ScriptChecksumTest {
  @Test
  void lineEndsAndAByteOrderMarkDoNotCount() {
    int unix = ScriptChecksum.of("SELECT 1;\n-- é\n");
    assertThat(ScriptChecksum.of("SELECT 1;\r\n-- é\r\n")).isEqualTo(unix);
    assertThat(ScriptChecksum.of("\uFEFFSELECT 1;\n-- é")).isEqualTo(unix);
    assertThat(ScriptChecksum.of("SELECT 1;\n-- e\n")).isNotEqualTo(unix);
  }

  @Test
  void itIsTheCrcOfTheLines() throws IOException {
    CRC32 crc = new CRC32();
    BufferedReader lines = new BufferedReader(new StringReader("a\n\nb"));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      crc.update(line.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(ScriptChecksum.of("a\n\nb")).isEqualTo((int) crc.getValue());
  }
}
