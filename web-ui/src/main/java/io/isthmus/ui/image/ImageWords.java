package io.isthmus.ui.image;

import com.vaadin.flow.component.Component;
import io.isthmus.domain.image.ImageCopy;
import io.isthmus.domain.image.ImageDriver;
import io.isthmus.domain.image.Images;
import io.isthmus.domain.image.ProjectImage;
import io.isthmus.ui.element.Formats;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.widget.Mark;
import java.util.Optional;
import java.util.function.BiFunction;

/** How images and their copies are told. */
final class ImageWords {

  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  private final BiFunction<String, Object[], String> messages;

  /**
   * @param messages gives the portal's words for a key with arguments
   */
  ImageWords(BiFunction<String, Object[], String> messages) {
    this.messages = messages;
  }

  private String word(String key, Object... arguments) {
    return messages.apply(key, arguments);
  }

  /** A size in bytes, in the unit in which people count it; empty words while it is not known. */
  String size(long bytes) {
    if (bytes == 0) {
      return word("images.size-unknown");
    }
    Formats formats = Reader.formats();
    if (bytes >= GIB) {
      return formats.gib((double) bytes / GIB);
    }
    return bytes >= MIB
        ? formats.mib(Math.round((double) bytes / MIB))
        : word("images.bytes", bytes);
  }

  Component state(Images.Kept kept) {
    ProjectImage image = kept.image();
    return switch (image.state()) {
      case UPLOADING ->
          new StateBadge(
              Mark.PROGRESS,
              word(
                  "images.state-uploading",
                  Reader.formats().percent((int) (100 * kept.received() / image.size()))));
      case READING ->
          new StateBadge(
              image.trouble().isPresent() ? Mark.DEGRADED : Mark.PROGRESS,
              image.size() == 0
                  ? word("images.state-reading")
                  : word(
                      "images.state-reading-part",
                      Reader.formats().percent((int) (100 * kept.received() / image.size()))));
      case READY -> new StateBadge(Mark.COMPLETE, word("images.state-ready"));
      case REFUSED -> new StateBadge(Mark.FAILED, word("images.state-refused"));
      case DELETING -> new StateBadge(Mark.PROGRESS, word("images.state-deleting"));
    };
  }

  Component state(ImageCopy copy, long size) {
    boolean isHeldUp = copy.trouble().isPresent() && copy.state() != ImageCopy.State.FAILED;
    Mark moving = isHeldUp ? Mark.DEGRADED : Mark.PROGRESS;
    return switch (copy.state()) {
      case WANTED -> new StateBadge(moving, word("images.copy-wanted"));
      case COPYING ->
          new StateBadge(
              moving,
              copy.way().equals(Optional.of(ImageDriver.Way.WEB_DOWNLOAD))
                  ? word("images.copy-downloading")
                  : word("images.copy-copying", Reader.formats().percent(copy.percent(size))));
      case VERIFYING -> new StateBadge(moving, word("images.copy-verifying"));
      case ACTIVE -> new StateBadge(Mark.COMPLETE, word("images.copy-active"));
      case FAILED -> new StateBadge(Mark.FAILED, word("images.copy-failed"));
      case REMOVING, GONE -> new StateBadge(moving, word("images.copy-removing"));
    };
  }

  /** How it came there. */
  String way(ImageCopy copy) {
    if (copy.state() == ImageCopy.State.ACTIVE && !copy.made()) {
      return word("images.way-found");
    }
    return copy.way()
        .map(
            way ->
                switch (way) {
                  case UPLOAD -> word("images.way-upload");
                  case GLANCE_DIRECT -> word("images.way-import");
                  case WEB_DOWNLOAD -> word("images.way-web");
                })
        .orElse("");
  }
}
