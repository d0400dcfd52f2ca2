package io.isthmus.openstack.http;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.trace.RequestId;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes a line of JSON for each call to a cloud to the log {@code io.isthmus.openstack.calls}:
 * what succeeded at level FINE, the rest at INFO. Neither query nor bodies are in it.
 */
public final class CallLog {

  private static final Logger LOG = Logger.getLogger("io.isthmus.openstack.calls");

  private CallLog() {}

  /** A call that was answered. */
  public static void answered(
      CloudId cloud, String call, RequestId id, Answer answer, Duration took) {
    Level level = answer.isSuccess() || answer.status() == 404 ? Level.FINE : Level.INFO;
    if (LOG.isLoggable(level)) {
      JsonObjectBuilder line = line(cloud, call, id, took).add("status", answer.status());
      Optional<String> theirs = CloudFaults.requestId(answer);
      theirs.ifPresent(text -> line.add("cloud_request_id", text));
      LOG.log(level, line.build().toString());
    }
  }

  /** A call that was not answered. */
  public static void failed(
      CloudId cloud, String call, RequestId id, Throwable why, Duration took) {
    if (LOG.isLoggable(Level.INFO)) {
      LOG.info(line(cloud, call, id, took).add("failure", String.valueOf(why)).build().toString());
    }
  }

  private static JsonObjectBuilder line(CloudId cloud, String call, RequestId id, Duration took) {
    return Json.createObjectBuilder()
        .add("request_id", id.text())
        .add("cloud", cloud.text())
        .add("call", call)
        .add("milliseconds", took.toMillis());
  }
}
