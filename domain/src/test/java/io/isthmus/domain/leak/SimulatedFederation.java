package io.isthmus.domain.leak;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditLog;
import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.cloud.CloudAccess;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudConnections;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Credential;
import io.isthmus.domain.cloud.Secret;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.Target;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** One project's two clouds, of one region each, and what is known of them; all in memory. */
final class SimulatedFederation {
  static final ProjectId PROJECT = ProjectId.parse("acme/demo");
  static final List<CloudId> CLOUDS = List.of(new CloudId("gra"), new CloudId("bhs"));
  static final String REGION = "R";
  static final List<String> TYPES =
      List.of(Knowledge.SERVER, Knowledge.PORT, "OS::Cinder::Volume", "OS::Nova::KeyPair");

  final Map<CloudId, Map<String, MarkedThing>> there = new HashMap<>();
  final List<KnownPart> parts = new ArrayList<>();
  final Set<StackId> stacks = new HashSet<>();
  final Set<StackId> busy = new HashSet<>();
  final Set<StackId> abandoned = new HashSet<>();
  final Set<CloudId> dark = new HashSet<>();
  final List<String> removed = new ArrayList<>();
  final List<AuditRecord> audited = new ArrayList<>();

  /** Done between a list and what is asked after it. */
  Runnable meanwhile = () -> {};

  Instant now = Instant.parse("2026-11-28T00:00:00Z");

  /** How far checks and repairs said that they were. */
  final List<LeakCheck> told = new ArrayList<>();

  SimulatedFederation() {
    CLOUDS.forEach(cloud -> there.put(cloud, new LinkedHashMap<>()));
  }

  static String text(String type, Mark mark) {
    String text =
        "[isthmus:" + mark.stack() + ":" + mark.generation() + ":" + mark.resource() + "]";
    return type.equals("OS::Nova::KeyPair")
        ? UUID.nameUUIDFromBytes(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .toString()
            .substring(24)
        : text;
  }

  String put(CloudId cloud, String type, Optional<String> mark, Optional<String> user) {
    String id = UUID.randomUUID().toString();
    there.get(cloud).put(id, new MarkedThing(type, id, "web", mark, user, false, Optional.empty()));
    return id;
  }

  private final class Driver implements MarkDriver {
    private final String type;

    Driver(String type) {
      this.type = type;
    }

    @Override
    public Set<String> types() {
      return Set.of(type);
    }

    @Override
    public List<MarkedThing> marked(Target target) {
      List<MarkedThing> all =
          things(target).values().stream()
              .filter(thing -> thing.type().equals(type) && thing.mark().isPresent())
              .toList();
      Runnable change = meanwhile;
      meanwhile = () -> {};
      change.run();
      return all;
    }

    private Map<String, MarkedThing> things(Target target) {
      if (dark.contains(target.connection().cloud())) {
        throw new FederationFault(FaultCode.CLOUD_UNAVAILABLE, Phrase.verbatim("dark"));
      }
      return there.get(target.connection().cloud());
    }

    @Override
    public Optional<MarkedThing> look(Target target, String id) {
      return Optional.ofNullable(things(target).get(id));
    }

    @Override
    public Outcome remove(Target target, MarkedThing thing, Instant deadline) {
      MarkedThing now = things(target).get(thing.id());
      if (!thing.mark().equals(now.mark())) {
        throw new AssertionError("not ours: " + now);
      }
      if (now.user().filter(things(target)::containsKey).isPresent()) {
        return new Outcome.Refused(
            new FederationFault(FaultCode.CONFLICT, Phrase.verbatim("in use")));
      }
      things(target).remove(thing.id());
      removed.add(thing.id());
      return new Outcome.Gone(true);
    }

    @Override
    public String textOf(Mark mark) {
      return text(type, mark);
    }
  }

  private final class Facts implements LeakFacts {
    @Override
    public Set<StackId> known(Collection<StackId> asked) {
      return asked.stream().filter(stacks::contains).collect(Collectors.toSet());
    }

    @Override
    public Set<StackId> abandoned(Collection<StackId> asked) {
      return asked.stream().filter(abandoned::contains).collect(Collectors.toSet());
    }

    @Override
    public List<KnownPart> parts(Collection<StackId> asked) {
      return parts.stream().filter(part -> asked.contains(part.mark().stack())).toList();
    }

    @Override
    public List<KnownPart> partsOf(Collection<String> types) {
      return parts.stream().filter(part -> types.contains(part.type())).toList();
    }

    @Override
    public List<KnownPart> required(ProjectId project, CloudId cloud, String region) {
      return parts.stream()
          .filter(part -> part.project().equals(project) && part.isIn(cloud, region))
          .filter(KnownPart::mustBeThere)
          .toList();
    }

    @Override
    public Set<Presence> presences() {
      return parts.stream()
          .filter(KnownPart::mustBeThere)
          .map(part -> new Presence(part.project(), part.cloud(), part.region()))
          .collect(Collectors.toSet());
    }

    @Override
    public List<KnownCopy> copies(Collection<String> marks) {
      return List.of();
    }

    @Override
    public Optional<Long> hold(StackId stack, String owner, Instant at, Instant until) {
      return busy.contains(stack) ? Optional.empty() : Optional.of(1L);
    }

    @Override
    public boolean keep(StackId stack, long fence, Instant at, Instant until) {
      return true;
    }

    @Override
    public void letGo(StackId stack, long fence) {}
  }

  private static final class NoRelations implements LeakWork.Relations {
    @Override
    public Optional<StackPart> part(KnownPart part) {
      return Optional.empty();
    }

    @Override
    public Map<PartId, Sighting> observe(
        Target target, String type, Collection<DesiredPart> desired) {
      return Map.of();
    }
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneOffset getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }

  private static final CloudConnections WAYS =
      (project, cloud) ->
          Optional.of(
              new CloudConnection(
                  cloud,
                  project,
                  URI.create("https://" + cloud.text()),
                  "public",
                  List.of(),
                  Optional.empty(),
                  new Credential.Password(
                      "u",
                      Secret.of("p"),
                      "Default",
                      Optional.of("d"),
                      Optional.empty(),
                      "Default")));

  private LeakWork work() {
    return new LeakWork(
        new Facts(),
        WAYS,
        (connection, types) ->
            new CloudLayout.Layout("account-" + connection.cloud(), Map.of(REGION, types)),
        TYPES.stream().map(type -> (MarkDriver) new Driver(type)).toList(),
        new NoRelations(),
        clock());
  }

  LeakCheck check() {
    return work()
        .check(
            LeakCheck.begun(UUID.randomUUID(), "admin", now),
            CLOUDS.stream().map(cloud -> new CloudAccess(PROJECT, cloud, List.of(), "u")).toList(),
            how -> told.add(how.get()));
  }

  LeakCheck repair(LeakCheck check, Set<String> findings) {
    AuditLog log =
        new AuditLog() {
          @Override
          public void add(AuditRecord record) {
            audited.add(record);
          }

          @Override
          public void addAlone(AuditRecord record) {
            audited.add(record);
          }
        };
    LeakRepair repair =
        new LeakRepair(
            new Facts(),
            WAYS,
            work(),
            log,
            clock(),
            new LeakRepair.Wish(
                LeakChecks.choose(check, findings),
                new AuditRecord.Actor("1", "admin"),
                how -> told.add(how.get())));
    Optional<LeakCheck> end = repair.round();
    while (end.isEmpty()) {
      sleep(LeakRepair.PAUSE);
      end = repair.round();
    }
    return end.get();
  }

  private void sleep(Duration time) {
    now = now.plus(time);
  }
}
