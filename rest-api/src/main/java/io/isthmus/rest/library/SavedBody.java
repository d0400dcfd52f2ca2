package io.isthmus.rest.library;

import io.isthmus.domain.library.SavedItem;
import java.time.Instant;
import java.util.Map;

/**
 * A version of something saved.
 *
 * @param text left out in lists
 * @param files left out in lists and of policies
 * @param environment left out in lists and where there is none
 * @param isDefault left out of templates
 */
public record SavedBody(
    String project,
    String name,
    int version,
    int latest,
    String description,
    Instant savedAt,
    String savedBy,
    Boolean isDefault,
    String text,
    Map<String, String> files,
    String environment) {

  static SavedBody summary(SavedItem item) {
    return of(item, null, null, null);
  }

  static SavedBody whole(SavedItem item) {
    Map<String, String> files = item.source().files();
    return of(
        item,
        item.source().text(),
        files.isEmpty() ? null : files,
        item.environment().isEmpty() ? null : item.environment());
  }

  private static SavedBody of(
      SavedItem item, String text, Map<String, String> files, String environment) {
    return new SavedBody(
        item.project().toString(),
        item.name(),
        item.version(),
        item.latest(),
        item.description(),
        item.savedAt(),
        item.savedBy(),
        switch (item.kind()) {
          case POLICY -> item.isDefault();
          case TEMPLATE -> null;
        },
        text,
        files,
        environment);
  }
}
