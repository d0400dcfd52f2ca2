package io.isthmus.domain.stack.engine;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.ResourceDriver;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.domain.stack.Target;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.ResourceType;
import io.isthmus.domain.template.type.KeptImageType;
import io.isthmus.domain.template.type.ResourceTypes;
import io.isthmus.domain.trace.RequestId;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Member clouds in memory, with the weather of real ones: answers that are lost after the effect,
 * requests that take effect long after, resources that come up broken, clouds that are away.
 */
final class SimulatedClouds implements ResourceDriver {

  /** One physical resource. */
  static final class Thing {
    final String id;
    Mark mark;
    final PartId part;
    final String type;
    final Instant born;
    Instant readyAt;
    boolean broken;
    boolean full;
    boolean stopped;
    boolean asleep;

    /** When it sleeps, or is awake. */
    Instant turnsAt = Instant.MIN;

    Optional<Instant> goneAt = Optional.empty();
    Set<String> uses = new HashSet<>();
    JsonObject properties;

    /** Resized, and not confirmed yet. */
    boolean toConfirm;

    /** What it was before it was resized. */
    JsonValue resizedFrom;

    Thing(String id, DesiredPart part, Instant born) {
      this.id = id;
      this.mark = part.mark();
      this.part = part.id();
      this.type = part.type();
      this.born = born;
      take(part.properties());
    }

    final void take(JsonObject given) {
      properties = given;
      uses.clear();
      for (JsonValue used : given.getJsonArray("uses")) {
        uses.add(((JsonString) used).getString());
      }
    }

    /** Back to what it was before it was resized. */
    void revert() {
      resize(resizedFrom);
    }

    void resize(JsonValue value) {
      JsonObjectBuilder other = Json.createObjectBuilder(properties).remove("value");
      if (value != null) {
        other.add("value", value);
      }
      properties = other.build();
    }

    @Override
    public String toString() {
      return mark == null
          ? id + "@" + part.cloud()
          : id + " " + mark.resource() + "#" + mark.generation() + "@" + part.cloud();
    }
  }

  /**
   * The weather over a cloud. Shares are of its calls, in 0…1.
   *
   * @param lost have their effect, and the answer is lost
   * @param late are given up, and have their effect long after
   * @param failing have none, and no answer that says so
   * @param limited are refused because there were too many
   * @param broken servers that come up broken
   * @param slow the longest time until an answer; what is not answered at all is given up then
   */
  record Weather(
      double lost, double late, double failing, double limited, double broken, Duration slow) {

    static final Weather GOOD = new Weather(0, 0, 0, 0, 0, Duration.ZERO);

    static Weather bad(double share) {
      return new Weather(share, share / 2, share, 0, share / 4, Duration.ZERO);
    }
  }

  /** Is told of what is asked and of what comes into being. */
  interface Watcher {

    /** Before the cloud does anything. */
    void asked(String verb, DesiredPart part);

    /**
     * @param twice whether there is another that carries the same mark
     * @param late whether nobody waits for it any more
     */
    void made(Thing thing, boolean twice, boolean late);

    void doubleRemoved(Thing thing);
  }

  private static final Watcher NOBODY =
      new Watcher() {
        @Override
        public void asked(String verb, DesiredPart part) {
          // Nobody wants to know.
        }

        @Override
        public void made(Thing thing, boolean twice, boolean late) {
          // Nobody wants to know.
        }

        @Override
        public void doubleRemoved(Thing thing) {
          // Nobody wants to know.
        }
      };

  /** All of which there is something in a cloud, those that no template can write included. */
  static final Set<String> TYPES =
      Stream.concat(ResourceTypes.all().values().stream(), Stream.of(KeptImageType.TYPE))
          .filter(type -> type.footing() != Footing.COMPUTED)
          .map(ResourceType::name)
          .collect(Collectors.toCollection(TreeSet::new));

  private final Simulation simulation;
  private Watcher watcher = NOBODY;
  private final List<Thing> things = new ArrayList<>();
  private final Set<String> full = new HashSet<>();
  private final Set<String> erring = new HashSet<>();
  private final Set<String> erringAfterTheEffect = new HashSet<>();
  private final Set<String> away = new HashSet<>();
  private final Map<String, FederationFault> sleepRefusals = new HashMap<>();
  private Optional<FederationFault> stopRefusal = Optional.empty();
  private final Map<String, List<String>> askedOf = new HashMap<>();
  private final Map<String, FederationFault> refusals = new HashMap<>();
  private final Map<String, Integer> brokenBirths = new HashMap<>();
  private final Map<String, DesiredPart> asked = new HashMap<>();
  private final Map<String, String> comingBack = new HashMap<>();
  private final Set<Optional<RequestId>> requests = new HashSet<>();
  private boolean forgetsMarks;
  private int ids;
  private int calls;
  private int updates;

  /** Those that hold their ports. */
  private List<Thing> portUsers = things;

  private final Map<String, FederationFault> updateRefusals = new HashMap<>();
  private final Map<String, FederationFault> deleteRefusals = new HashMap<>();
  private final Map<String, JsonObject> befores = new HashMap<>();

  private Weather everywhere = Weather.GOOD;
  private final Map<String, Weather> over = new HashMap<>();
  private Duration buildTime = Duration.ofSeconds(3);

  SimulatedClouds(Simulation simulation) {
    this.simulation = simulation;
  }

  void badWeather(double share) {
    everywhere = Weather.bad(share);
    over.clear();
  }

  /** Over one cloud, until it is the same everywhere again. */
  void weather(String cloud, Weather weather) {
    over.put(cloud, weather);
  }

  private Weather weather(PartId part) {
    return over.getOrDefault(part.cloud().text(), everywhere);
  }

  void watchedBy(Watcher one) {
    watcher = one;
  }

  /** How long servers take. */
  void buildTime(Duration time) {
    buildTime = time;
  }

  void goodWeather() {
    badWeather(0);
  }

  void goAway(String cloud) {
    away.add(cloud);
  }

  void comeBack(String cloud) {
    away.remove(cloud);
  }

  void refuse(String resource, FederationFault fault) {
    refusals.put(resource, fault);
  }

  /** No server can be made there any more. */
  void fill(String cloud) {
    full.add(cloud);
  }

  /** Each server that is asked for there is answered with an error of the cloud's own. */
  void err(String cloud) {
    erring.add(cloud);
  }

  /** As {@link #err}, but the server is made all the same. */
  void errAfterTheEffect(String cloud) {
    erringAfterTheEffect.add(cloud);
  }

  void errNoMore(String cloud) {
    erring.remove(cloud);
    erringAfterTheEffect.remove(cloud);
  }

  void makeRoom(String cloud) {
    full.remove(cloud);
  }

  void accept(String resource) {
    refusals.remove(resource);
  }

  void breakAtBirth(String resource, int times) {
    brokenBirths.put(resource, times);
  }

  /** A request from long ago takes effect when the other is about to be deleted in the cloud. */
  void comesBackBefore(String resource, String other, String cloud) {
    comingBack.put(other + "@" + cloud, resource);
  }

  /** A request from long ago to resize it takes effect. */
  void resizeLate(String resource, String value) {
    things.stream()
        .filter(thing -> thing.mark.resource().equals(resource))
        .forEach(
            thing -> {
              thing.resizedFrom = thing.properties.get("value");
              thing.resize(Json.createValue(value));
              thing.toConfirm = true;
            });
  }

  boolean waitsForAWord(String resource) {
    return things.stream()
        .anyMatch(thing -> thing.mark.resource().equals(resource) && thing.toConfirm);
  }

  /** Somebody else gives it another value. */
  void change(String resource, String value) {
    things.stream()
        .filter(thing -> thing.mark.resource().equals(resource))
        .forEach(thing -> thing.resize(Json.createValue(value)));
  }

  /** Somebody else deletes it. */
  void vanish(String resource) {
    things.removeIf(thing -> thing.mark.resource().equals(resource));
  }

  /** Nothing of what was there is there any more. */
  void vanishFrom(String cloud) {
    things.removeIf(thing -> thing.part.cloud().text().equals(cloud));
  }

  /** Somebody else deletes that one. */
  void vanish(Thing thing) {
    things.remove(thing);
  }

  void breakNow(String resource) {
    things.stream()
        .filter(thing -> thing.mark.resource().equals(resource))
        .forEach(thing -> thing.broken = true);
  }

  void mend(String resource) {
    things.stream()
        .filter(thing -> thing.mark.resource().equals(resource))
        .forEach(thing -> thing.broken = false);
  }

  List<Thing> things() {
    sweep();
    return List.copyOf(things);
  }

  /** Those for which anything was asked to be created. */
  Set<Optional<RequestId>> requests() {
    return requests;
  }

  /** Whoever asks again gets another, and nobody is told that there are several. */
  void forgetMarks() {
    forgetsMarks = true;
  }

  /** Ports can be deleted under their servers, as in Neutron. */
  void letPortsGo() {
    portUsers = List.of();
  }

  /** Deletions of it, until they are accepted again. */
  void refuseDelete(String resource, FederationFault fault) {
    deleteRefusals.put(resource, fault);
  }

  void acceptDeletes() {
    deleteRefusals.clear();
  }

  /** There is another that carries the same mark, as when two asked at the same time. */
  void twice(String resource) {
    make(asked.get(resource));
  }

  void refuseUpdate(String resource, FederationFault fault) {
    updateRefusals.put(resource, fault);
  }

  void acceptUpdates() {
    updateRefusals.clear();
  }

  int updates() {
    return updates;
  }

  /** What the resource had before, as told with the last update. */
  JsonObject before(String resource) {
    return befores.get(resource);
  }

  int calls() {
    return calls;
  }

  @Override
  public Set<String> types() {
    return TYPES;
  }

  @Override
  public Map<PartId, Sighting> observe(Target target, String type, Collection<DesiredPart> parts) {
    calls++;
    sweep();
    Map<PartId, Sighting> seen = new HashMap<>();
    Optional<FederationFault> blind = unserved(target, parts.iterator().next().id());
    for (DesiredPart part : parts) {
      seen.put(
          part.id(), blind.<Sighting>map(Sighting.Unknown::new).orElseGet(() -> sighting(part)));
    }
    return seen;
  }

  private Sighting sighting(DesiredPart part) {
    List<Thing> found = marked(part);
    if (found.isEmpty()) {
      return new Sighting.Absent();
    }
    Thing kept =
        found.stream()
            .filter(thing -> part.physicalId().filter(thing.id::equals).isPresent())
            .findFirst()
            .orElse(found.get(0));
    List<String> doubles =
        found.stream()
            .filter(thing -> thing != kept && !forgetsMarks)
            .sorted(Comparator.comparing((Thing thing) -> thing.born).reversed())
            .map(thing -> thing.id)
            .toList();
    Sighting.Phase phase = phase(kept);
    return new Sighting.Present(
        kept.id,
        phase,
        kept.stopped ? "SHUTOFF" : kept.asleep ? "SUSPENDED" : phase.name(),
        phase == Sighting.Phase.FAILED
            ? Optional.of(Phrase.verbatim("No valid host was found."))
            : Optional.empty(),
        kept.full,
        attributes(kept),
        doubles);
  }

  private static JsonObject attributes(Thing thing) {
    return Json.createObjectBuilder().add("id", thing.id).build();
  }

  private Sighting.Phase phase(Thing thing) {
    if (thing.goneAt.isPresent()) {
      return Sighting.Phase.DELETING;
    }
    if (simulation.now().isBefore(thing.readyAt)) {
      return Sighting.Phase.BUILDING;
    }
    if (thing.broken) {
      return Sighting.Phase.FAILED;
    }
    return thing.toConfirm ? Sighting.Phase.TO_CONFIRM : Sighting.Phase.READY;
  }

  @Override
  public Outcome create(Target target, DesiredPart part, Instant deadline) {
    calls++;
    noteAsked("create", target, part);
    requests.add(RequestId.current());
    sweep();
    Optional<FederationFault> unserved = unserved(target, part.id());
    if (unserved.isPresent()) {
      return unasked(unserved.get());
    }
    asked.put(part.mark().resource(), part);
    FederationFault refusal = refusals.get(part.mark().resource());
    if (refusal != null) {
      return new Outcome.Refused(refusal);
    }
    boolean known = !marked(part).isEmpty();
    if (!known
        && part.type().equals(TestStacks.SERVER)
        && full.contains(target.connection().cloud().text())) {
      return new Outcome.Refused(
          new FederationFault(FaultCode.CLOUD_FULL, Phrase.verbatim("No valid host was found.")));
    }
    if (part.type().equals(TestStacks.SERVER) && !known) {
      String cloud = target.connection().cloud().text();
      if (erringAfterTheEffect.contains(cloud)) {
        make(part);
        return new Outcome.Uncertain(ownError());
      }
      if (erring.contains(cloud)) {
        return new Outcome.Uncertain(ownError());
      }
    }
    if (chance(weather(part.id()).late())) {
      // The request is on its way, and nobody will look again before it takes effect.
      simulation.happen(
          Duration.ofSeconds(1 + simulation.random().nextInt(90)), () -> make(part, true));
      return new Outcome.Uncertain(timeout());
    }
    List<Thing> found = forgetsMarks ? List.of() : marked(part);
    Thing thing = found.isEmpty() ? make(part) : found.get(0);
    return chance(weather(part.id()).lost())
        ? new Outcome.Uncertain(timeout())
        : new Outcome.Taken(thing.id, phase(thing) == Sighting.Phase.READY, attributes(thing));
  }

  private Thing make(DesiredPart part) {
    return make(part, false);
  }

  private Thing make(DesiredPart part, boolean late) {
    Thing thing = new Thing("id-" + ids++, part, simulation.now());
    thing.readyAt = simulation.now().plus(buildTime(part.type()));
    int births = brokenBirths.getOrDefault(part.mark().resource(), 0);
    thing.broken =
        births > 0
            || (part.type().equals(TestStacks.SERVER) && chance(weather(part.id()).broken()));
    brokenBirths.computeIfPresent(part.mark().resource(), (name, left) -> Math.max(0, left - 1));
    boolean twice = !marked(part).isEmpty();
    things.add(thing);
    watcher.made(thing, twice, late);
    return thing;
  }

  private Duration buildTime(String type) {
    return switch (type) {
      case TestStacks.PORT -> Duration.ZERO;
      case TestStacks.SERVER -> buildTime;
      default -> Duration.ofSeconds(3);
    };
  }

  /**
   * What was made by nobody who is known any more.
   *
   * @param from what is on it; null when nothing is
   * @return its id
   */
  String strew(DesiredPart part, Mark from) {
    Thing thing = new Thing("id-" + ids++, part, simulation.now());
    thing.readyAt = simulation.now();
    thing.mark = from;
    things.add(thing);
    return thing.id;
  }

  @Override
  public Outcome adopt(Target target, DesiredPart part, Optional<Mark> from, Instant deadline) {
    calls++;
    noteAsked("adopt", target, part);
    sweep();
    Optional<FederationFault> unserved = unserved(target, part.id());
    if (unserved.isPresent()) {
      return unasked(unserved.get());
    }
    FederationFault refusal = refusals.get(part.mark().resource());
    if (refusal != null) {
      return new Outcome.Refused(refusal);
    }
    Optional<Thing> found =
        things.stream()
            .filter(thing -> part.physicalId().filter(thing.id::equals).isPresent())
            .filter(
                thing ->
                    thing.mark == null
                        || thing.mark.equals(part.mark())
                        || Optional.of(thing.mark).equals(from))
            .findFirst();
    if (found.isEmpty()) {
      return new Outcome.Refused(
          new FederationFault(FaultCode.CLOUD_REJECTED, Phrase.verbatim("It is not there.")));
    }
    Thing thing = found.get();
    thing.mark = part.mark();
    // It is as its template says, which nobody could say before all had their ids.
    thing.take(part.properties());
    return chance(weather(part.id()).lost())
        ? new Outcome.Uncertain(timeout())
        : new Outcome.Adopted(thing.id, Optional.of(thing.id), attributes(thing));
  }

  @Override
  public Outcome update(Target target, DesiredPart part, JsonObject before, Instant deadline) {
    calls++;
    noteAsked("update", target, part);
    updates++;
    sweep();
    Optional<FederationFault> unserved = unserved(target, part.id());
    if (unserved.isPresent()) {
      return unasked(unserved.get());
    }
    FederationFault refusal = updateRefusals.get(part.mark().resource());
    if (refusal != null) {
      return new Outcome.Refused(refusal);
    }
    Optional<Thing> found =
        marked(part).stream()
            .filter(thing -> part.physicalId().filter(thing.id::equals).isPresent())
            .findFirst();
    boolean ready =
        found
            .map(this::phase)
            .filter(List.of(Sighting.Phase.READY, Sighting.Phase.TO_CONFIRM)::contains)
            .isPresent();
    if (!ready) {
      return new Outcome.Refused(
          new FederationFault(FaultCode.CONFLICT, Phrase.verbatim("It cannot be changed now.")));
    }
    Thing thing = found.get();
    befores.put(thing.mark.resource(), before);
    boolean done = true;
    boolean resized =
        !Objects.equals(thing.properties.get("value"), part.properties().get("value"));
    if (thing.toConfirm) {
      if (resized) {
        thing.revert();
      }
      thing.toConfirm = false;
      done = false;
    } else if (!thing.properties.equals(part.properties())) {
      thing.resizedFrom = thing.properties.get("value");
      thing.take(part.properties());
      if (part.type().equals(TestStacks.SERVER) && resized) {
        thing.readyAt = simulation.now().plusSeconds(4);
        thing.toConfirm = true;
        done = false;
      }
    }
    return chance(weather(part.id()).lost())
        ? new Outcome.Uncertain(timeout())
        : new Outcome.Taken(thing.id, done, attributes(thing));
  }

  @Override
  public Outcome delete(Target target, DesiredPart part, Instant deadline) {
    calls++;
    noteAsked("delete", target, part);
    sweep();
    Optional<FederationFault> unserved = unserved(target, part.id());
    if (unserved.isPresent()) {
      return unasked(unserved.get());
    }
    FederationFault refusal = deleteRefusals.get(part.mark().resource());
    if (refusal != null) {
      return new Outcome.Refused(refusal);
    }
    List<Thing> found = marked(part);
    Optional.ofNullable(comingBack.remove(part.mark().resource() + "@" + part.id().cloud()))
        .ifPresent(late -> make(asked.get(late), true));
    for (Thing thing : found) {
      Optional<Thing> user =
          (part.type().equals(TestStacks.PORT) ? portUsers : things)
              .stream().filter(other -> other.uses.contains(thing.id)).findFirst();
      if (user.isPresent()) {
        return new Outcome.Refused(
            new FederationFault(
                FaultCode.CONFLICT, Phrase.verbatim(thing + " is used by " + user.get())));
      }
    }
    found.forEach(
        thing -> thing.goneAt = Optional.of(thing.goneAt.orElse(simulation.now().plusSeconds(2))));
    return chance(weather(part.id()).lost())
        ? new Outcome.Uncertain(timeout())
        : new Outcome.Gone(found.isEmpty());
  }

  /** What was asked of each cloud, in order: create, update, stop, delete; with the resource. */
  List<String> asked(String cloud) {
    return askedOf.getOrDefault(cloud, List.of());
  }

  /** No server can be stopped; empty for when it can again. */
  void refuseStops(Optional<FederationFault> why) {
    stopRefusal = why;
  }

  void forgetAsked() {
    askedOf.clear();
  }

  private void noteAsked(String verb, Target target, DesiredPart part) {
    askedOf
        .computeIfAbsent(target.connection().cloud().text(), none -> new ArrayList<>())
        .add(verb + " " + part.mark().resource());
    watcher.asked(verb, part);
  }

  @Override
  public Outcome stop(Target target, DesiredPart part, Instant deadline) {
    calls++;
    sweep();
    noteAsked("stop", target, part);
    Optional<FederationFault> unserved = unserved(target, part.id());
    if (unserved.isPresent()) {
      return unasked(unserved.get());
    }
    if (stopRefusal.isPresent()) {
      return new Outcome.Refused(stopRefusal.get());
    }
    List<Thing> found = marked(part);
    found.forEach(thing -> thing.stopped = true);
    return found.isEmpty()
        ? new Outcome.Gone(true)
        : chance(weather(part.id()).lost())
            ? new Outcome.Uncertain(timeout())
            : new Outcome.Taken(found.get(0).id, true, attributes(found.get(0)));
  }

  void refuseSleep(String resource, FederationFault why) {
    sleepRefusals.put(resource, why);
  }

  void acceptSleep() {
    sleepRefusals.clear();
  }

  @Override
  public Outcome suspend(Target target, DesiredPart part, Instant deadline) {
    return sleepOrWake("suspend", target, part, true);
  }

  @Override
  public Outcome resume(Target target, DesiredPart part, Instant deadline) {
    return sleepOrWake("resume", target, part, false);
  }

  private Outcome sleepOrWake(String verb, Target target, DesiredPart part, boolean falls) {
    calls++;
    sweep();
    Optional<FederationFault> unserved = unserved(target, part.id());
    if (unserved.isPresent()) {
      return unasked(unserved.get());
    }
    FederationFault refusal = sleepRefusals.get(part.mark().resource());
    if (refusal != null) {
      return new Outcome.Refused(refusal);
    }
    Optional<Thing> found =
        marked(part).stream()
            .filter(thing -> part.physicalId().filter(thing.id::equals).isPresent())
            .findFirst();
    if (found.isEmpty()) {
      return new Outcome.Gone(true);
    }
    Thing thing = found.get();
    boolean turns = simulation.now().isBefore(thing.turnsAt);
    boolean ready = !turns && thing.asleep == falls;
    if (!turns && !ready) {
      noteAsked(verb, target, part);
      thing.asleep = falls;
      thing.turnsAt = simulation.now().plusSeconds(4);
    }
    return chance(weather(part.id()).lost())
        ? new Outcome.Uncertain(timeout())
        : new Outcome.Taken(thing.id, ready, attributes(thing));
  }

  @Override
  public Outcome deleteDouble(
      Target target, DesiredPart part, String physicalId, Instant deadline) {
    calls++;
    Optional<FederationFault> unserved = unserved(target, part.id());
    if (unserved.isPresent()) {
      return unasked(unserved.get());
    }
    things.stream()
        .filter(thing -> thing.id.equals(physicalId) && thing.mark.equals(part.mark()))
        .toList()
        .forEach(
            thing -> {
              things.remove(thing);
              watcher.doubleRemoved(thing);
            });
    return new Outcome.Gone(true);
  }

  /** Older first. */
  private List<Thing> marked(DesiredPart part) {
    return things.stream()
        .filter(thing -> part.mark().equals(thing.mark) && thing.part.equals(part.id()))
        .sorted(Comparator.comparing(thing -> thing.born))
        .toList();
  }

  private void sweep() {
    things.removeIf(
        thing -> thing.goneAt.filter(when -> !when.isAfter(simulation.now())).isPresent());
  }

  /** Why the cloud does nothing of what it is asked; its answer may take its time. */
  private Optional<FederationFault> unserved(Target target, PartId part) {
    Weather now = weather(part);
    if (isAway(target) || chance(now.failing())) {
      simulation.answersLater(now.slow());
      return Optional.of(timeout());
    }
    if (chance(now.limited())) {
      return Optional.of(limit());
    }
    if (!now.slow().isZero()) {
      simulation.answersLater(
          Duration.ofMillis(simulation.random().nextInt((int) now.slow().toMillis())));
    }
    return Optional.empty();
  }

  private static Outcome unasked(FederationFault fault) {
    return fault.code() == FaultCode.CLOUD_TIMEOUT
        ? new Outcome.Uncertain(fault)
        : new Outcome.Refused(fault);
  }

  private static FederationFault limit() {
    return new FederationFault(
        FaultCode.CLOUD_UNAVAILABLE,
        Phrase.verbatim("Too many requests."),
        List.of(),
        Json.createObjectBuilder().add(FederationFault.RETRY_AFTER, 7).build(),
        null);
  }

  private boolean isAway(Target target) {
    return away.contains(target.connection().cloud().text());
  }

  private boolean chance(double share) {
    return share > 0 && simulation.random().nextDouble() < share;
  }

  private static FederationFault ownError() {
    return new FederationFault(
        FaultCode.CLOUD_UNAVAILABLE,
        Phrase.verbatim("An unexpected error prevented the server from fulfilling your request."),
        List.of(),
        Json.createObjectBuilder().add("status", 500).add("requestId", "req-theirs").build(),
        null);
  }

  private static FederationFault timeout() {
    return new FederationFault(
        FaultCode.CLOUD_TIMEOUT, Phrase.verbatim("no answer within 60 seconds"));
  }
}
