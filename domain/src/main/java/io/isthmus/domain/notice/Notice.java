package io.isthmus.domain.notice;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.StackId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Something to know.
 *
 * @param stack what it is about, like {@code cloud}: exactly one of them is there
 * @param stackName empty when it is about a cloud
 */
public record Notice(
    Kind kind,
    Instant at,
    ProjectId project,
    Optional<StackId> stack,
    Optional<String> stackName,
    Optional<CloudId> cloud,
    Phrase phrase) {

  /** What it is about. */
  public enum Kind {
    /** A stack has come where it was wanted. */
    STACK_DONE,
    STACK_FAILED,
    /** A cloud does not answer, or does not let the project in. */
    CLOUD_DARK,
    CLOUD_BACK,
    /** A credential stops working within {@link Notices#EXPIRY_WARNING}. */
    CREDENTIAL_EXPIRES;

    /** {@code stack-done}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Reads {@code stack-done}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Kind parse(String text) {
      return Arrays.stream(values())
          .filter(kind -> kind.text().equals(text))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("not a kind of notice: " + text));
    }
  }
}
