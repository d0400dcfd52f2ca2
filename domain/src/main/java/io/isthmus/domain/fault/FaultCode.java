package io.isthmus.domain.fault;

import java.util.Locale;

/**
 * Every failure that a caller can be told about. The text form, in dashes, is stable: clients match
 * on it.
 */
public enum FaultCode {
  TEMPLATE_INVALID(FaultKind.USER),
  PARAMETER_INVALID(FaultKind.USER),
  POLICY_INVALID(FaultKind.USER),
  REQUEST_INVALID(FaultKind.USER),
  CLOUD_INVALID(FaultKind.USER),
  NOT_SIGNED_IN(FaultKind.USER),
  FORBIDDEN(FaultKind.USER),
  NOT_FOUND(FaultKind.USER),
  NAME_TAKEN(FaultKind.USER),
  STALE_PLAN(FaultKind.USER),
  STALE_VERSION(FaultKind.USER),
  CONFLICT(FaultKind.USER),
  /** A change must say which version it is a change of. */
  PRECONDITION_REQUIRED(FaultKind.USER),
  /** The key of an idempotent request names another request already. */
  IDEMPOTENCY_KEY_REUSED(FaultKind.USER),
  /** The same idempotent request is being served. */
  REQUEST_IN_PROGRESS(FaultKind.USER),
  TOO_LARGE(FaultKind.USER),
  /** The caller has more of something at once than one may. */
  TOO_MANY(FaultKind.USER),
  /** A search that takes too long; a narrower one will do. */
  SEARCH_TOO_WIDE(FaultKind.USER),
  NO_CANDIDATE(FaultKind.INSUFFICIENT_RESOURCES),
  QUOTA_EXCEEDED(FaultKind.INSUFFICIENT_RESOURCES),
  /** The cloud has no room (no valid host, over its quota); another place may have. */
  CLOUD_FULL(FaultKind.INSUFFICIENT_RESOURCES),
  /** The cloud could not be reached or answered that it cannot serve now; the effect is unknown. */
  CLOUD_UNAVAILABLE(FaultKind.EXTERNAL),
  CLOUD_TIMEOUT(FaultKind.EXTERNAL),
  /** The cloud understood and refused; the same call is refused again. */
  CLOUD_REJECTED(FaultKind.EXTERNAL),
  CLOUD_CREDENTIAL_REJECTED(FaultKind.EXTERNAL),
  /** The cloud answered something that is not OpenStack. */
  CLOUD_GARBLED(FaultKind.EXTERNAL),
  /** The identity provider does not answer, so that nobody can be let in. */
  IDENTITY_UNAVAILABLE(FaultKind.EXTERNAL),
  UNEXPECTED(FaultKind.INTERNAL);

  private final FaultKind kind;

  FaultCode(FaultKind kind) {
    this.kind = kind;
  }

  public FaultKind kind() {
    return kind;
  }

  /** The stable text form, such as {@code template-invalid}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
