package io.isthmus.domain.mirror;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Clouds that hold what a test puts there, by account and kind. Servers and volumes tell what
 * changed since; everything else only all of it.
 */
final class SimulatedClouds implements MirrorDriver {

  static final int PAGE = 3;

  private record Held(MirrorItem item, long version) {}

  private final Map<String, TreeMap<String, Held>> held = new HashMap<>();
  private final Map<String, TreeMap<Long, String>> deleted = new HashMap<>();
  private final Map<ProjectId, String> accounts = new HashMap<>();
  private long version;

  /** Pages that are given before the cloud breaks off; empty when it does not. */
  OptionalInt breaksAfter = OptionalInt.empty();

  /** The page that is left out of the next answer, from 0; empty for none. */
  OptionalInt loses = OptionalInt.empty();

  /** Whether the cloud tells how many items there are. */
  boolean counts = true;

  /** Whether it tells nothing where its answer is the same as before. */
  boolean remembers;

  /** Projects whose credentials are refused. */
  final Set<ProjectId> refuses = new HashSet<>();

  /** Lists that are not told. */
  final Set<MirrorKind> down = EnumSet.noneOf(MirrorKind.class);

  /** What happens while a list is read, when all of its pages have been given. */
  Runnable meanwhile = () -> {};

  /** When what is deleted was, where the cloud tells it. */
  final Map<String, Instant> ended = new HashMap<>();

  /** Readings of which nothing was told, being the same. */
  int same;

  /** Bookmarks with which it was asked. */
  final List<Optional<String>> asked = new ArrayList<>();

  void lead(ProjectId project, String account) {
    accounts.put(project, account);
  }

  void put(String account, MirrorKind kind, MirrorItem item) {
    of(account, kind).put(item.id(), new Held(item, ++version));
    deleted(account, kind).values().remove(item.id());
  }

  void remove(String account, MirrorKind kind, String id) {
    if (of(account, kind).remove(id) != null) {
      deleted(account, kind).put(++version, id);
    }
  }

  List<MirrorItem> all(String account, MirrorKind kind) {
    return of(account, kind).values().stream().map(Held::item).toList();
  }

  private TreeMap<String, Held> of(String account, MirrorKind kind) {
    return held.computeIfAbsent(account + kind, key -> new TreeMap<>());
  }

  private TreeMap<Long, String> deleted(String account, MirrorKind kind) {
    return deleted.computeIfAbsent(account + kind, key -> new TreeMap<>());
  }

  static MirrorItem item(String id, String name, String status, String... addresses) {
    return new MirrorItem(
        id,
        name,
        Optional.of(status),
        Optional.of(Instant.parse("2026-11-20T10:00:00Z")),
        Optional.empty(),
        List.of(addresses),
        Optional.empty(),
        Json.createObjectBuilder().add("flavor", "m1").build());
  }

  static MirrorItem marked(MirrorItem item, String mark) {
    return new MirrorItem(
        item.id(),
        item.name(),
        item.status(),
        item.created(),
        item.updated(),
        item.addresses(),
        Optional.of(mark),
        item.details());
  }

  @Override
  public MirrorReading read(
      CloudConnection connection,
      Account asked,
      String region,
      MirrorKind kind,
      MirrorKnown known,
      Consumer<List<MirrorItem>> page) {
    Optional<String> bookmark = known.bookmark();
    this.asked.add(bookmark);
    if (refuses.contains(connection.project())) {
      throw new FederationFault(
          FaultCode.CLOUD_CREDENTIAL_REJECTED, Phrase.of("mirror.failed", connection.cloud()));
    }
    String account = accounts.get(connection.project());
    if (!account.equals(asked.id())) {
      throw new FederationFault(
          FaultCode.CONFLICT, Phrase.of("mirror.elsewhere", connection.cloud()));
    }
    if (down.contains(kind)) {
      throw away(connection);
    }
    long since = bookmark.map(Long::parseLong).orElse(0L);
    long now = version;
    List<MirrorItem> told =
        of(account, kind).values().stream()
            .filter(one -> bookmark.isEmpty() || one.version() > since)
            .map(Held::item)
            .toList();
    String answer = told + " " + loses;
    boolean tellsChanges = kind == MirrorKind.SERVER || kind == MirrorKind.VOLUME;
    Optional<String> next = tellsChanges ? Optional.of(Long.toString(now)) : Optional.empty();
    if (remembers
        && bookmark.isEmpty()
        && breaksAfter.isEmpty()
        && known.seen().filter(answer::equals).isPresent()) {
      same++;
      return MirrorReading.same(true, next);
    }
    int pages = 0;
    for (int from = 0; from < told.size(); from += PAGE) {
      if (breaksAfter.isPresent() && pages == breaksAfter.getAsInt()) {
        throw away(connection);
      }
      if (loses.isEmpty() || pages != loses.getAsInt()) {
        page.accept(told.subList(from, Math.min(told.size(), from + PAGE)));
      }
      pages++;
    }
    if (breaksAfter.isPresent()) {
      throw away(connection);
    }
    meanwhile.run();
    MirrorReading reading =
        new MirrorReading(
            bookmark.isEmpty(),
            bookmark.isEmpty()
                ? List.of()
                : List.copyOf(deleted(account, kind).tailMap(since, false).values()),
            counts ? OptionalLong.of(of(account, kind).size()) : OptionalLong.empty(),
            next);
    return remembers && bookmark.isEmpty()
        ? reading.remembering(answer)
        : bookmark.isEmpty() ? reading : reading.deletedAt(ended);
  }

  private static FederationFault away(CloudConnection connection) {
    return new FederationFault(
        FaultCode.CLOUD_UNAVAILABLE, Phrase.of("mirror.unreachable", connection.cloud()));
  }
}
