package io.isthmus.openstack.inventory;

import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.ConnectionCheck;
import io.isthmus.domain.cloud.ConnectionCheck.Result;
import io.isthmus.domain.cloud.Service;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.openstack.conversation.CloudSession;
import io.isthmus.openstack.http.Answer;
import io.isthmus.openstack.http.Deadline;
import io.isthmus.openstack.keystone.ServiceType;
import jakarta.json.JsonObject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** Tries one connection, step by step, until a step makes the rest pointless. */
final class ConnectionTest {
  private static final List<String> STEPS =
      List.of(
          "name",
          "address",
          "tls",
          "identity",
          "credential",
          "role",
          "catalog",
          "services",
          "permissions");

  private final CloudConnection connection;
  private final CloudSession session;
  private final BiFunction<CloudSession, List<String>, Map<String, Map<String, Service>>> services;
  private final Consumer<ConnectionCheck> told;
  private final Clock clock;
  private final List<ConnectionCheck> checks = new ArrayList<>();
  private Instant since;

  ConnectionTest(
      CloudConnection connection,
      CloudSession session,
      BiFunction<CloudSession, List<String>, Map<String, Map<String, Service>>> services,
      Consumer<ConnectionCheck> told,
      Clock clock) {
    this.connection = connection;
    this.session = session;
    this.services = services;
    this.told = told;
    this.clock = clock;
    this.since = clock.instant();
  }

  List<ConnectionCheck> run() {
    if (!nameIsKnown() || !keystoneAnswers() || !credentialIsAccepted()) {
      skipTheRest();
      return checks;
    }
    rolesSuffice();
    List<String> regions = regions();
    if (regions.isEmpty()) {
      skipTheRest();
    } else {
      servicesAnswer(regions);
    }
    return checks;
  }

  private void skipTheRest() {
    String last = checks.get(checks.size() - 1).step();
    STEPS.subList(STEPS.indexOf(last) + 1, STEPS.size()).forEach(this::skipped);
  }

  private boolean nameIsKnown() {
    String host = connection.authUrl().getHost();
    if (isAddress(host)) {
      passed("name", Phrase.of("driver.check.name-is-address", host));
      return true;
    }
    try {
      // The JVM remembers the answer for whoever connects next.
      String addresses =
          Arrays.stream(InetAddress.getAllByName(host))
              .map(InetAddress::getHostAddress)
              .distinct()
              .collect(Collectors.joining(", "));
      passed("name", Phrase.of("driver.check.name", host, addresses));
      return true;
    } catch (UnknownHostException e) {
      failed("name", Phrase.of("driver.check.name-unknown", host));
      return false;
    }
  }

  /** Whether it is an IP address, for which no name server is asked. */
  private static boolean isAddress(String host) {
    return host.startsWith("[") || host.matches("[0-9]+(\\.[0-9]+){3}");
  }

  private boolean keystoneAnswers() {
    String url = session.identityUrl();
    Answer answer;
    try {
      answer = session.look(url, session.deadline());
    } catch (FederationFault fault) {
      boolean tls = hasCause(fault, SSLException.class);
      if (tls) {
        passed("address", Phrase.of("driver.check.address", connection.authUrl()));
      }
      failed(tls ? "tls" : "address", fault.phrase());
      return false;
    }
    passed("address", Phrase.of("driver.check.address", connection.authUrl()));
    if ("https".equals(connection.authUrl().getScheme())) {
      passed("tls", Phrase.of("driver.check.tls"));
    } else {
      add(
          "tls",
          Result.WARNING,
          Phrase.of("driver.check.tls-plain", connection.authUrl().getHost()));
    }
    Optional<String> version =
        answer
            .json()
            .map(body -> body.get("version"))
            .filter(JsonObject.class::isInstance)
            .map(found -> found.asJsonObject().getString("id", ""))
            .filter(id -> id.startsWith("v3"));
    if (version.isEmpty()) {
      failed("identity", Phrase.of("driver.check.not-keystone", connection.authUrl()));
      return false;
    }
    passed("identity", Phrase.of("driver.check.identity", version.get()));
    return true;
  }

  private static boolean hasCause(Throwable failure, Class<?> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private boolean credentialIsAccepted() {
    try {
      passed(
          "credential",
          Phrase.of("driver.check.credential", session.projectId(session.deadline())));
      return true;
    } catch (FederationFault fault) {
      failed("credential", fault.phrase());
      return false;
    }
  }

  /**
   * Policies are each cloud's own; but where only the default roles are held, OpenStack's default
   * policies tell what they allow.
   *
   * @see "Keystone: Default Roles; OpenStack's consistent and secure RBAC"
   */
  private void rolesSuffice() {
    List<String> roles = session.roles(session.deadline());
    String held = String.join(", ", roles);
    if (roles.contains("member") || roles.contains("admin")) {
      passed("role", Phrase.of("driver.check.role", held));
    } else if (roles.equals(List.of("reader"))) {
      failed("role", Phrase.of("driver.check.role-reader"));
    } else {
      add(
          "role",
          Result.WARNING,
          roles.isEmpty()
              ? Phrase.of("driver.check.role-untold")
              : Phrase.of("driver.check.role-own", held));
    }
  }

  private List<String> regions() {
    Deadline deadline = session.deadline();
    List<String> offered = session.catalog(deadline).regions(connection.endpointInterface());
    if (offered.isEmpty()) {
      failed("catalog", Phrase.of("driver.check.empty-catalog", connection.endpointInterface()));
      return List.of();
    }
    String all = String.join(", ", offered);
    List<String> wanted = session.regions(deadline);
    List<String> missing = wanted.stream().filter(region -> !offered.contains(region)).toList();
    missing.forEach(region -> failed("catalog", Phrase.of("driver.check.no-region", region, all)));
    if (missing.isEmpty()) {
      passed("catalog", Phrase.of("driver.check.catalog", String.join(", ", wanted)));
    }
    return wanted.stream().filter(offered::contains).toList();
  }

  private void servicesAnswer(List<String> regions) {
    Map<String, Map<String, Service>> found;
    try {
      found = services.apply(session, regions);
    } catch (FederationFault fault) {
      failed("services", fault.phrase());
      skipTheRest();
      return;
    }
    for (String region : regions) {
      Map<String, Service> here = found.get(region);
      for (ServiceType type : ServiceType.values()) {
        Service service = here.get(type.official());
        String step = type.official() + "@" + region;
        if (service == null) {
          add(
              step,
              type.isNeeded() ? Result.FAILED : Result.WARNING,
              Phrase.of("driver.check.service-missing", type.official()));
        } else if (service.problem().isPresent()) {
          failed(step, service.problem().get());
          permissions(type).forEach(permission -> skipped(permission.word() + "@" + region));
        } else {
          passed(step, answers(service));
          isAllowed(type, region);
        }
      }
    }
  }

  private void isAllowed(ServiceType type, String region) {
    for (Permission permission : permissions(type)) {
      String step = permission.word() + "@" + region;
      try {
        session.send(permission.call(region), session.deadline());
        passed(step, Phrase.of("driver.check.permission"));
      } catch (FederationFault fault) {
        failed(step, fault.phrase());
      }
    }
  }

  private static List<Permission> permissions(ServiceType type) {
    return Arrays.stream(Permission.values())
        .filter(permission -> permission.service() == type)
        .toList();
  }

  private static Phrase answers(Service service) {
    return service
        .version()
        .map(version -> Phrase.of("driver.check.service", service.type(), version))
        .orElseGet(() -> Phrase.of("driver.check.service-plain", service.type()));
  }

  private void passed(String step, Phrase outcome) {
    add(step, Result.PASSED, outcome);
  }

  private void skipped(String step) {
    add(step, Result.SKIPPED, Phrase.of("driver.check.skipped"));
  }

  private void failed(String step, Phrase outcome) {
    add(step, Result.FAILED, outcome);
  }

  private void add(String step, Result result, Phrase outcome) {
    Instant now = clock.instant();
    // What was not tried took no time, however long it took to say so.
    Duration took = result == Result.SKIPPED ? Duration.ZERO : Duration.between(since, now);
    ConnectionCheck check = new ConnectionCheck(step, result, outcome, took);
    since = now;
    checks.add(check);
    told.accept(check);
  }
}
