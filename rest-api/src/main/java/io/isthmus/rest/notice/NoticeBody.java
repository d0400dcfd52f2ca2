package io.isthmus.rest.notice;

import io.isthmus.domain.notice.Notice;
import java.util.Locale;

/**
 * Something to know.
 *
 * @param kind {@code stack-done}, {@code stack-failed}, {@code cloud-dark}, {@code cloud-back} or
 *     {@code credential-expires}
 * @param stack absent when it is about a cloud, like its name
 * @param cloud absent when it is about a stack
 * @param seen whether the caller has seen it
 */
public record NoticeBody(
    String kind,
    String at,
    String project,
    String stack,
    String stackName,
    String cloud,
    String text,
    boolean seen) {

  static NoticeBody of(Notice notice, boolean seen, Locale locale) {
    return new NoticeBody(
        notice.kind().text(),
        notice.at().toString(),
        notice.project().toString(),
        notice.stack().map(Object::toString).orElse(null),
        notice.stackName().orElse(null),
        notice.cloud().map(Object::toString).orElse(null),
        notice.phrase().in(locale),
        seen);
  }
}
