package io.isthmus.openstack.resource;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.leak.MarkDriver;
import io.isthmus.domain.leak.MarkedThing;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.ResourceDriver;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.Target;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.http.CloudFaults;
import io.isthmus.openstack.http.Deadline;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Drives a type whose resources carry a mark of their own: looks, makes, removes. What differs from
 * type to type is what subclasses say.
 */
@Transactional(Transactional.TxType.NEVER)
public abstract class MarkedDriver implements ResourceDriver, MarkDriver {
  private Clouds clouds;
  private Looks looks;

  /** For the container's proxy. */
  protected MarkedDriver() {}

  protected MarkedDriver(Clouds clouds) {
    use(clouds);
  }

  @Inject
  void use(Clouds newClouds) {
    clouds = newClouds;
    looks = new Looks(newClouds.config());
  }

  /** The HOT type. */
  protected abstract String type();

  /**
   * Where parts are looked for; each scope is listed on its own.
   *
   * @param stack empty when parts of several stacks are looked for
   * @param within what else narrows the list, such as a network's id
   */
  protected record Scope(Optional<StackId> stack, Optional<String> within) {}

  /** A scope of all stacks, narrowed by something else. */
  protected static Scope scopeWithin(String within) {
    return new Scope(Optional.empty(), Optional.of(within));
  }

  /** What else than the stack narrows the list that the part is looked for in. */
  protected Optional<String> within(DesiredPart part) {
    return Optional.empty();
  }

  /** Everything of this type in the scope that the project has, or that carries the mark. */
  protected abstract List<JsonObject> list(Work work, Scope scope);

  /** The same page by page; types of which a project can have very many never hold them all. */
  protected void pages(Work work, Scope scope, Consumer<List<JsonObject>> page) {
    page.accept(list(work, scope));
  }

  /** The lists in which everything of this type is that the project has. */
  protected List<Scope> everywhere(Work work) {
    return List.of(new Scope(Optional.empty(), Optional.empty()));
  }

  /** Id of what uses one, so that it cannot be taken away; most are in nobody's use. */
  protected Optional<String> userOf(JsonObject object) {
    return Optional.empty();
  }

  /** Takes off what of it keeps its cloud from deleting it, and is nobody else's. */
  protected void takeOff(Work work, JsonObject object) {}

  /** One by its id; empty when the cloud says that it is not there. */
  protected abstract Optional<JsonObject> fetch(Work work, String id);

  /** The text of the mark that it carries. */
  protected abstract Optional<String> markOf(JsonObject object);

  /** Makes it, mark included, and returns it as the cloud answered. */
  protected abstract JsonObject make(Work work, DesiredPart part);

  /** Whether the second step of a creation, if the type has one, is still to be done. */
  protected boolean isIncomplete(DesiredPart part, JsonObject object) {
    return false;
  }

  /**
   * The second step of a creation, or of one that was interrupted; most types need none.
   *
   * @return what is there then
   */
  protected JsonObject complete(Work work, DesiredPart part, JsonObject object) {
    return object;
  }

  /**
   * Asks for what differs between what is there and what is wanted. Called again until it is done,
   * each time with what is there then. Types of which nothing changes in place have nothing to ask
   * for.
   */
  protected Progress adapt(Work work, Change change) {
    return Progress.done(change.there());
  }

  /** The text that tells this mark from all others. */
  protected String markText(Mark mark) {
    return Marks.text(mark);
  }

  /** The call that deletes one. */
  protected abstract Call deletion(Work work, String id);

  /** Whether a deletion is over when the cloud has taken it. */
  protected boolean deletesAtOnce() {
    return true;
  }

  /** Whether the mark of what is there can be put in another's place. */
  protected boolean isAdoptable() {
    return true;
  }

  /**
   * Puts the part's mark on what is there, in the place of any before; last on what itself tells
   * the mark, so that who is stopped between goes on. Each adoptable type has its own; of others it
   * is never asked.
   *
   * @param from the mark that is on it, if any is
   */
  protected void mark(Work work, DesiredPart part, JsonObject object, Optional<Mark> from) {
    throw new UnsupportedOperationException(type());
  }

  /** Id of the project that has it, as far as its cloud tells that. */
  protected Optional<String> ownerOf(JsonObject object) {
    return Bodies.text(object, "project_id").or(() -> Bodies.text(object, "tenant_id"));
  }

  /** Removes what was made beside it; most have nothing. */
  protected void removeHelpers(Work work, DesiredPart part) {}

  /** Whether what the cloud still lists is gone for all purposes. */
  protected boolean isGone(JsonObject object) {
    return false;
  }

  protected abstract Sighting.Phase phase(JsonObject object);

  protected String cloudStatus(JsonObject object) {
    return object.getString("status", "");
  }

  /** Why it failed, in the cloud's words. */
  protected Optional<String> troubleOf(JsonObject object) {
    return Optional.empty();
  }

  /** Heat's attributes, as far as the object itself tells them. */
  protected abstract JsonObject attributes(JsonObject object);

  /**
   * Heat's attributes where some of them need further lists, which are read for all objects at
   * once.
   */
  protected Function<JsonObject, JsonObject> describer(Work work, Collection<JsonObject> objects) {
    return this::attributes;
  }

  protected String id(JsonObject object) {
    return object.getString("id");
  }

  @Override
  public Set<String> types() {
    return Set.of(type());
  }

  @Override
  public Map<PartId, Sighting> observe(Target target, String type, Collection<DesiredPart> parts) {
    Map<PartId, Sighting> sightings = new HashMap<>();
    if (parts.isEmpty()) {
      return sightings;
    }
    Optional<StackId> stack = onlyStack(parts);
    Map<Scope, List<DesiredPart>> scopes = new LinkedHashMap<>();
    for (DesiredPart part : parts) {
      scopes
          .computeIfAbsent(new Scope(stack, within(part)), ignored -> new ArrayList<>())
          .add(part);
    }
    scopes.forEach((scope, same) -> sightings.putAll(observe(target, scope, same)));
    return sightings;
  }

  private Map<PartId, Sighting> observe(Target target, Scope scope, List<DesiredPart> parts) {
    Map<PartId, Sighting> sightings = new HashMap<>();
    try {
      Work work = work(target);
      Look look = looks.fresh(new Key(target, scope), () -> list(work, scope), this::markOf);
      Map<DesiredPart, JsonObject> present = new LinkedHashMap<>();
      for (DesiredPart part : parts) {
        try {
          choose(work, part, look)
              .ifPresentOrElse(
                  object -> present.put(part, object),
                  () -> sightings.put(part.id(), new Sighting.Absent()));
        } catch (FederationFault fault) {
          sightings.put(part.id(), new Sighting.Unknown(fault));
        }
      }
      Function<JsonObject, JsonObject> describer = describer(work, present.values());
      present.forEach(
          (part, object) ->
              sightings.put(part.id(), sighting(work, part, object, look, describer)));
    } catch (FederationFault fault) {
      unknown(parts, sightings, fault);
    } catch (RuntimeException defect) {
      unknown(parts, sightings, Outcomes.unexpected(defect));
    }
    return sightings;
  }

  private static void unknown(
      Collection<DesiredPart> parts, Map<PartId, Sighting> sightings, FederationFault fault) {
    parts.forEach(part -> sightings.putIfAbsent(part.id(), new Sighting.Unknown(fault)));
  }

  /** The recorded one, else the oldest that carries the mark. */
  private Optional<JsonObject> choose(Work work, DesiredPart part, Look look) {
    if (part.physicalId().isPresent()) {
      String id = part.physicalId().get();
      Optional<JsonObject> recorded =
          look.byId(id).or(() -> fetch(work, id)).filter(object -> !isGone(object));
      return recorded.or(() -> marked(part, look).stream().findFirst());
    }
    // Half made counts as not made: the creation, asked for again, finds and completes it.
    return marked(part, look).stream().findFirst().filter(object -> !isIncomplete(part, object));
  }

  private List<JsonObject> marked(DesiredPart part, Look look) {
    return look.marked(markText(part.mark())).stream().filter(object -> !isGone(object)).toList();
  }

  /**
   * Whether one that carries the same mark was made for the same part, rather than by somebody of
   * it; it is removed then.
   *
   * @param kept which is the part's
   */
  protected boolean isDouble(JsonObject kept, JsonObject other) {
    return true;
  }

  private Sighting sighting(
      Work work,
      DesiredPart part,
      JsonObject object,
      Look look,
      Function<JsonObject, JsonObject> describer) {
    List<String> doubles = new ArrayList<>();
    for (JsonObject other : marked(part, look)) {
      if (!id(other).equals(id(object)) && isDouble(object, other)) {
        doubles.add(0, id(other));
      }
    }
    Sighting.Phase phase = phase(object);
    Optional<Phrase> trouble =
        phase == Sighting.Phase.FAILED
            ? Optional.of(
                Phrase.of(
                    "driver.failed",
                    work.session().cloud(),
                    cloudStatus(object),
                    troubleOf(object).map(CloudFaults::quoted).orElse("-")))
            : Optional.empty();
    return new Sighting.Present(
        id(object),
        phase,
        cloudStatus(object),
        trouble,
        phase == Sighting.Phase.FAILED
            && troubleOf(object).filter(CloudFaults::saysFull).isPresent(),
        describer.apply(object),
        doubles);
  }

  @Override
  public Outcome create(Target target, DesiredPart part, Instant deadline) {
    return Outcomes.of(
        () -> {
          Work work = work(target, deadline);
          Optional<JsonObject> found =
              marked(part, recent(work, target, part)).stream().findFirst();
          changing(target, part);
          JsonObject object =
              found.isPresent() ? complete(work, part, found.get()) : makeWhole(work, part);
          return new Outcome.Taken(
              id(object), phase(object) == Sighting.Phase.READY, attributes(object));
        });
  }

  private JsonObject makeWhole(Work work, DesiredPart part) {
    JsonObject made = make(work, part);
    try {
      return complete(work, part, made);
    } catch (CloudFault fault) {
      if (fault.isRefusal()) {
        // Refused means that nothing was made.
        remove(work, id(made));
      }
      throw fault;
    }
  }

  @Override
  public Outcome update(Target target, DesiredPart part, JsonObject before, Instant deadline) {
    return Outcomes.of(
        () -> {
          Work work = work(target, deadline);
          JsonObject there = recorded(work, target, part);
          Sighting.Phase phase = phase(there);
          if (phase == Sighting.Phase.BUILDING || phase == Sighting.Phase.DELETING) {
            return new Outcome.Taken(id(there), false, attributes(there));
          }
          // Lists that are shared may show it as it was.
          changing(target, part);
          Progress progress = adapt(work, new Change(part, before, there));
          return new Outcome.Taken(
              id(progress.there()), progress.ready(), attributes(progress.there()));
        });
  }

  @Override
  public Outcome adopt(Target target, DesiredPart part, Optional<Mark> from, Instant deadline) {
    return Outcomes.of(
        () -> {
          Work work = work(target, deadline);
          String id = part.physicalId().orElseThrow();
          if (!isAdoptable()) {
            throw work.refused(
                FaultCode.CLOUD_REJECTED, Phrase.of("stack.cannot-be-adopted", part.type()));
          }
          JsonObject there = toAdopt(work, part, id);
          Optional<String> mark = markOf(there);
          String own = markText(part.mark());
          if (mark.filter(own::equals).isEmpty()) {
            if (mark.isPresent() && !mark.equals(from.map(this::markText))) {
              throw work.refused(
                  FaultCode.CLOUD_REJECTED, Phrase.of("driver.adopt-marked", part.type(), id));
            }
            changing(target, part);
            mark(work, part, there, from);
          }
          return new Outcome.Adopted(id, nameOf(there), attributes(there));
        });
  }

  /** What is there, if it is the project's own. */
  private JsonObject toAdopt(Work work, DesiredPart part, String id) {
    JsonObject there =
        fetch(work, id)
            .filter(object -> !isGone(object))
            .orElseThrow(() -> notToAdopt(work, "driver.adopt-missing", part, id));
    if (phase(there) == Sighting.Phase.DELETING) {
      throw notToAdopt(work, "driver.adopt-vanishing", part, id);
    }
    String project = work.session().projectId(work.deadline());
    if (ownerOf(there).filter(owner -> !same(owner, project)).isPresent()) {
      throw notToAdopt(work, "driver.adopt-others", part, id);
    }
    return there;
  }

  /** Also an empty one, which many things have; empty where its kind has none. */
  private static Optional<String> nameOf(JsonObject there) {
    return there.get("name") instanceof JsonString name
        ? Optional.of(name.getString())
        : Optional.empty();
  }

  /** Services write ids of projects with and without dashes. */
  private static boolean same(String one, String other) {
    return one.replace("-", "").equalsIgnoreCase(other.replace("-", ""));
  }

  private static FederationFault notToAdopt(Work work, String key, DesiredPart part, String id) {
    return work.refused(
        FaultCode.CLOUD_REJECTED, Phrase.of(key, part.type(), id, work.session().cloud()));
  }

  /** What there is of the part; the recorded one as the cloud tells it now, with our mark. */
  private JsonObject recorded(Work work, Target target, DesiredPart part) {
    Optional<JsonObject> there =
        part.physicalId().isPresent()
            ? fetch(work, part.physicalId().get())
            : marked(part, recent(work, target, part)).stream().findFirst();
    JsonObject found =
        there
            .filter(object -> !isGone(object))
            .orElseThrow(
                () ->
                    work.refused(
                        FaultCode.CONFLICT,
                        Phrase.of(
                            "driver.gone",
                            part.type(),
                            part.physicalId().orElse(part.physicalName()),
                            work.session().cloud())));
    if (markOf(found).filter(markText(part.mark())::equals).isEmpty()) {
      throw work.notOurs(part, id(found));
    }
    return found;
  }

  @Override
  public Outcome delete(Target target, DesiredPart part, Instant deadline) {
    return Outcomes.of(
        () -> {
          Work work = work(target, deadline);
          String mark = markText(part.mark());
          Look look = recent(work, target, part);
          Set<String> ids = new LinkedHashSet<>();
          Optional<JsonObject> recorded = Optional.empty();
          if (part.physicalId().isPresent()) {
            String id = part.physicalId().get();
            recorded = look.byId(id).or(() -> fetch(work, id)).filter(object -> !isGone(object));
            if (recorded.isPresent()) {
              if (markOf(recorded.get()).filter(mark::equals).isEmpty()) {
                throw work.notOurs(part, id);
              }
              ids.add(id);
            }
          }
          for (JsonObject other : marked(part, look)) {
            if (recorded.isEmpty() || isDouble(recorded.get(), other)) {
              ids.add(id(other));
            }
          }
          changing(target, part);
          // First, so that when the resource itself is gone nothing of it is left.
          removeHelpers(work, part);
          boolean anyLeft = false;
          for (String id : ids) {
            anyLeft |= remove(work, id);
          }
          return new Outcome.Gone(!anyLeft || deletesAtOnce());
        });
  }

  @Override
  public Outcome stop(Target target, DesiredPart part, Instant deadline) {
    return Outcomes.of(
        () -> {
          Work work = work(target, deadline);
          String mark = markText(part.mark());
          Map<String, JsonObject> found = new LinkedHashMap<>();
          part.physicalId()
              .flatMap(id -> fetch(work, id))
              .filter(object -> markOf(object).filter(mark::equals).isPresent())
              .ifPresent(object -> found.put(id(object), object));
          marked(part, recent(work, target, part))
              .forEach(object -> found.putIfAbsent(id(object), object));
          found.values().removeIf(this::isGone);
          if (found.isEmpty()) {
            return new Outcome.Gone(true);
          }
          changing(target, part);
          boolean all = true;
          for (JsonObject object : found.values()) {
            all &= stop(work, object);
          }
          return new Outcome.Taken(
              found.keySet().iterator().next(), all, JsonValue.EMPTY_JSON_OBJECT);
        });
  }

  /**
   * Asks for something that carries our mark to be stopped. For types of which nothing runs there
   * is nothing to stop.
   *
   * @return whether it does not run any more
   */
  protected boolean stop(Work work, JsonObject object) {
    throw work.refused(
        FaultCode.CLOUD_REJECTED, Phrase.of("driver.cannot-be-stopped", type(), id(object)));
  }

  @Override
  public Outcome suspend(Target target, DesiredPart part, Instant deadline) {
    return sleepOrWake(target, part, deadline, this::suspend);
  }

  @Override
  public Outcome resume(Target target, DesiredPart part, Instant deadline) {
    return sleepOrWake(target, part, deadline, this::resume);
  }

  /**
   * @param ask answers whether nothing is left to ask for or to wait for
   */
  private Outcome sleepOrWake(
      Target target, DesiredPart part, Instant deadline, BiPredicate<Work, JsonObject> ask) {
    return Outcomes.of(
        () -> {
          Work work = work(target, deadline);
          Optional<JsonObject> there =
              part.physicalId().flatMap(id -> fetch(work, id)).filter(object -> !isGone(object));
          if (there.isEmpty()) {
            return new Outcome.Gone(true);
          }
          JsonObject object = there.get();
          if (markOf(object).filter(markText(part.mark())::equals).isEmpty()) {
            throw work.notOurs(part, id(object));
          }
          changing(target, part);
          return new Outcome.Taken(id(object), ask.test(work, object), JsonValue.EMPTY_JSON_OBJECT);
        });
  }

  /**
   * Asks for something that carries our mark to be put to sleep; where nothing runs there is
   * nothing to do.
   *
   * @return whether it does not run any more
   */
  protected boolean suspend(Work work, JsonObject object) {
    return true;
  }

  /**
   * Asks for something that carries our mark to be woken; where nothing runs there is nothing to
   * do.
   *
   * @return whether it is awake, as far as its sleep is concerned
   */
  protected boolean resume(Work work, JsonObject object) {
    return true;
  }

  @Override
  public Outcome deleteDouble(
      Target target, DesiredPart part, String physicalId, Instant deadline) {
    return Outcomes.of(
        () -> {
          Work work = work(target, deadline);
          Optional<JsonObject> found = fetch(work, physicalId).filter(object -> !isGone(object));
          if (found.isEmpty()) {
            return new Outcome.Gone(true);
          }
          String mark = markText(part.mark());
          if (markOf(found.get()).filter(mark::equals).isEmpty()) {
            throw work.notOurs(part, physicalId);
          }
          changing(target, part);
          return new Outcome.Gone(!remove(work, physicalId) || deletesAtOnce());
        });
  }

  @Override
  public List<MarkedThing> marked(Target target) {
    Work work = work(target);
    List<MarkedThing> things = new ArrayList<>();
    for (Scope scope : everywhere(work)) {
      pages(
          work,
          scope,
          page ->
              page.stream()
                  .filter(object -> markOf(object).isPresent())
                  .map(this::thing)
                  .forEach(things::add));
    }
    return things;
  }

  private MarkedThing thing(JsonObject object) {
    return new MarkedThing(
        type(),
        id(object),
        object.getString("name", ""),
        markOf(object),
        userOf(object),
        isGone(object) || phase(object) == Sighting.Phase.DELETING,
        Optional.empty());
  }

  @Override
  public Optional<MarkedThing> look(Target target, String id) {
    return fetch(work(target), id).filter(object -> !isGone(object)).map(this::thing);
  }

  @Override
  public Outcome remove(Target target, MarkedThing thing, Instant deadline) {
    return Outcomes.of(
        () -> {
          Work work = work(target, deadline);
          Optional<JsonObject> found = fetch(work, thing.id()).filter(object -> !isGone(object));
          if (found.isEmpty()) {
            return new Outcome.Gone(true);
          }
          if (thing.mark().isEmpty() || !markOf(found.get()).equals(thing.mark())) {
            throw work.refused(
                FaultCode.CLOUD_REJECTED, Phrase.of("driver.mark-changed", type(), thing.id()));
          }
          Optional<String> user = userOf(found.get());
          if (user.isPresent()) {
            throw work.refused(
                FaultCode.CONFLICT, Phrase.of("driver.in-use", type(), thing.id(), user.get()));
          }
          takeOff(work, found.get());
          return new Outcome.Gone(!remove(work, thing.id()) || deletesAtOnce());
        });
  }

  @Override
  public String textOf(Mark mark) {
    return markText(mark);
  }

  /** True when it was there. */
  private boolean remove(Work work, String id) {
    try {
      work.session().send(deletion(work, id), work.deadline());
      return true;
    } catch (CloudFault fault) {
      if (fault.status() == 404) {
        return false;
      }
      throw fault;
    }
  }

  private Look recent(Work work, Target target, DesiredPart part) {
    Scope scope = scope(part);
    return looks.recent(
        new Key(target, scope), markText(part.mark()), () -> list(work, scope), this::markOf);
  }

  private void changing(Target target, DesiredPart part) {
    looks.changing(new Key(target, scope(part)), markText(part.mark()));
  }

  private record Key(Target target, Scope scope) {}

  private Scope scope(DesiredPart part) {
    return new Scope(Optional.of(part.mark().stack()), within(part));
  }

  private static Optional<StackId> onlyStack(Collection<DesiredPart> parts) {
    List<StackId> stacks = parts.stream().map(part -> part.mark().stack()).distinct().toList();
    return stacks.size() == 1 ? Optional.of(stacks.get(0)) : Optional.empty();
  }

  private Work work(Target target) {
    var session = clouds.session(target.connection());
    return new Work(session, target.region(), session.deadline());
  }

  private Work work(Target target, Instant deadline) {
    var session = clouds.session(target.connection());
    return new Work(
        session, target.region(), Deadline.at(deadline, clouds.config().totalTimeout()));
  }
}
