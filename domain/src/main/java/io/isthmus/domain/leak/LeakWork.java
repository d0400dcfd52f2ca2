package io.isthmus.domain.leak;

import io.isthmus.domain.cloud.CloudAccess;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudConnections;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.mirror.MarkText;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.Target;
import io.isthmus.domain.template.type.KeptImageType;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Compares what clouds have with what is known. Clouds are asked first and the database after them,
 * and what is suspected is asked for once more by its id, and judged once more by what is known
 * then: so nothing that is being made or removed meanwhile is taken for leaked or missing.
 */
final class LeakWork {

  private static final Logger LOG = Logger.getLogger(LeakWork.class.getName());

  /** Seen by whoever signs in, not by project. */
  private static final String KEY_PAIR = "OS::Nova::KeyPair";

  /** Marked by their names alone, which do not tell the stack. */
  private static final List<String> NAMED = List.of(KEY_PAIR, "OS::Nova::ServerGroup");

  private final LeakFacts facts;
  private final CloudConnections connections;
  private final CloudLayout layout;
  private final Map<String, MarkDriver> drivers = new LinkedHashMap<>();
  private final Relations relations;
  private final Clock clock;

  /** What relations between resources look like, which carry no mark. */
  interface Relations {
    /** The part as it was given to its cloud; empty when it is not as it was known any more. */
    Optional<StackPart> part(KnownPart part);

    Map<PartId, Sighting> observe(Target target, String type, Collection<DesiredPart> parts);
  }

  LeakWork(
      LeakFacts facts,
      CloudConnections connections,
      CloudLayout layout,
      Iterable<MarkDriver> drivers,
      Relations relations,
      Clock clock) {
    this.facts = facts;
    this.connections = connections;
    this.layout = layout;
    this.relations = relations;
    this.clock = clock;
    for (MarkDriver driver : drivers) {
      driver.types().forEach(type -> this.drivers.put(type, driver));
    }
  }

  Optional<MarkDriver> driver(String type) {
    return Optional.ofNullable(drivers.get(type));
  }

  /**
   * Looks at everything that accesses lead to.
   *
   * @param progress is told before each question to a cloud how far it is
   * @return the check, ended
   */
  LeakCheck check(
      LeakCheck begun, List<CloudAccess> accesses, Consumer<Supplier<LeakCheck>> progress) {
    Run run = new Run(begun, progress);
    run.all(accesses);
    return run.result(LeakCheck.State.DONE, Optional.of(clock.instant()));
  }

  /** What is known by which these things are judged. */
  Knowledge knowledge(Collection<MarkedThing> things) {
    Set<StackId> stacks = new HashSet<>();
    Set<String> copies = new HashSet<>();
    Set<String> named = new HashSet<>();
    for (MarkedThing thing : things) {
      if (thing.mark().isEmpty()) {
        continue;
      }
      if (thing.type().equals(KeptImageType.NAME)) {
        copies.add(thing.mark().get());
      } else if (NAMED.contains(thing.type())) {
        named.add(thing.type());
      } else {
        MarkText.parse(thing.mark().get()).map(Mark::stack).ifPresent(stacks::add);
      }
    }
    List<KnownPart> parts = new ArrayList<>(facts.parts(stacks));
    parts.addAll(facts.partsOf(named));
    Set<StackId> all = new HashSet<>(stacks);
    parts.forEach(part -> all.add(part.mark().stack()));
    return new Knowledge(
        facts.known(stacks), facts.abandoned(all), parts, facts.copies(copies), this::driver);
  }

  /** A list that is read once in a check, through whichever access. */
  private record Listed(String cloud, String whose, String region, String type) {}

  /** One check. */
  private final class Run {
    private final LeakCheck begun;
    private final Consumer<Supplier<LeakCheck>> progress;
    private final Map<Listed, Set<String>> listed = new HashMap<>();
    private final Set<LeakFacts.Presence> visited = new HashSet<>();
    private final Set<String> found = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Unseen> unseen = new ArrayList<>();
    private long more;
    private int steps;
    private int done;
    private long lists;
    private long marked;
    private long parts;

    Run(LeakCheck begun, Consumer<Supplier<LeakCheck>> progress) {
      this.begun = begun;
      this.progress = progress;
    }

    LeakCheck result(LeakCheck.State state, Optional<Instant> end) {
      return new LeakCheck(
          begun.id(),
          state,
          begun.askedBy(),
          begun.beganAt(),
          end,
          steps,
          done,
          lists,
          marked,
          parts,
          findings.stream()
              .sorted(
                  Comparator.comparing((Finding finding) -> finding.kind())
                      .thenComparing(finding -> finding.cloud().text())
                      .thenComparing(Finding::region)
                      .thenComparing(Finding::type)
                      .thenComparing(Finding::physicalId))
              .toList(),
          more,
          unseen);
    }

    private void tell() {
      progress.accept(() -> result(LeakCheck.State.RUNNING, Optional.empty()));
    }

    void all(List<CloudAccess> accesses) {
      steps = accesses.size();
      List<CloudAccess> inOrder =
          accesses.stream()
              .sorted(
                  Comparator.comparing((CloudAccess access) -> access.cloud().text())
                      .thenComparing(access -> access.project().toString()))
              .toList();
      for (CloudAccess access : inOrder) {
        tell();
        one(access);
        done++;
      }
      facts.presences().stream()
          .filter(presence -> !visited.contains(presence))
          .filter(presence -> unseen.stream().noneMatch(one -> covers(one, presence)))
          .sorted(Comparator.comparing(LeakFacts.Presence::toString))
          .forEach(
              presence ->
                  unseen.add(
                      new Unseen(
                          presence.cloud(),
                          Optional.of(presence.region()),
                          presence.project(),
                          Optional.empty(),
                          Phrase.of("leak.no-way", presence.project(), presence.cloud()))));
    }

    private boolean covers(Unseen one, LeakFacts.Presence presence) {
      return one.cloud().equals(presence.cloud())
          && one.project().equals(presence.project())
          && one.region().map(presence.region()::equals).orElse(true);
    }

    private void one(CloudAccess access) {
      Optional<CloudConnection> connection = connections.find(access.project(), access.cloud());
      if (connection.isEmpty()) {
        // Taken away since the accesses were read.
        return;
      }
      try {
        CloudLayout.Layout there = layout.of(connection.get(), drivers.keySet());
        there.types().keySet().stream()
            .sorted()
            .forEach(
                region ->
                    new Place(new Target(connection.get(), region), there.account())
                        .look(there.types().get(region)));
      } catch (FederationFault fault) {
        unseen.add(unseen(access, Optional.empty(), Optional.empty(), fault.phrase()));
      } catch (RuntimeException defect) {
        unseen.add(unseen(access, Optional.empty(), Optional.empty(), told(defect)));
      }
    }

    private Unseen unseen(
        CloudAccess access, Optional<String> region, Optional<String> type, Phrase reason) {
      return new Unseen(access.cloud(), region, access.project(), type, reason);
    }

    private void add(Finding finding) {
      // Regions can share a service; names are the region's own.
      String place = finding.type().equals(KEY_PAIR) ? finding.region() : "";
      String key =
          String.join(
              "|",
              finding.kind().name(),
              finding.cloud().text(),
              place,
              finding.type(),
              finding.physicalId(),
              finding.kind() == Finding.Kind.MISSING ? finding.id() : "");
      if (!found.add(key)) {
        return;
      }
      if (findings.size() < LeakCheck.MOST_FINDINGS) {
        findings.add(finding);
      } else {
        more++;
      }
    }

    /** One region through one access. */
    private final class Place {
      private final Target target;
      private final String account;

      Place(Target target, String account) {
        this.target = target;
        this.account = account;
      }

      void look(Set<String> types) {
        visited.add(
            new LeakFacts.Presence(
                target.connection().project(), target.connection().cloud(), target.region()));
        List<MarkedThing> things = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String type : types.stream().sorted().toList()) {
          Listed list = list(type);
          if (!listed.containsKey(list)) {
            Optional<List<MarkedThing>> read = ask(type, () -> drivers.get(type).marked(target));
            if (read.isEmpty()) {
              continue;
            }
            lists++;
            things.addAll(read.get());
            listed.put(list, read.get().stream().map(MarkedThing::id).collect(Collectors.toSet()));
          }
          seen.add(type);
        }
        judge(things);
        missing(seen);
      }

      private Listed list(String type) {
        String whose = type.equals(KEY_PAIR) ? target.connection().project().toString() : account;
        return new Listed(target.connection().cloud().text(), whose, target.region(), type);
      }

      /** Empty when the cloud did not answer; that is noted. */
      private <T> Optional<T> ask(String type, Supplier<T> question) {
        tell();
        try {
          return Optional.of(question.get());
        } catch (FederationFault fault) {
          note(type, fault.phrase());
        } catch (RuntimeException defect) {
          note(type, told(defect));
        }
        return Optional.empty();
      }

      private void note(String type, Phrase reason) {
        Unseen one =
            new Unseen(
                target.connection().cloud(),
                Optional.of(target.region()),
                target.connection().project(),
                Optional.of(type),
                reason);
        if (unseen.stream()
            .noneMatch(
                other ->
                    other.cloud().equals(one.cloud())
                        && other.region().equals(one.region())
                        && other.project().equals(one.project())
                        && other.type().equals(one.type()))) {
          unseen.add(one);
        }
      }

      private void judge(List<MarkedThing> things) {
        Knowledge known = knowledge(things);
        List<MarkedThing> suspects = new ArrayList<>();
        for (MarkedThing thing : things) {
          Verdict verdict =
              known.judge(target.connection().cloud(), target.region(), thing, things);
          if (verdict.kind() != Verdict.Kind.NOT_OURS) {
            marked++;
          }
          if (isSuspect(verdict)) {
            suspects.add(thing);
          }
        }
        List<MarkedThing> still = new ArrayList<>();
        for (MarkedThing suspect : suspects) {
          ask(suspect.type(), () -> drivers.get(suspect.type()).look(target, suspect.id()))
              .flatMap(Function.identity())
              .filter(now -> now.mark().equals(suspect.mark()))
              .ifPresent(still::add);
        }
        Knowledge later = knowledge(still);
        for (MarkedThing thing : still) {
          Verdict verdict =
              later.judge(target.connection().cloud(), target.region(), thing, things);
          if (isSuspect(verdict)) {
            add(finding(thing, verdict));
          }
        }
      }

      private boolean isSuspect(Verdict verdict) {
        return verdict.kind() == Verdict.Kind.LEAKED || verdict.kind() == Verdict.Kind.UNKNOWN;
      }

      private Finding finding(MarkedThing thing, Verdict verdict) {
        Finding.Kind kind =
            verdict.kind() == Verdict.Kind.LEAKED ? Finding.Kind.LEAKED : Finding.Kind.UNKNOWN;
        CloudConnection way = target.connection();
        return new Finding(
            Finding.idOf(kind, way.cloud(), target.region(), thing.type(), thing.id(), ""),
            kind,
            way.cloud(),
            target.region(),
            way.project(),
            thing.type(),
            thing.id(),
            thing.name(),
            thing.mark(),
            verdict.mark().map(Mark::stack),
            verdict.about().map(KnownPart::stackName),
            verdict.mark().map(Mark::resource),
            verdict.why().orElseThrow(),
            Finding.Repair.NONE,
            Optional.empty());
      }

      /** What of the project has to be here, and is not. */
      private void missing(Set<String> seen) {
        CloudConnection way = target.connection();
        List<KnownPart> required = facts.required(way.project(), way.cloud(), target.region());
        parts += required.size();
        Map<String, List<KnownPart>> byType = new LinkedHashMap<>();
        required.forEach(
            part -> byType.computeIfAbsent(part.type(), type -> new ArrayList<>()).add(part));
        byType.forEach(
            (type, ofType) -> {
              if (!drivers.containsKey(type)) {
                related(type, ofType);
              } else if (seen.contains(type)) {
                marked(type, ofType);
              } else {
                note(type, Phrase.of("leak.no-service", type, target.region()));
              }
            });
      }

      private void marked(String type, List<KnownPart> ofType) {
        Set<String> ids = listed.get(list(type));
        for (KnownPart part : ofType) {
          String id = part.physicalId().orElseThrow();
          if (!ids.contains(id)) {
            ask(type, () -> drivers.get(type).look(target, id))
                .filter(Optional::isEmpty)
                .ifPresent(absent -> miss(part));
          }
        }
      }

      private void related(String type, List<KnownPart> ofType) {
        Map<PartId, KnownPart> byId = new LinkedHashMap<>();
        List<DesiredPart> desired = new ArrayList<>();
        for (KnownPart part : ofType) {
          PartId id = new PartId(part.mark().resource(), part.cloud(), part.region());
          relations
              .part(part)
              .ifPresent(
                  whole -> {
                    DesiredPart one =
                        new DesiredPart(
                            id,
                            type,
                            part.mark(),
                            part.mark().resource(),
                            part.physicalId(),
                            whole.availabilityZone(),
                            whole.state().properties().orElse(JsonValue.EMPTY_JSON_OBJECT));
                    // Parts of several stacks can have the same path, and are asked for apart.
                    if (byId.putIfAbsent(id, part) == null) {
                      desired.add(one);
                    } else {
                      absent(type, List.of(one), Map.of(id, part));
                    }
                  });
        }
        absent(type, desired, byId);
      }

      private void absent(String type, List<DesiredPart> desired, Map<PartId, KnownPart> byId) {
        tell();
        relations
            .observe(target, type, desired)
            .forEach(
                (id, sighting) -> {
                  if (sighting instanceof Sighting.Absent) {
                    miss(byId.get(id));
                  } else if (sighting instanceof Sighting.Unknown unknown) {
                    note(type, unknown.fault().phrase());
                  }
                });
      }

      private void miss(KnownPart part) {
        Predicate<KnownPart> same =
            now ->
                now.mark().equals(part.mark())
                    && now.isIn(part.cloud(), part.region())
                    && now.physicalId().equals(part.physicalId())
                    && now.mustBeThere();
        if (facts.parts(List.of(part.mark().stack())).stream().noneMatch(same)) {
          return;
        }
        Mark mark = part.mark();
        add(
            new Finding(
                Finding.idOf(
                    Finding.Kind.MISSING,
                    part.cloud(),
                    part.region(),
                    part.type(),
                    part.physicalId().orElse(""),
                    mark.toString()),
                Finding.Kind.MISSING,
                part.cloud(),
                part.region(),
                part.project(),
                part.type(),
                part.physicalId().orElse(""),
                "",
                Optional.empty(),
                Optional.of(mark.stack()),
                Optional.of(part.stackName()),
                Optional.of(mark.resource()),
                Phrase.of("leak.missing", mark.resource(), part.stackName()),
                Finding.Repair.NONE,
                Optional.empty()));
      }
    }
  }

  private static Phrase told(RuntimeException defect) {
    LOG.log(Level.WARNING, "comparing with a cloud", defect);
    return Phrase.of("leak.defect", defect.getClass().getSimpleName());
  }
}
