package io.isthmus.domain.leak;

import io.isthmus.domain.audit.AuditLog;
import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.audit.Face;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudConnections;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.Target;
import io.isthmus.domain.trace.RequestId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Removes what a person has chosen of what a check has found leaked. Each is looked at once more by
 * its id and judged once more while its stack is held; what is known, changed or gone meanwhile is
 * left alone.
 */
final class LeakRepair {

  private static final Logger LOG = Logger.getLogger(LeakRepair.class.getName());

  /** What must go before others can, and what nothing else needs last. */
  private static final List<String> ORDER =
      List.of(
          "OS::Octavia::HealthMonitor",
          "OS::Octavia::PoolMember",
          "OS::Octavia::Listener",
          "OS::Octavia::Pool",
          "OS::Octavia::LoadBalancer",
          "OS::Nova::Server",
          "OS::Neutron::FloatingIP",
          "OS::Neutron::Port",
          "OS::Neutron::Router",
          "OS::Neutron::Subnet",
          "OS::Neutron::Net",
          "OS::Neutron::SecurityGroupRule",
          "OS::Neutron::SecurityGroup",
          "OS::Cinder::Volume");

  /** Without anything removed for so long, what is left has failed. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** From one round to the next. */
  static final Duration PAUSE = Duration.ofSeconds(2);

  private static final Duration CALL = Duration.ofMinutes(1);
  private static final Duration LEASE = Duration.ofMinutes(2);

  private final LeakFacts facts;
  private final CloudConnections connections;
  private final LeakWork work;
  private final AuditLog audit;
  private final Clock clock;
  private final Wish wish;
  private final Map<String, Finding> findings = new LinkedHashMap<>();
  private final List<String> waiting;

  /** Until when something has to be removed. */
  private Instant until;

  /**
   * What is to be removed.
   *
   * @param chosen a check with the findings chosen
   * @param actor who has chosen them
   * @param progress is told before each call how far it is
   */
  record Wish(LeakCheck chosen, AuditRecord.Actor actor, Consumer<Supplier<LeakCheck>> progress) {}

  LeakRepair(
      LeakFacts facts,
      CloudConnections connections,
      LeakWork work,
      AuditLog audit,
      Clock clock,
      Wish wish) {
    this.facts = facts;
    this.connections = connections;
    this.work = work;
    this.audit = audit;
    this.clock = clock;
    this.wish = wish;
    wish.chosen().findings().forEach(finding -> findings.put(finding.id(), finding));
    waiting =
        new ArrayList<>(
            wish.chosen().findings().stream()
                .filter(finding -> finding.repair() == Finding.Repair.CHOSEN)
                .sorted(Comparator.comparingInt(LeakRepair::rank))
                .map(Finding::id)
                .toList());
    until = clock.instant().plus(PATIENCE);
  }

  /** What came of one try: empty when it is to be tried again. */
  private record Tried(Optional<Finding.Repair> end, Optional<Phrase> why) {

    static Tried ended(Finding.Repair repair) {
      return new Tried(Optional.of(repair), Optional.empty());
    }

    static Tried ended(Finding.Repair repair, Phrase why) {
      return new Tried(Optional.of(repair), Optional.of(why));
    }

    static Tried again(Phrase why) {
      return new Tried(Optional.empty(), Optional.of(why));
    }
  }

  /**
   * Tries what is left of the chosen findings once.
   *
   * @return the check, ended; empty when what is left is to be tried again after {@link #PAUSE}
   */
  Optional<LeakCheck> round() {
    for (String id : List.copyOf(waiting)) {
      wish.progress().accept(() -> state(LeakCheck.State.REPAIRING, Optional.empty()));
      Tried tried = attempt(findings.get(id), wish.actor());
      if (tried.end().isPresent()) {
        waiting.remove(id);
        until = clock.instant().plus(PATIENCE);
      }
      findings.put(
          id, findings.get(id).with(tried.end().orElse(Finding.Repair.CHOSEN), tried.why()));
    }
    if (!waiting.isEmpty() && clock.instant().isBefore(until)) {
      wish.progress().accept(() -> state(LeakCheck.State.REPAIRING, Optional.empty()));
      return Optional.empty();
    }
    waiting.forEach(
        id ->
            findings.put(
                id, findings.get(id).with(Finding.Repair.FAILED, findings.get(id).trouble())));
    return Optional.of(state(LeakCheck.State.DONE, Optional.of(clock.instant())));
  }

  private LeakCheck state(LeakCheck.State state, Optional<Instant> end) {
    return wish.chosen().in(state, end, List.copyOf(findings.values()));
  }

  private static int rank(Finding finding) {
    int rank = ORDER.indexOf(finding.type());
    return rank < 0 ? ORDER.size() : rank;
  }

  private Tried attempt(Finding finding, AuditRecord.Actor actor) {
    try {
      Optional<CloudConnection> way = connections.find(finding.project(), finding.cloud());
      Optional<MarkDriver> driver = work.driver(finding.type());
      if (way.isEmpty() || driver.isEmpty()) {
        return Tried.ended(
            Finding.Repair.FAILED, Phrase.of("leak.no-way", finding.project(), finding.cloud()));
      }
      Target target = new Target(way.get(), finding.region());
      Optional<StackId> stack = finding.stack().filter(id -> !facts.known(List.of(id)).isEmpty());
      if (stack.isEmpty()) {
        return remove(finding, target, driver.get(), actor, () -> true);
      }
      Instant now = clock.instant();
      Optional<Long> fence =
          facts.hold(stack.get(), "leaks-" + UUID.randomUUID(), now, now.plus(LEASE));
      if (fence.isEmpty()) {
        return Tried.again(Phrase.of("leak.stack-at-work", finding.stackName().orElse("-")));
      }
      try {
        return remove(
            finding,
            target,
            driver.get(),
            actor,
            () -> {
              Instant at = clock.instant();
              return facts.keep(stack.get(), fence.get(), at, at.plus(LEASE));
            });
      } finally {
        facts.letGo(stack.get(), fence.get());
      }
    } catch (FederationFault fault) {
      return Tried.again(fault.phrase());
    } catch (RuntimeException defect) {
      LOG.log(Level.WARNING, "removing " + finding.type() + " " + finding.physicalId(), defect);
      return Tried.ended(
          Finding.Repair.FAILED, Phrase.of("leak.defect", defect.getClass().getSimpleName()));
    }
  }

  /** Whether what was made sure of holds still. */
  private interface Held {
    boolean yet();
  }

  private Tried remove(
      Finding finding, Target target, MarkDriver driver, AuditRecord.Actor actor, Held held) {
    Optional<MarkedThing> there = driver.look(target, finding.physicalId());
    if (there.isEmpty() || there.get().leaving()) {
      return Tried.ended(Finding.Repair.NOT_NEEDED, Phrase.of("leak.gone-already"));
    }
    if (there.get().mark().isEmpty() || !there.get().mark().equals(finding.mark())) {
      return Tried.ended(Finding.Repair.NOT_NEEDED, Phrase.of("leak.other-mark"));
    }
    // Ports that are in use by a server are known by what the others are used by.
    List<MarkedThing> among =
        finding.type().equals(Knowledge.PORT) ? driver.marked(target) : List.of(there.get());
    Verdict verdict =
        work.knowledge(List.of(there.get()))
            .judge(finding.cloud(), finding.region(), there.get(), among);
    if (verdict.kind() != Verdict.Kind.LEAKED) {
      return Tried.ended(Finding.Repair.NOT_NEEDED, Phrase.of("leak.known-now"));
    }
    if (!held.yet()) {
      return Tried.again(Phrase.of("leak.stack-at-work", finding.stackName().orElse("-")));
    }
    RequestId request = RequestId.currentOrFresh();
    // Before the cloud is asked: what cannot be recorded is not done.
    audit.addAlone(record(finding, actor, AuditRecord.Outcome.PENDING, Optional.empty(), request));
    Outcome outcome = driver.remove(target, there.get(), clock.instant().plus(CALL));
    if (outcome instanceof Outcome.Gone || outcome instanceof Outcome.Taken) {
      audit.addAlone(
          record(finding, actor, AuditRecord.Outcome.SUCCESS, Optional.empty(), request));
      return Tried.ended(Finding.Repair.REMOVED);
    }
    boolean refused = outcome instanceof Outcome.Refused;
    FederationFault fault =
        outcome instanceof Outcome.Refused one
            ? one.fault()
            : ((Outcome.Uncertain) outcome).fault();
    audit.addAlone(
        record(
            finding,
            actor,
            refused ? AuditRecord.Outcome.FAILURE : AuditRecord.Outcome.UNKNOWN,
            Optional.of(AuditRecord.Reason.of(fault)),
            request));
    return refused && fault.code() != FaultCode.CONFLICT
        ? Tried.ended(Finding.Repair.FAILED, fault.phrase())
        : Tried.again(fault.phrase());
  }

  private AuditRecord record(
      Finding finding,
      AuditRecord.Actor actor,
      AuditRecord.Outcome outcome,
      Optional<AuditRecord.Reason> reason,
      RequestId request) {
    return new AuditRecord(
        UUID.randomUUID(),
        clock.instant(),
        Face.ENGINE,
        Optional.of(actor),
        Optional.of(finding.project()),
        "delete/leak",
        new AuditRecord.Target(finding.type(), finding.physicalId()),
        Optional.of(new AuditRecord.Where(finding.cloud().text(), Optional.of(finding.region()))),
        outcome,
        reason,
        request);
  }
}
