package io.isthmus.sandbox.weather;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.isthmus.sandbox.http.Service;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * One kind of bad weather and the calls that it falls on; a condition left out matches all.
 *
 * @param service path of the service: identity, compute, network, image, volume or load-balancer
 * @param region name of a region
 * @param method HTTP method
 * @param path regular expression found in the request's path
 * @param latencyMs added to each call, milliseconds
 * @param jitterMs up to so much more, evenly spread, milliseconds
 * @param errorRate share of calls, 0 to 1, that fail before they have an effect
 * @param errorStatus status of those failures, 500 unless said
 * @param retryAfter seconds told in {@code Retry-After} with each refusal; 0 tells none
 * @param perSecond calls allowed in a second; 0 does not limit
 * @param burst calls allowed at once, {@code perSecond} unless said
 * @param loseRate share of calls, 0 to 1, whose effect happens and whose answer is lost
 * @param outage {@code refuse}, {@code unavailable}, {@code hang}, or {@code dark}: as {@code
 *     refuse}, and its servers are heard no more either
 * @param answer {@code html} or {@code garbage}: something in front of the service answers so, with
 *     {@code errorStatus} or else 200, and the service is not asked
 * @param exhausted {@code capacity}: no zone has room for one more server; {@code quota}: the
 *     limits of all projects are 0
 * @param certificate {@code expired}: the cloud, which must speak TLS, shows a certificate whose
 *     time is over
 * @param content what becomes of an image's content on its way in: {@code corrupted} (one byte
 *     differs), {@code truncated} (half of it is taken for the whole) or {@code broken} (the
 *     connection ends in its middle)
 * @param times ends the rule after it fell on so many calls; 0 never ends it
 */
public record Rule(
    String service,
    String region,
    String method,
    String path,
    @JsonProperty("latency_ms") int latencyMs,
    @JsonProperty("jitter_ms") int jitterMs,
    @JsonProperty("error_rate") double errorRate,
    @JsonProperty("error_status") int errorStatus,
    @JsonProperty("retry_after") int retryAfter,
    @JsonProperty("per_second") double perSecond,
    int burst,
    @JsonProperty("lose_rate") double loseRate,
    String outage,
    String answer,
    String exhausted,
    String certificate,
    String content,
    int times) {

  private static final List<String> OUTAGES = List.of("refuse", "unavailable", "hang", "dark");
  private static final List<String> ANSWERS = List.of("html", "garbage");
  private static final List<String> EXHAUSTIONS = List.of("capacity", "quota");
  private static final List<String> CERTIFICATES = List.of("expired");

  private static final List<String> CONTENTS = List.of("corrupted", "truncated", "broken");

  /** What is wrong with the rule, empty when nothing is. */
  public List<String> mistakes() {
    List<String> mistakes = new ArrayList<>();
    if (service != null && byPath(service) == null) {
      mistakes.add(
          "service '"
              + service
              + "' is none of "
              + Arrays.stream(Service.values())
                  .map(Service::path)
                  .collect(Collectors.joining(", ")));
    }
    if (path != null) {
      try {
        Pattern.compile(path);
      } catch (PatternSyntaxException wrong) {
        mistakes.add("path is no regular expression: " + wrong.getDescription());
      }
    }
    share(errorRate, "error_rate", mistakes);
    share(loseRate, "lose_rate", mistakes);
    if (latencyMs < 0
        || jitterMs < 0
        || perSecond < 0
        || burst < 0
        || times < 0
        || retryAfter < 0) {
      mistakes.add("numbers must not be negative");
    }
    if (errorStatus != 0 && (errorStatus < 400 || errorStatus > 599)) {
      mistakes.add("error_status must lie between 400 and 599");
    }
    oneOf(OUTAGES, outage, "outage", mistakes);
    oneOf(ANSWERS, answer, "answer", mistakes);
    oneOf(EXHAUSTIONS, exhausted, "exhausted", mistakes);
    oneOf(CERTIFICATES, certificate, "certificate", mistakes);
    oneOf(CONTENTS, content, "content", mistakes);
    if (exhausted != null && (method != null || path != null || times != 0)) {
      mistakes.add("what is exhausted is so for all calls: leave method, path and times out");
    }
    if (("refuse".equals(outage) || "dark".equals(outage)) && !wholeCloud()) {
      mistakes.add(
          "outage '"
              + outage
              + "' closes the cloud's one port: leave service, region, method and path out");
    }
    if (certificate != null && (!wholeCloud() || times != 0)) {
      mistakes.add(
          "a certificate is the cloud's one port's: leave service, region, method, path and times out");
    }
    return mistakes;
  }

  private boolean wholeCloud() {
    return service == null && region == null && method == null && path == null;
  }

  boolean matches(Service of, String inRegion, String withMethod, String onPath) {
    return (service == null || byPath(service) == of)
        && (region == null || region.equals(inRegion))
        && (method == null || method.equalsIgnoreCase(withMethod))
        && (path == null || Pattern.compile(path).matcher(onPath).find());
  }

  /** Whether there is none left of something; not asked call by call. */
  boolean exhausts(String what, Service of, String inRegion) {
    return what.equals(exhausted)
        && (service == null || byPath(service) == of)
        && (region == null || region.equals(inRegion));
  }

  private static void oneOf(List<String> known, String value, String name, List<String> mistakes) {
    if (value != null && !known.contains(value)) {
      mistakes.add(name + " '" + value + "' is none of " + String.join(", ", known));
    }
  }

  private static void share(double value, String name, List<String> mistakes) {
    if (value < 0 || value > 1) {
      mistakes.add(name + " must lie between 0 and 1");
    }
  }

  private static Service byPath(String path) {
    for (Service service : Service.values()) {
      if (service.path().equals(path.toLowerCase(Locale.ROOT))) {
        return service;
      }
    }
    return null;
  }
}
