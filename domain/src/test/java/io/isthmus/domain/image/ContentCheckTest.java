package io.isthmus.domain.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCheckTest {

  private static final String SPARSE = "RW 2048 SPARSE \"disk.vmdk\"";

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

  /** As "VMDK4Header" of QEMU has it: from the third 32 bits on, in 64. */
  private static byte[] vmdk(
      long capacity, long descriptorAt, long descriptorSectors, String descriptor) {
    ByteBuffer header = ByteBuffer.wrap(at(512, descriptor)).order(ByteOrder.LITTLE_ENDIAN);
    header.put("KDMV".getBytes(StandardCharsets.US_ASCII)).putInt(1).putInt(3);
    header.putLong(capacity).putLong(128).putLong(descriptorAt).putLong(descriptorSectors);
    return header.array();
  }

  private static String descriptor(String type, String extent) {
    return "# Disk DescriptorFile\nversion=1\nCID=fffffffe\nparentCID=ffffffff\ncreateType=\""
        + type
        + "\"\n\n# Extent description\n"
        + extent
        + "\n\nddb.virtualHWVersion = \"4\"\n";
  }

  @Test
  void aVmdkHoldsAllOfTheDiskOrIsRefused() {
    String stream = descriptor("streamOptimized", SPARSE);

    assertThat(problem(DiskFormat.VMDK, vmdk(2048, 1, 20, stream))).isEmpty();
    assertThat(
            problem(
                DiskFormat.VMDK, vmdk(2048, 1, 20, descriptor("monolithicSparse", "rw 1 sparse"))))
        .isEmpty();
    assertThat(problem(DiskFormat.VMDK, vmdk(2048, 1, 20, descriptor("monolithicFlat", SPARSE))))
        .contains("other files");
    assertThat(problem(DiskFormat.VMDK, vmdk(2048, 1, 20, "CID=1\n"))).contains("other files");
    assertThat(problem(DiskFormat.VMDK, stream.getBytes(StandardCharsets.ISO_8859_1)))
        .contains("other files");
    assertThat(problem(DiskFormat.VMDK, at(0, "COWD"))).contains("other files");
    assertThat(problem(DiskFormat.VMDK, at(0, "KDMV"))).contains("no size");
    assertThat(problem(DiskFormat.VMDK, new byte[] {'K', 'D', 'M', 'V'})).contains("ends within");
  }

  /** With no capacity, QEMU opens what the descriptor lists, wherever that is. */
  @Test
  void aVmdkThatIsOpenedByItsDescriptorIsRefused() {
    String flat = descriptor("monolithicSparse", "RW 2048 FLAT \"/etc/passwd\" 0");

    assertThat(problem(DiskFormat.VMDK, vmdk(0, 1, 20, descriptor("streamOptimized", SPARSE))))
        .contains("no size");
    assertThat(problem(DiskFormat.VMDK, vmdk(2048, 1, 20, flat))).contains("other files");
    assertThat(
            problem(
                DiskFormat.VMDK,
                vmdk(2048, 1, 20, descriptor("streamOptimized", SPARSE + "\nRW 9 VMFS \"x\""))))
        .contains("other files");
  }

  @Test
  void theDescriptorOfAVmdkIsReadWhereACloudReadsIt() {
    String stream = descriptor("streamOptimized", SPARSE);
    byte[] elsewhere = vmdk(2048, 40, 20, descriptor("monolithicFlat", SPARSE));
    byte[] text = stream.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(text, 0, elsewhere, 40 * 512, text.length);

    assertThat(problem(DiskFormat.VMDK, elsewhere)).contains("elsewhere");
    assertThat(problem(DiskFormat.VMDK, vmdk(2048, 1, 0, stream))).contains("elsewhere");
    assertThat(problem(DiskFormat.VMDK, vmdk(2048, 1, Long.MAX_VALUE, stream)))
        .contains("elsewhere");
    // A word behind the descriptor's end says nothing.
    byte[] behind = vmdk(2048, 1, 20, descriptor("vmfs", SPARSE));
    System.arraycopy(text, 0, behind, 60 * 512, text.length);
    assertThat(problem(DiskFormat.VMDK, behind)).contains("other files");
  }

  @Test
  void aVmdkThatLiesUponAnotherFileIsRefused() {
    String stream = descriptor("streamOptimized", SPARSE);
    String parent = "parentFileNameHint=\"/etc/passwd\"\n";

    assertThat(problem(DiskFormat.VMDK, vmdk(2048, 1, 20, parent + stream)))
        .contains("lies upon another file");
    // Twenty sectors are looked through, however few the header tells.
    assertThat(problem(DiskFormat.VMDK, vmdk(2048, 1, 1, stream + "#".repeat(3000) + parent)))
        .contains("lies upon another file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COWD",
        "# x\nversion=1\n",
        "# x\u0000y\nversion=1\n",
        "# x\r\n  \r\n \nversion=3\r\n",
        "version=2\ncreateType=\"monolithicFlat\""
      })
  void whatACloudTakesForAVmdkIsNothingElse(String mark) {
    assertThat(problem(DiskFormat.RAW, at(0, mark))).isEqualTo("The content is vmdk, not raw.");
    assertThat(problem(DiskFormat.VHD, at(0, mark))).contains("is vmdk, not vhd");
    byte[] disc = at(0x8001, "CD001");
    byte[] text = mark.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(text, 0, disc, 0, text.length);
    assertThat(problem(DiskFormat.ISO, disc)).contains("is vmdk, not iso");
    assertThat(problem(DiskFormat.VMDK, at(0, mark))).contains("other files");
  }

  @ParameterizedTest
  @ValueSource(strings = {"#!/bin/sh\nversion=12\n", "# x\nversion=4\n", "x\nversion=1\n"})
  void whatOnlyLooksLikeAVmdkIsARawDisk(String mark) {
    assertThat(problem(DiskFormat.RAW, at(0, mark))).isEmpty();
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
