package io.isthmus.domain.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.Credential;
import io.isthmus.domain.cloud.Secret;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.console.ConsoleLog;
import io.isthmus.domain.stack.console.ConsoleLogs;
import io.isthmus.domain.stack.console.ServerConsole;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.tenant.ProjectRoles;
import io.isthmus.domain.tenant.Role;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.domain.tenant.TenantStore;
import jakarta.json.JsonValue;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A console is shown to a project's members, as its cloud tells it, and to nobody else. */
class ConsoleLogsTest {

  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Caller ALICE = new Caller("a", "alice", Set.of("acme"), Set.of());
  private static final Caller READER = new Caller("r", "rita", Set.of("acme"), Set.of());
  private static final Caller BOB = new Caller("b", "bob", Set.of("globex"), Set.of());

  private final InMemoryStackStore store = new InMemoryStackStore();
  private final TenantService tenants = new TenantService(new Members());
  private final StackService stacks =
      new StackService(
          store,
          () -> {
            throw new UnsupportedOperationException();
          },
          () -> {
            throw new UnsupportedOperationException();
          },
          tenants,
          wanted -> {},
          new ComputedValues(new Random(1)),
          new RoomToRetry(null, null, () -> null),
          CLOCK);
  private Optional<CloudConnection> connection = Optional.of(connection());
  private ServerConsole console =
      (target, id, lines) ->
          target.connection().cloud()
              + " "
              + target.region()
              + " "
              + id
              + " "
              + lines
              + "\u001b[0m";
  private final ConsoleLogs logs =
      new ConsoleLogs(stacks, tenants, (project, cloud) -> connection, () -> this.console, CLOCK);
  private StackId shop;

  private static CloudConnection connection() {
    return new CloudConnection(
        new io.isthmus.domain.cloud.CloudId("gra"),
        TestStacks.PROJECT,
        URI.create("https://gra.example/v3"),
        "public",
        List.of(),
        Optional.empty(),
        new Credential.ApplicationCredential("id", Secret.of("secret")));
  }

  @BeforeEach
  void fill() {
    Stack stack = TestStacks.stack("shop", NOW, UUID.randomUUID());
    shop = stack.id();
    store.add(
        stack,
        new TestStacks()
            .add("net", TestStacks.NET, "gra")
            .add("tier/web", TestStacks.SERVER, "gra", "net")
            .parts(NOW),
        Phrase.of("stack.requested", "shop", "alice"));
  }

  private void make() {
    StackPart server =
        store.parts(shop).stream()
            .filter(part -> part.type().equals(TestStacks.SERVER))
            .findFirst()
            .orElseThrow();
    PartState made =
        server
            .state()
            .known(Optional.of("s-1"), Optional.empty(), JsonValue.EMPTY_JSON_OBJECT, NOW)
            .in(StackStatus.CREATED, StackHealth.HEALTHY, NOW);
    Lease lease = store.lease("one", NOW.plusSeconds(1), Duration.ofSeconds(9)).orElseThrow();
    store.write(
        lease, new StackChange(Optional.empty(), List.of(server.with(made)), List.of()), NOW);
  }

  private FaultCode refused(String resource, int lines, Caller caller) {
    return catchThrowableOfType(
            FederationFault.class, () -> logs.read(shop, resource, lines, caller))
        .code();
  }

  @Test
  void readsItFromTheServersCloudWithoutEscapes() {
    make();
    ConsoleLog log = logs.read(shop, "tier/web", 50, ALICE);

    assertThat(log.text()).isEqualTo("gra R1 s-1 50");
    assertThat(log.physicalId()).isEqualTo("s-1");
    assertThat(log.readAt()).isEqualTo(NOW);
  }

  @Test
  void isNotForOthersNorForThoseWhoMayOnlyLook() {
    make();
    assertThat(refused("tier/web", 50, BOB)).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(refused("tier/web", 50, READER)).isEqualTo(FaultCode.FORBIDDEN);
  }

  @Test
  void saysWhyThereIsNone() {
    assertThat(refused("tier/web", 50, ALICE)).as("not made yet").isEqualTo(FaultCode.CONFLICT);
    make();
    assertThat(refused("net", 50, ALICE)).as("no server").isEqualTo(FaultCode.CONFLICT);
    assertThat(refused("web", 50, ALICE)).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(refused("tier/web", 0, ALICE)).isEqualTo(FaultCode.REQUEST_INVALID);
    assertThat(refused("tier/web", 1001, ALICE)).isEqualTo(FaultCode.REQUEST_INVALID);
    connection = Optional.empty();
    assertThat(refused("tier/web", 50, ALICE)).as("no access").isEqualTo(FaultCode.CONFLICT);
  }

  @Test
  void tellsWhatTheCloudSays() {
    make();
    console =
        (target, id, lines) -> {
          throw new FederationFault(FaultCode.CLOUD_UNAVAILABLE, Phrase.verbatim("away"));
        };
    assertThat(refused("tier/web", 50, ALICE)).isEqualTo(FaultCode.CLOUD_UNAVAILABLE);
  }

  private static final class Members implements TenantStore {
    @Override
    public List<ProjectRoles> projectsOf(Caller caller) {
      Role role = caller.equals(READER) ? Role.READER : Role.MEMBER;
      return caller.organizations().stream()
          .map(name -> new ProjectRoles(new ProjectId(name, "demo"), Set.of(role)))
          .toList();
    }

    @Override
    public List<ProjectId> projects() {
      return List.of(TestStacks.PROJECT);
    }

    @Override
    public void ensure(ProjectId project) {
      throw new UnsupportedOperationException();
    }
  }
}
