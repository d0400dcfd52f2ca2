package io.isthmus.domain.image;

import io.isthmus.domain.language.Phrase;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Looks at the first bytes of an image's content: whether they are what the format says, and
 * whether they lead a cloud to read other files of its own.
 *
 * @see "OSSA-2024-001 (CVE-2024-32498): qcow2 with a backing or external data file; OSSA-2023-002
 *     (CVE-2022-47951): vmdk descriptors that name other files"
 */
final class ContentCheck {

  /** How many bytes have to be known: the mark of an ISO image stands at 32 KiB. */
  static final int HEAD = 64 * 1024;

  private static final byte[] QCOW2 = {'Q', 'F', 'I', (byte) 0xfb};
  private static final byte[] VMDK = ascii("KDMV");
  private static final byte[] VMDK_OLD = ascii("COWD");
  private static final byte[] VMDK_TEXT = ascii("# Disk DescriptorFile");
  private static final byte[] VHD = ascii("conectix");
  private static final byte[] VHDX = ascii("vhdxfile");
  private static final byte[] VDI = {0x7f, 0x10, (byte) 0xda, (byte) 0xbe};
  private static final byte[] QED = {'Q', 'E', 'D', 0};
  private static final byte[] LUKS = {'L', 'U', 'K', 'S', (byte) 0xba, (byte) 0xbe};
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
  private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
  private static final byte[] ISO = ascii("CD001");
  private static final int ISO_AT = 0x8001;

  /** Incompatible features of a qcow2: an external data file. */
  private static final long EXTERNAL_DATA = 1L << 2;

  private static final int SECTOR = 512;

  /** Sectors that a cloud reads as a vmdk's descriptor, however few the header tells. */
  private static final long DESCRIPTOR_READ = 20;

  /**
   * What a cloud takes for a vmdk's descriptor.
   *
   * @see "QEMU: vmdk_probe in block/vmdk.c, which is given the first 512 bytes"
   */
  private static final Pattern VMDK_PROBED =
      Pattern.compile("(?:#[^\\n]*\\n| *\\r?\\n)*+version=[123]\\r?\\n");

  private static final Pattern CREATE_TYPE =
      Pattern.compile("createType\\s*=\\s*\"?([^\"\\s]*)", Pattern.CASE_INSENSITIVE);
  private static final Set<String> WHOLE_TYPES = Set.of("monolithicSparse", "streamOptimized");
  private static final Pattern PARENT =
      Pattern.compile("parentFileNameHint", Pattern.CASE_INSENSITIVE);
  private static final Pattern EXTENT =
      Pattern.compile(
          "^\\s*(?:RW|RDONLY|NOACCESS)\\s+\\d+\\s+(\\w+)",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private final byte[] head;

  private ContentCheck(byte[] head) {
    this.head = head;
  }

  /**
   * @param head the first {@link #HEAD} bytes, or all when there are fewer
   * @return why the content is refused
   */
  static Optional<Phrase> problem(DiskFormat declared, byte[] head) {
    return new ContentCheck(head).problem(declared);
  }

  private Optional<Phrase> problem(DiskFormat declared) {
    String found = found();
    boolean fits =
        switch (declared) {
          // A fixed VHD begins with the disk itself; what it is stands at its end only.
          case VHD -> found.equals("vhd") || found.equals("raw");
          // What boots from a drive may as well be burnt on a disc.
          case RAW -> found.equals("raw") || found.equals("iso");
          default -> found.equals(declared.text());
        };
    if (!fits) {
      return Optional.of(
          found.equals("raw")
              ? Phrase.of("image.content-unmarked", declared.text())
              : Phrase.of("image.content-other", declared.text(), found));
    }
    return switch (found) {
      case "qcow2" -> qcow2();
      case "vmdk" -> vmdk();
      default -> Optional.empty();
    };
  }

  private String found() {
    if (begins(QCOW2, 0)) {
      return "qcow2";
    } else if (begins(VMDK, 0)
        || begins(VMDK_OLD, 0)
        || begins(VMDK_TEXT, 0)
        || VMDK_PROBED.matcher(text(0, SECTOR)).lookingAt()) {
      return "vmdk";
    } else if (begins(VHD, 0)) {
      return "vhd";
    } else if (begins(VHDX, 0)) {
      return "vhdx";
    } else if (begins(VDI, 0x40)) {
      return "vdi";
    } else if (begins(QED, 0)) {
      return "qed";
    } else if (begins(LUKS, 0)) {
      return "luks";
    } else if (begins(GZIP, 0)) {
      return "gzip";
    } else if (begins(XZ, 0)) {
      return "xz";
    } else if (begins(ZSTD, 0)) {
      return "zstd";
    }
    return begins(ISO, ISO_AT) ? "iso" : "raw";
  }

  private Optional<Phrase> qcow2() {
    if (head.length < 104) {
      return Optional.of(Phrase.of("image.content-cut", DiskFormat.QCOW2.text()));
    }
    ByteBuffer header = ByteBuffer.wrap(head).order(ByteOrder.BIG_ENDIAN);
    int version = header.getInt(4);
    if (version != 2 && version != 3) {
      return Optional.of(Phrase.of("image.qcow2-version", version));
    }
    if (header.getLong(8) != 0) {
      return Optional.of(Phrase.of("image.qcow2-backing"));
    }
    return version == 3 && (header.getLong(72) & EXTERNAL_DATA) != 0
        ? Optional.of(Phrase.of("image.qcow2-data-file"))
        : Optional.empty();
  }

  /**
   * Only those that hold all of the disk in the one file. One whose header tells no capacity is
   * opened by its descriptor alone, and a parent is looked for where the descriptor usually is,
   * wherever the header says that it is.
   *
   * @see "QEMU: VMDK4Header, vmdk_open_vmdk4 and vmdk_parent_open in block/vmdk.c"
   */
  private Optional<Phrase> vmdk() {
    if (!begins(VMDK, 0)) {
      return Optional.of(Phrase.of("image.vmdk-descriptor"));
    }
    if (head.length < SECTOR) {
      return Optional.of(Phrase.of("image.content-cut", DiskFormat.VMDK.text()));
    }
    ByteBuffer header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    long capacity = header.getLong(12);
    long descriptorAt = header.getLong(28);
    long descriptorSectors = header.getLong(36);
    if (capacity == 0
        || descriptorAt != 1
        || descriptorSectors < 1
        || descriptorSectors >= HEAD / SECTOR) {
      return Optional.of(Phrase.of("image.vmdk-header"));
    }
    String descriptor =
        text(SECTOR, SECTOR + (int) Math.max(descriptorSectors, DESCRIPTOR_READ) * SECTOR)
            .replace('\0', '\n');
    if (PARENT.matcher(descriptor).find()) {
      return Optional.of(Phrase.of("image.vmdk-parent"));
    }
    List<String> types = found(CREATE_TYPE, descriptor);
    boolean isWhole =
        !types.isEmpty()
            && WHOLE_TYPES.containsAll(types)
            && found(EXTENT, descriptor).stream().allMatch("SPARSE"::equalsIgnoreCase);
    return isWhole ? Optional.empty() : Optional.of(Phrase.of("image.vmdk-descriptor"));
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(result -> result.group(1)).toList();
  }

  private String text(int from, int to) {
    int end = Math.min(to, head.length);
    return new String(head, from, end - from, StandardCharsets.ISO_8859_1);
  }

  private boolean begins(byte[] mark, int at) {
    return head.length >= at + mark.length
        && Arrays.equals(head, at, at + mark.length, mark, 0, mark.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
