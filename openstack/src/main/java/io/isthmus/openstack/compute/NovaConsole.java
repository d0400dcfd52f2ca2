package io.isthmus.openstack.compute;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.Target;
import io.isthmus.domain.stack.console.ServerConsole;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.CloudSession;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.http.Answer;
import io.isthmus.openstack.http.CloudFaults;
import io.isthmus.openstack.http.Deadline;
import io.isthmus.openstack.keystone.ServiceType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks Nova for a server's console.
 *
 * @see "OpenStack Compute API, servers, run an action: show console output (os-getConsoleOutput)"
 */
@ApplicationScoped
@Transactional(Transactional.TxType.NEVER)
public class NovaConsole implements ServerConsole {

  /** Somebody waits for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Characters; Nova bounds lines, and a line has no end of its own. */
  private static final int LONGEST = 256 * 1024;

  private Clouds clouds;
  private int longest;

  /** For the container's proxy. */
  protected NovaConsole() {}

  @Inject
  public NovaConsole(Clouds clouds) {
    this(clouds, LONGEST);
  }

  NovaConsole(Clouds clouds, int longest) {
    this.clouds = clouds;
    this.longest = longest;
  }

  @Override
  public String log(Target target, String physicalId, int lines) {
    CloudSession session = clouds.session(target.connection());
    JsonObject action =
        Json.createObjectBuilder()
            .add("os-getConsoleOutput", Json.createObjectBuilder().add("length", lines))
            .build();
    Call call =
        Call.post(
            ServiceType.COMPUTE, target.region(), "/servers/" + physicalId + "/action", action);
    Answer answer = session.send(call, Deadline.in(PATIENCE));
    String output =
        answer
            .json()
            .map(body -> body.get("output"))
            .flatMap(NovaConsole::text)
            .orElseThrow(
                () ->
                    CloudFaults.garbled(
                        session.cloud(),
                        "POST compute/servers/" + physicalId + "/action",
                        answer,
                        "expected \"output\""));
    return output.length() <= longest ? output : output.substring(output.length() - longest);
  }

  private static Optional<String> text(Object value) {
    return value instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
  }
}
