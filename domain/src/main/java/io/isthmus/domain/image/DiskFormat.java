package io.isthmus.domain.image;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How an image's content is laid out: those of Glance's disk formats that are one file. */
public enum DiskFormat {
  QCOW2,
  RAW,
  VMDK,
  /** Microsoft's older format. */
  VHD,
  VHDX,
  VDI,
  ISO;

  /** Glance's word, such as {@code qcow2}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Empty for another word. */
  public static Optional<DiskFormat> find(String text) {
    return Arrays.stream(values()).filter(format -> format.text().equals(text)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(DiskFormat::text).toList();
  }
}
