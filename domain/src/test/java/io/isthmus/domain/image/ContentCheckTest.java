package io.isthmus.domain.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentCheckTest {

  private static byte[] qcow2(int version, long backing, long incompatible) {
    ByteBuffer header = ByteBuffer.allocate(1024);
    header.put(new byte[] {'Q', 'F', 'I', (byte) 0xfb}).putInt(version).putLong(backing);
    header.putLong(72, incompatible);
    return header.array();
  }

  private static byte[] at(int offset, String mark) {
    byte[] bytes = new byte[ContentCheck.HEAD];
    byte[] text = mark.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(text, 0, bytes, offset, text.length);
    return bytes;
  }

  private static String problem(DiskFormat format, byte[] head) {
    return ContentCheck.problem(format, head).map(why -> why.in(Locale.ENGLISH)).orElse("");
  }

  @ParameterizedTest
  @CsvSource({
    "0, conectix, VHD",
    "0, vhdxfile, VHDX",
    "32769, CD001, ISO",
    "0, nothing at all, RAW",
    "64, '\u007f\u0010\u00da\u00be', VDI"
  })
  void whatFitsIsTakenAndNothingElse(int offset, String mark, DiskFormat format) {
    byte[] head = at(offset, mark);

    assertThat(problem(format, head)).isEmpty();
    assertThat(problem(DiskFormat.QCOW2, head)).contains("qcow2");
  }

  @Test
  void aQcow2InOtherClothesIsRefused() {
    assertThat(problem(DiskFormat.RAW, qcow2(3, 0, 0))).isEqualTo("The content is qcow2, not raw.");
    assertThat(problem(DiskFormat.VHD, qcow2(3, 0, 0))).contains("qcow2, not vhd");
    assertThat(problem(DiskFormat.QCOW2, new byte[512]))
        .isEqualTo("The content does not begin as qcow2 does.");
  }

  @Test
  void aQcow2ThatLeadsToOtherFilesIsRefused() {
    assertThat(problem(DiskFormat.QCOW2, qcow2(2, 0, 4))).isEmpty();
    assertThat(problem(DiskFormat.QCOW2, qcow2(3, 0, 3))).isEmpty();
    assertThat(problem(DiskFormat.QCOW2, qcow2(3, 104, 0))).contains("lies upon another file");
    assertThat(problem(DiskFormat.QCOW2, qcow2(2, 80, 0))).contains("lies upon another file");
    assertThat(problem(DiskFormat.QCOW2, qcow2(3, 0, 4))).contains("data is in another file");
    assertThat(problem(DiskFormat.QCOW2, qcow2(4, 0, 0))).contains("version 4");
    assertThat(problem(DiskFormat.QCOW2, new byte[] {'Q', 'F', 'I', (byte) 0xfb}))
        .contains("ends within");
  }

  @Test
  void aVmdkHoldsAllOfTheDiskOrIsRefused() {
    assertThat(problem(DiskFormat.VMDK, at(0, "KDMV\ncreateType=\"streamOptimized\""))).isEmpty();
    assertThat(problem(DiskFormat.VMDK, at(0, "KDMV\ncreateType=\"monolithicFlat\"")))
        .contains("other files");
    assertThat(
            problem(
                DiskFormat.VMDK, at(0, "# Disk DescriptorFile\ncreateType=\"monolithicSparse\"")))
        .contains("other files");
  }

  @ParameterizedTest
  @CsvSource({"gzip, '\u001f\u008b'", "luks, 'LUKS\u00ba\u00be'", "qed, 'QED\u0000'"})
  void whatIsPackedOrSealedIsNoRawDisk(String kind, String mark) {
    assertThat(problem(DiskFormat.RAW, at(0, mark))).contains("is " + kind);
  }

  /** It is written to a stick as it is. */
  @Test
  void anIsoImageMayBeARawDisk() {
    assertThat(problem(DiskFormat.RAW, at(0x8001, "CD001"))).isEmpty();
  }
}
