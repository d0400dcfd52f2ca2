package io.isthmus.sandbox.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Things of one kind that are there by rule: each is worked out from its index when somebody looks,
 * and only what was changed since is remembered. Guarded by its cloud's lock.
 */
public final class Synthetic {
  /** All are older than anything else; so nothing of them is new after a start. */
  private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

  /** In the third place stands what no random id has. */
  private static final Pattern ID = Pattern.compile("([0-9a-f]{8})-5e17-4000-8000-([0-9a-f]{12})");

  private final String stem;
  private final int initial;
  private final Map<Integer, Change> changes = new HashMap<>();
  private int next;
  private int gone;
  private int cursor;

  /** What happened to a thing last. */
  private record Change(Instant created, Instant at, int revision, boolean gone, String label) {}

  /**
   * A thing as it is now.
   *
   * @param revision how often it was changed
   * @param gone whether it was deleted; then {@code updated} is when
   * @param label what who changed it last called it; empty when nobody did
   */
  public record Thing(
      int index,
      String id,
      Instant created,
      Instant updated,
      int revision,
      boolean gone,
      String label) {

    /** Its name: the label, the kind and the index. */
    public String name(String kind) {
      String name = String.format(Locale.ROOT, "%s-%06d", kind, index);
      return label.isEmpty() ? name : label + "-" + name;
    }
  }

  /**
   * @param seed an id that no other kind, project, region or cloud has
   * @param initial how many there are to begin with
   */
  Synthetic(String seed, int initial) {
    this.stem = seed.substring(0, 8);
    this.initial = initial;
    this.next = initial;
  }

  /** How many there are. */
  public int count() {
    return next - gone;
  }

  /** Whether the thing is there and not deleted. */
  public boolean exists(int index) {
    Change change = changes.get(index);
    return index >= 0 && index < next && (change == null || !change.gone());
  }

  public String id(int index) {
    return String.format(Locale.ROOT, "%s-5e17-4000-8000-%012x", stem, index);
  }

  /** The index that an id stands for, whether it is there or was deleted; empty for any other. */
  public OptionalInt find(String id) {
    Matcher form = ID.matcher(id);
    if (!form.matches() || !form.group(1).equals(stem)) {
      return OptionalInt.empty();
    }
    long index = Long.parseLong(form.group(2), 16);
    return index < next ? OptionalInt.of((int) index) : OptionalInt.empty();
  }

  public Thing thing(int index) {
    Change change = changes.get(index);
    Instant made = MADE.plusSeconds(index);
    return change == null
        ? new Thing(index, id(index), made, made, 0, false, "")
        : new Thing(
            index,
            id(index),
            change.created(),
            change.at(),
            change.revision(),
            change.gone(),
            change.label());
  }

  /** All that are there, in the order in which they were made. */
  public Stream<Thing> all() {
    return IntStream.range(0, next).filter(this::exists).mapToObj(this::thing);
  }

  /**
   * A part of a list.
   *
   * @param newestFirst its order
   * @param after index that it begins behind; empty to begin at its begin
   * @param most how many
   * @param since only what changed, was made or deleted since then; null for all
   * @param which what else must hold, such as that it is not gone
   */
  public List<Thing> part(
      boolean newestFirst, OptionalInt after, int most, Instant since, Predicate<Thing> which) {
    IntStream indexes;
    if (since == null || !since.isAfter(MADE.plusSeconds(initial))) {
      indexes =
          newestFirst ? IntStream.range(0, next).map(i -> next - 1 - i) : IntStream.range(0, next);
    } else {
      Comparator<Integer> order =
          newestFirst ? Comparator.reverseOrder() : Comparator.naturalOrder();
      indexes = changes.keySet().stream().sorted(order).mapToInt(Integer::intValue);
    }
    return indexes
        .filter(i -> after.isEmpty() || (newestFirst ? i < after.getAsInt() : i > after.getAsInt()))
        .mapToObj(this::thing)
        .filter(thing -> since == null || !thing.updated().isBefore(since))
        .filter(which)
        .limit(most)
        .toList();
  }

  void create(int number, Instant now, String label) {
    for (int i = 0; i < number; i++) {
      changes.put(next++, new Change(now, now, 0, false, label));
    }
  }

  /** Changes some of those that are there, each call others until it has been through all. */
  void update(int number, Instant now, String label) {
    for (int index : some(number)) {
      touch(index, now, label);
    }
  }

  void touch(int index, Instant now, String label) {
    Thing thing = thing(index);
    changes.put(index, new Change(thing.created(), now, thing.revision() + 1, false, label));
  }

  /** Deletes some, and tells which. */
  List<Integer> delete(int number, Instant now) {
    List<Integer> chosen = some(number);
    for (int index : chosen) {
      Thing thing = thing(index);
      changes.put(
          index, new Change(thing.created(), now, thing.revision() + 1, true, thing.label()));
      gone++;
    }
    return chosen;
  }

  private List<Integer> some(int number) {
    List<Integer> chosen = new ArrayList<>();
    for (int looked = 0; looked < next && chosen.size() < number; looked++) {
      int index = cursor++ % next;
      if (exists(index)) {
        chosen.add(index);
      }
    }
    cursor = next == 0 ? 0 : cursor % next;
    return chosen;
  }

  ObjectNode toJson() {
    ObjectNode json = Json.obj().put("next", next).put("cursor", cursor);
    ArrayNode list = json.putArray("changes");
    changes.forEach(
        (index, change) ->
            list.addObject()
                .put("index", index)
                .put("created", change.created().toString())
                .put("at", change.at().toString())
                .put("revision", change.revision())
                .put("gone", change.gone())
                .put("label", change.label()));
    return json;
  }

  void read(JsonNode json) {
    next = Math.max(initial, json.path("next").asInt());
    cursor = json.path("cursor").asInt();
    json.path("changes")
        .forEach(
            change -> {
              changes.put(
                  change.get("index").asInt(),
                  new Change(
                      Instant.parse(change.get("created").asText()),
                      Instant.parse(change.get("at").asText()),
                      change.get("revision").asInt(),
                      change.get("gone").asBoolean(),
                      change.get("label").asText()));
              gone += change.get("gone").asBoolean() ? 1 : 0;
            });
  }
}
