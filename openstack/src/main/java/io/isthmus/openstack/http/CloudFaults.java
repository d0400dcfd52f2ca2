package io.isthmus.openstack.http;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.trace.RequestId;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Makes faults of answers and of their absence.
 *
 * @see "nova/api/openstack/wsgi.py Fault; neutron_lib/exceptions; cinder/exception.py: how each
 *     service words its errors"
 */
public final class CloudFaults {
  private static final int LONGEST_MESSAGE = 500;
  private static final Pattern QUOTA =
      Pattern.compile(
          "quota|limit ?exceeded|maximum number of|over a limit for", Pattern.CASE_INSENSITIVE);
  private static final Pattern FULL =
      Pattern.compile(
          "no valid host|no more ip addresses|ipaddressgenerationfailure|addresses? exhausted"
              + "|externalipaddressexhausted|image storage media is full",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern TOO_LARGE = Pattern.compile("too large", Pattern.CASE_INSENSITIVE);

  /** Control characters too: among them is NUL, which no text in the database may have. */
  private static final Pattern MARKUP = Pattern.compile("<[^>]*>|[\\s\\p{Cntrl}]+");

  private CloudFaults() {}

  /** An answer that is not a success. */
  public static CloudFault refused(CloudId cloud, String call, Answer answer) {
    String message = message(answer);
    FaultCode code = classify(answer.status(), message);
    return new CloudFault(
        code,
        Phrase.of("driver." + code.text(), cloud, call, answer.status(), quoted(message)),
        with(
            details(cloud, call, answer.status(), message, requestId(answer)),
            RetryAfter.of(answer, Clock.systemUTC().instant())),
        answer.status(),
        null);
  }

  /** An answer that should be JSON of a certain shape, and is not. */
  public static CloudFault garbled(CloudId cloud, String call, Answer answer, String expected) {
    String message = expected + "; got: " + plain(answer.text());
    return new CloudFault(
        FaultCode.CLOUD_GARBLED,
        Phrase.of("driver.cloud-garbled", cloud, call, answer.status(), quoted(message)),
        details(cloud, call, answer.status(), message, requestId(answer)),
        0,
        null);
  }

  /** As {@link #garbled(CloudId, String, Answer, String)} when the answer itself is gone. */
  public static CloudFault garbled(CloudId cloud, String call, String expected) {
    return new CloudFault(
        FaultCode.CLOUD_GARBLED,
        Phrase.of("driver.cloud-garbled", cloud, call, 200, quoted(expected)),
        details(cloud, call, 0, expected, Optional.empty()),
        0,
        null);
  }

  /** An image that takes no content; nothing was sent. */
  public static CloudFault notTaken(CloudId cloud, String call, String status) {
    return new CloudFault(
        FaultCode.CONFLICT,
        Phrase.of("driver.image.not-queued", cloud, call, plain(status)),
        details(cloud, call, 0, "not sent: the image is " + plain(status), Optional.empty()),
        // What Glance answers.
        409,
        null);
  }

  /** The cloud does not have something that the call needs, such as an endpoint. */
  public static CloudFault unavailable(CloudId cloud, String call, String why) {
    return without(FaultCode.CLOUD_UNAVAILABLE, cloud, call, other(why), null);
  }

  /**
   * A server or service that failed so often that it is left alone for a while; nothing was sent.
   *
   * @param who its address
   * @param failures how often in a row it failed
   * @param why what the last of these failures was
   * @param status of the last of these answers; 0 when there was none
   * @param until when it is asked again
   */
  public static CloudFault resting(
      CloudId cloud,
      String call,
      String who,
      int failures,
      Phrase why,
      int status,
      Instant now,
      Instant until) {
    return new CloudFault(
        FaultCode.CLOUD_UNAVAILABLE,
        Phrase.of("driver.resting", cloud, call, who, failures, clock(until), why),
        notBefore(cloud, call, status, now, until),
        0,
        null);
  }

  /**
   * A service that asked to be left alone for longer than the call can wait; nothing was sent.
   *
   * @param until when it is asked again
   */
  public static CloudFault wantsRest(CloudId cloud, String call, Instant now, Instant until) {
    return new CloudFault(
        FaultCode.CLOUD_UNAVAILABLE,
        Phrase.of("driver.wants-rest", cloud, call, clock(until)),
        notBefore(cloud, call, 0, now, until),
        0,
        null);
  }

  private static String clock(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC).toLocalTime() + " UTC";
  }

  private static JsonObject notBefore(
      CloudId cloud, String call, int status, Instant now, Instant until) {
    String words = "not asked before " + until.truncatedTo(ChronoUnit.SECONDS);
    return with(
        details(cloud, call, status, words, Optional.empty()),
        Optional.of(Duration.between(now, until)));
  }

  private static JsonObject with(JsonObject details, Optional<Duration> rest) {
    return rest.map(
            time ->
                Json.createObjectBuilder(details)
                    // Rounded up, for a little early is too early.
                    .add(FederationFault.RETRY_AFTER, Math.max(1, time.plusMillis(999).toSeconds()))
                    .build())
        .orElse(details);
  }

  /**
   * An address that must not be spoken to; nothing was sent.
   *
   * @param why in words, with what to do about it in {@code remedy}
   */
  public static FederationFault forbidden(
      CloudId cloud, String call, URI address, Phrase why, Phrase remedy) {
    return new FederationFault(
        FaultCode.CLOUD_INVALID,
        Phrase.of("driver.address-refused", cloud, call, address.getAuthority()),
        List.of(Violation.at("url", why, remedy)),
        details(cloud, call, 0, "not asked: " + address, Optional.empty()),
        null);
  }

  /** The cloud is too old for what is asked. */
  public static CloudFault lacking(CloudId cloud, String call, String what) {
    return new CloudFault(
        FaultCode.CLOUD_REJECTED,
        Phrase.of("driver.lacking", cloud, call, what),
        details(cloud, call, 0, "lacks " + what, Optional.empty()),
        // What Nova answers to a microversion that it does not have.
        406,
        null);
  }

  /** A name that should name one thing, and names none or several. */
  public static CloudFault ambiguous(CloudId cloud, String call, String name, int found) {
    return new CloudFault(
        FaultCode.CLOUD_REJECTED,
        Phrase.of("driver.name-" + (found == 0 ? "unknown" : "ambiguous"), cloud, call, name),
        details(cloud, call, 404, found + " of name " + name, Optional.empty()),
        404,
        null);
  }

  /** No answer before the deadline. */
  public static CloudFault late(CloudId cloud, String call, String why) {
    return without(FaultCode.CLOUD_TIMEOUT, cloud, call, other(why), null);
  }

  /** No answer at all. */
  public static CloudFault broken(CloudId cloud, String call, Throwable failure) {
    FaultCode code = FaultCode.CLOUD_UNAVAILABLE;
    if (failure instanceof AnswerTooLong) {
      code = FaultCode.CLOUD_GARBLED;
    } else if (failure instanceof HttpTimeoutException
        && !(failure instanceof HttpConnectTimeoutException)) {
      code = FaultCode.CLOUD_TIMEOUT;
    }
    return without(code, cloud, call, why(failure), failure);
  }

  private static CloudFault without(
      FaultCode code, CloudId cloud, String call, Phrase why, Throwable cause) {
    return new CloudFault(
        code,
        Phrase.of("driver." + code.text() + "-no-answer", cloud, call, why),
        details(cloud, call, 0, why.toString(), Optional.empty()),
        0,
        cause);
  }

  /** A cloud's words within a sentence of ours, which has a full stop of its own. */
  public static String quoted(String words) {
    return words.strip().replaceFirst("(?<=[^.])\\.$", "");
  }

  /** Whether a cloud's words tell that there is no room. */
  public static boolean saysFull(String words) {
    return FULL.matcher(words).find();
  }

  private static FaultCode classify(int status, String message) {
    if (status / 100 == 4 && saysFull(message)) {
      return FaultCode.CLOUD_FULL;
    }
    if ((status == 403 || status == 409 || status == 413) && QUOTA.matcher(message).find()) {
      return FaultCode.QUOTA_EXCEEDED;
    }
    return switch (status) {
      case 401 -> FaultCode.CLOUD_CREDENTIAL_REJECTED;
      case 409 -> FaultCode.CONFLICT;
      case 408, 504 -> FaultCode.CLOUD_TIMEOUT;
      // Once the answer to calls that come too fast, and Glance's to what is too much for it.
      case 413 ->
          TOO_LARGE.matcher(message).find()
              ? FaultCode.CLOUD_REJECTED
              : FaultCode.CLOUD_UNAVAILABLE;
      case 429 -> FaultCode.CLOUD_UNAVAILABLE;
      default -> {
        if (status >= 500) {
          yield FaultCode.CLOUD_UNAVAILABLE;
        }
        yield status >= 400 ? FaultCode.CLOUD_REJECTED : FaultCode.CLOUD_GARBLED;
      }
    };
  }

  /** What kept a server from serving, when it answered that it cannot. */
  public static Phrase why(Answer answer) {
    return Phrase.of("driver.why.status", answer.status());
  }

  /** What kept a server from answering. */
  public static Phrase why(Throwable failure) {
    if (failure instanceof HttpConnectTimeoutException) {
      return Phrase.of("driver.why.connect-timeout");
    }
    if (failure instanceof UnknownHostException
        || failure instanceof UnresolvedAddressException
        || failure.getCause() instanceof UnresolvedAddressException) {
      return Phrase.of("driver.why.host-unknown");
    }
    if (failure instanceof ConnectException) {
      return Phrase.of("driver.why.refused");
    }
    if (failure instanceof SSLException) {
      return Phrase.of("driver.why.tls", String.valueOf(failure.getMessage()));
    }
    return other(
        failure.getMessage() == null
            ? failure.getClass().getSimpleName()
            : plain(failure.getMessage()));
  }

  /** For words that have no translation. */
  private static Phrase other(String words) {
    return Phrase.of("driver.why.other", quoted(words));
  }

  /** What an error body says, whichever service wrote it; bounded, without markup. */
  static String message(Answer answer) {
    return plain(answer.json().flatMap(CloudFaults::message).orElseGet(answer::text));
  }

  private static Optional<String> message(JsonObject body) {
    // {"NeutronError": {"type","message"}}, {"badRequest": {"message"}}, {"error": {...}},
    // {"NeutronError": "text"}, {"message": "text"}
    for (JsonValue value : body.values()) {
      if (value instanceof JsonObject inner && inner.get("message") instanceof JsonString text) {
        return Optional.of(text.getString());
      }
    }
    for (String key : new String[] {"message", "NeutronError", "faultstring"}) {
      if (body.get(key) instanceof JsonString text) {
        return Optional.of(text.getString());
      }
    }
    return Optional.empty();
  }

  /** A cloud's words, bounded and without markup. */
  public static String words(String text) {
    return quoted(plain(text));
  }

  private static String plain(String text) {
    String words = MARKUP.matcher(text).replaceAll(" ").replaceAll(" +", " ").strip();
    return words.length() > LONGEST_MESSAGE ? words.substring(0, LONGEST_MESSAGE) + "…" : words;
  }

  static Optional<String> requestId(Answer answer) {
    return answer
        .header("x-openstack-request-id")
        .or(() -> answer.header("x-compute-request-id"))
        .map(id -> id.length() > 80 ? id.substring(0, 80) : id);
  }

  private static JsonObject details(
      CloudId cloud, String call, int status, String message, Optional<String> requestId) {
    JsonObjectBuilder details =
        Json.createObjectBuilder().add("cloud", cloud.text()).add("call", call);
    if (status > 0) {
      details.add("status", status);
    }
    details.add("answer", message);
    requestId.ifPresent(id -> details.add("requestId", id));
    RequestId.current().ifPresent(id -> details.add("globalRequestId", id.text()));
    return details.build();
  }
}
