package io.isthmus.rest.problem;

import io.isthmus.domain.fault.FaultCode;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The HTTP status of each fault. */
final class FaultStatus {

  /** Of requests that do not even fit the address or its protocol; HTTP has a status for each. */
  private static final Set<Integer> OTHERS_OF_INVALID_REQUESTS = Set.of(405, 406, 412, 415);

  private FaultStatus() {}

  /** Whether a request that is refused with this status keeps it. */
  static boolean isKept(int status) {
    return OTHERS_OF_INVALID_REQUESTS.contains(status);
  }

  /** Every status that the fault is answered with. */
  static String told(FaultCode code) {
    return Stream.concat(
            Stream.of(of(code)),
            code == FaultCode.REQUEST_INVALID
                ? OTHERS_OF_INVALID_REQUESTS.stream().sorted()
                : Stream.empty())
        .map(Object::toString)
        .collect(Collectors.joining(", "));
  }

  static int of(FaultCode code) {
    return switch (code) {
      case REQUEST_INVALID -> 400;
      case NOT_SIGNED_IN -> 401;
      case FORBIDDEN -> 403;
      case NOT_FOUND -> 404;
      case NAME_TAKEN,
          STALE_PLAN,
          CONFLICT,
          REQUEST_IN_PROGRESS,
          NO_CANDIDATE,
          QUOTA_EXCEEDED,
          BUDGET_EXCEEDED,
          CLOUD_FULL ->
          409;
      case STALE_VERSION -> 412;
      case TOO_LARGE -> 413;
      case PRECONDITION_REQUIRED -> 428;
      case IDEMPOTENCY_KEY_REUSED,
          TEMPLATE_INVALID,
          PARAMETER_INVALID,
          POLICY_INVALID,
          CLOUD_INVALID,
          SEARCH_TOO_WIDE ->
          422;
      case TOO_MANY -> 429;
      case CLOUD_REJECTED, CLOUD_CREDENTIAL_REJECTED, CLOUD_GARBLED, SOURCE_REJECTED -> 502;
      case CLOUD_UNAVAILABLE, SOURCE_UNAVAILABLE, IDENTITY_UNAVAILABLE, AUDIT_UNAVAILABLE -> 503;
      case CLOUD_TIMEOUT -> 504;
      case UNEXPECTED -> 500;
    };
  }
}
