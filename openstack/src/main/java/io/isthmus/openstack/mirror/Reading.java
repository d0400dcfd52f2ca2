package io.isthmus.openstack.mirror;

import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorReading;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.CloudSession;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.http.Deadline;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** What one reading of one list is about, and what all kinds of it have in common. */
final class Reading {
  /** A list of a million takes minutes; none takes longer than this. */
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final CloudSession session;
  private final String region;
  private final Duration eachCall;
  private final Clock clock;
  private final Consumer<List<MirrorItem>> page;
  private final Deadline end = Deadline.in(LONGEST);

  Reading(
      CloudSession session,
      String region,
      Duration eachCall,
      Clock clock,
      Consumer<List<MirrorItem>> page) {
    this.session = session;
    this.region = region;
    this.eachCall = eachCall;
    this.clock = clock;
    this.page = page;
  }

  CloudSession session() {
    return session;
  }

  String region() {
    return region;
  }

  /** For one call. */
  Deadline deadline() {
    return end.orIn(eachCall);
  }

  /** The OpenStack project that is read. */
  String project() {
    return session.projectId(deadline());
  }

  /** From when on changes are asked for; empty when all is to be read. */
  Optional<Instant> since(Optional<String> bookmark) {
    return bookmark
        .flatMap(text -> Bookmark.parse(text, project(), clock.instant()))
        .map(Bookmark::since);
  }

  /**
   * Reads a list.
   *
   * @param item what is to be told of a thing; empty when nothing is
   * @return the text of the bookmark where a next reading goes on
   */
  String list(Call call, String collection, Function<JsonObject, Optional<MirrorItem>> item) {
    Instant ours = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Optional<Instant> cloudTime =
        session.pages(
            call,
            collection,
            this::deadline,
            things -> {
              List<MirrorItem> items =
                  things.stream()
                      .flatMap(thing -> item.apply(thing).stream())
                      // What has no id cannot be told from anything else.
                      .filter(told -> !told.id().isEmpty())
                      .toList();
              if (!items.isEmpty()) {
                page.accept(items);
              }
            });
    return Bookmark.after(project(), cloudTime.orElse(ours)).text();
  }

  /**
   * Reads the changes where it can, else all: a cloud that refuses to tell changes, for example
   * because its operator took the filter away, still tells all.
   */
  static MirrorReading changesOrAll(
      Optional<Instant> since,
      Function<Instant, MirrorReading> changes,
      Supplier<MirrorReading> all) {
    if (since.isEmpty()) {
      return all.get();
    }
    try {
      return changes.apply(since.get());
    } catch (CloudFault refused) {
      if (refused.status() == 400) {
        return all.get();
      }
      throw refused;
    }
  }
}
