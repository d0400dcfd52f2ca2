package io.isthmus.rest.image;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.image.ImageCopy;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * Where an image is, or is to come.
 *
 * @param account the OpenStack project
 * @param glanceId absent before it is registered
 * @param made whether it was made by Isthmus; else it was found there
 * @param way how its content went; absent before, and when it was found there
 * @param trouble the last thing that went wrong; absent when nothing did
 * @param checkedAt when the cloud told its digest last, and it was the right one
 */
public record CopyBody(
    UUID id,
    String cloud,
    String account,
    String region,
    String state,
    String glanceId,
    boolean made,
    String way,
    long sent,
    String trouble,
    String troubleCode,
    Instant createdAt,
    Instant changedAt,
    Instant checkedAt,
    Instant lastUsed) {

  static CopyBody of(ImageCopy copy, Locale locale) {
    return new CopyBody(
        copy.id(),
        copy.account().cloud().text(),
        copy.account().id(),
        copy.region(),
        lower(copy.state()),
        copy.glanceId().orElse(null),
        copy.made(),
        copy.way().map(CopyBody::lower).orElse(null),
        copy.sent(),
        copy.trouble().map(phrase -> phrase.in(locale)).orElse(null),
        copy.code().map(FaultCode::text).orElse(null),
        copy.createdAt(),
        copy.changedAt(),
        copy.checkedAt().orElse(null),
        copy.lastUsed());
  }

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
