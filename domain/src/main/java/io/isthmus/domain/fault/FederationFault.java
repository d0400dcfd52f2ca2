package io.isthmus.domain.fault;

import io.isthmus.domain.language.Phrase;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Objects;

/**
 * The one exception that carries a failure to a caller. Its message never holds a token, a password
 * or a hidden parameter.
 */
public class FederationFault extends RuntimeException {

  /** In the details, whole seconds after which asking again makes sense, where that is known. */
  public static final String RETRY_AFTER = "retryAfter";

  private static final long serialVersionUID = 1L;

  private final FaultCode code;
  private final transient Phrase phrase;
  private final transient List<Violation> violations;
  private final transient JsonObject details;

  public FederationFault(FaultCode code, Phrase phrase) {
    this(code, phrase, List.of(), JsonValue.EMPTY_JSON_OBJECT, null);
  }

  public FederationFault(FaultCode code, Phrase phrase, List<Violation> violations) {
    this(code, phrase, violations, JsonValue.EMPTY_JSON_OBJECT, null);
  }

  /**
   * @param details data for programs beside the words: {@code cloud}, {@code call}, {@code status},
   *     {@code rejections}, …
   */
  public FederationFault(
      FaultCode code,
      Phrase phrase,
      List<Violation> violations,
      JsonObject details,
      Throwable cause) {
    super(Objects.requireNonNull(phrase).toString(), cause);
    this.code = Objects.requireNonNull(code);
    this.phrase = phrase;
    this.violations = List.copyOf(violations);
    this.details = details;
  }

  /** What does not exist and what the caller may not see are the same. */
  public static FederationFault notFound(String kind, String id) {
    return new FederationFault(FaultCode.NOT_FOUND, Phrase.of("fault.not-found", kind, id));
  }

  /** What was asked cannot be done because of one field. */
  public static FederationFault invalid(String field, Phrase phrase) {
    return new FederationFault(
        FaultCode.REQUEST_INVALID, phrase, List.of(Violation.at(field, phrase)));
  }

  /** The same, with what to do instead. */
  public static FederationFault invalid(String field, Phrase phrase, Phrase remedy) {
    return new FederationFault(
        FaultCode.REQUEST_INVALID, phrase, List.of(Violation.at(field, phrase, remedy)));
  }

  public FaultCode code() {
    return code;
  }

  public Phrase phrase() {
    return phrase;
  }

  public List<Violation> violations() {
    return violations;
  }

  public JsonObject details() {
    return details;
  }
}
