package io.isthmus.domain.fault;

import java.util.Locale;

/**
 * Every failure that a caller can be told about. The text form, in dashes, is stable: clients match
 * on it.
 */
public enum FaultCode {
  TEMPLATE_INVALID(FaultKind.USER, Repeat.FAILS_AGAIN),
  PARAMETER_INVALID(FaultKind.USER, Repeat.FAILS_AGAIN),
  POLICY_INVALID(FaultKind.USER, Repeat.FAILS_AGAIN),
  REQUEST_INVALID(FaultKind.USER, Repeat.FAILS_AGAIN),
  CLOUD_INVALID(FaultKind.USER, Repeat.FAILS_AGAIN),
  NOT_SIGNED_IN(FaultKind.USER, Repeat.FAILS_AGAIN),
  FORBIDDEN(FaultKind.USER, Repeat.AFTER_CHANGE),
  NOT_FOUND(FaultKind.USER, Repeat.FAILS_AGAIN),
  NAME_TAKEN(FaultKind.USER, Repeat.AFTER_CHANGE),
  STALE_PLAN(FaultKind.USER, Repeat.FAILS_AGAIN),
  STALE_VERSION(FaultKind.USER, Repeat.FAILS_AGAIN),
  CONFLICT(FaultKind.USER, Repeat.AFTER_CHANGE),
  /** A change must say which version it is a change of. */
  PRECONDITION_REQUIRED(FaultKind.USER, Repeat.FAILS_AGAIN),
  /** The key of an idempotent request names another request already. */
  IDEMPOTENCY_KEY_REUSED(FaultKind.USER, Repeat.FAILS_AGAIN),
  /** The same idempotent request is being served. */
  REQUEST_IN_PROGRESS(FaultKind.USER, Repeat.MAY_HELP),
  TOO_LARGE(FaultKind.USER, Repeat.FAILS_AGAIN),
  /** The caller has more of something at once than one may. */
  TOO_MANY(FaultKind.USER, Repeat.MAY_HELP),
  /** A search that takes too long; a narrower one will do. */
  SEARCH_TOO_WIDE(FaultKind.USER, Repeat.FAILS_AGAIN),
  NO_CANDIDATE(FaultKind.INSUFFICIENT_RESOURCES, Repeat.AFTER_CHANGE),
  QUOTA_EXCEEDED(FaultKind.INSUFFICIENT_RESOURCES, Repeat.AFTER_CHANGE),
  /** A project would spend more than its budget lets it. */
  BUDGET_EXCEEDED(FaultKind.INSUFFICIENT_RESOURCES, Repeat.AFTER_CHANGE),
  /** The cloud has no room (no valid host, over its quota); another place may have. */
  CLOUD_FULL(FaultKind.INSUFFICIENT_RESOURCES, Repeat.MAY_HELP),
  /** The cloud could not be reached or answered that it cannot serve now; the effect is unknown. */
  CLOUD_UNAVAILABLE(FaultKind.EXTERNAL, Repeat.MAY_HELP),
  CLOUD_TIMEOUT(FaultKind.EXTERNAL, Repeat.MAY_HELP),
  /** The cloud understood and refused; the same call is refused again. */
  CLOUD_REJECTED(FaultKind.EXTERNAL, Repeat.FAILS_AGAIN),
  CLOUD_CREDENTIAL_REJECTED(FaultKind.EXTERNAL, Repeat.AFTER_CHANGE),
  /** The cloud answered something that is not OpenStack. */
  CLOUD_GARBLED(FaultKind.EXTERNAL, Repeat.MAY_HELP),
  /** What stands at an address that somebody gave cannot be had now. */
  SOURCE_UNAVAILABLE(FaultKind.EXTERNAL, Repeat.MAY_HELP),
  /** What stands there, if anything, is not what was asked for. */
  SOURCE_REJECTED(FaultKind.EXTERNAL, Repeat.AFTER_CHANGE),
  /** The identity provider does not answer, so that nobody can be let in. */
  IDENTITY_UNAVAILABLE(FaultKind.EXTERNAL, Repeat.MAY_HELP),
  /** What was asked cannot be recorded, so that it is not done. */
  AUDIT_UNAVAILABLE(FaultKind.INTERNAL, Repeat.MAY_HELP),
  UNEXPECTED(FaultKind.INTERNAL, Repeat.MAY_HELP);

  /** What becomes of the same request when it is made again, unchanged. */
  public enum Repeat {
    FAILS_AGAIN,
    /** It fails until something beside it is different, such as what is in use. */
    AFTER_CHANGE,
    /** A little later it may be served. */
    MAY_HELP
  }

  private final FaultKind kind;
  private final Repeat repeat;

  FaultCode(FaultKind kind, Repeat repeat) {
    this.kind = kind;
    this.repeat = repeat;
  }

  public FaultKind kind() {
    return kind;
  }

  public Repeat repeat() {
    return repeat;
  }

  /** The stable text form, such as {@code template-invalid}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
