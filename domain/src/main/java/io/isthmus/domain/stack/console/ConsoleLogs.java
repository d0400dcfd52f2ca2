package io.isthmus.domain.stack.console;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudConnections;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackService;
import io.isthmus.domain.stack.StackView;
import io.isthmus.domain.stack.Target;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * Shows what a server wrote to its console. It is asked for by name each time and kept nowhere,
 * because a console can show what nobody meant to show. No transaction is held while the cloud is
 * called.
 */
@ApplicationScoped
public class ConsoleLogs {

  /** Most lines in one answer. */
  public static final int MOST_LINES = 1000;

  private static final String SERVER = "OS::Nova::Server";

  private StackService stacks;
  private TenantService tenants;
  private CloudConnections connections;
  private Supplier<ServerConsole> console;
  private Clock clock;

  @Inject
  ConsoleLogs(
      StackService stacks,
      TenantService tenants,
      CloudConnections connections,
      Instance<ServerConsole> console) {
    this(stacks, tenants, connections, console::get, Clock.systemUTC());
  }

  public ConsoleLogs(
      StackService stacks,
      TenantService tenants,
      CloudConnections connections,
      Supplier<ServerConsole> console,
      Clock clock) {
    this.stacks = stacks;
    this.tenants = tenants;
    this.connections = connections;
    this.console = console;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected ConsoleLogs() {}

  /**
   * Reads the console of a stack's server from its cloud.
   *
   * @param resource path of the server in the template, such as {@code web/0}
   * @param lines most of them, 1 to {@link #MOST_LINES}
   * @throws FederationFault NOT_FOUND for a stack of others, or a resource that the stack has not;
   *     FORBIDDEN for who may only look; CONFLICT when it is no server, is not made yet, or its
   *     cloud is not open to the project any more; REQUEST_INVALID; what the cloud answers
   */
  @Audited(action = "read", target = "console-log")
  public ConsoleLog read(StackId id, String resource, int lines, Caller caller) {
    StackView stack = stacks.require(id, caller);
    tenants.requireMember(caller, stack.project());
    if (lines < 1 || lines > MOST_LINES) {
      Phrase phrase = Phrase.of("stack.console-lines", lines, MOST_LINES);
      throw new FederationFault(
          FaultCode.REQUEST_INVALID, phrase, List.of(Violation.at("lines", phrase)));
    }
    PartView server =
        stacks.parts(id, caller).stream()
            .filter(part -> part.id().resource().equals(resource))
            .findFirst()
            .orElseThrow(() -> FederationFault.notFound("resource", resource));
    if (!server.type().equals(SERVER)) {
      throw conflict(Phrase.of("stack.console-of-server", resource, server.type()));
    }
    String physicalId =
        server
            .physicalId()
            .orElseThrow(() -> conflict(Phrase.of("stack.console-not-made", resource)));
    CloudConnection connection =
        connections
            .find(stack.project(), server.id().cloud())
            .orElseThrow(() -> conflict(Phrase.of("stack.no-access", server.id().cloud())));
    String written =
        console.get().log(new Target(connection, server.id().region()), physicalId, lines);
    return new ConsoleLog(server.id(), physicalId, ConsoleText.plain(written), clock.instant());
  }

  private static FederationFault conflict(Phrase phrase) {
    return new FederationFault(FaultCode.CONFLICT, phrase);
  }
}
