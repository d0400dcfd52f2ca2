package io.isthmus.openstack.mirror;

import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorKnown;
import io.isthmus.domain.mirror.MirrorReading;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.CloudSession;
import io.isthmus.openstack.http.Answer;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.http.Deadline;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** What one reading of one list is about, and what all kinds of it have in common. */
final class Reading {
  /** A list of a million takes minutes; none takes longer than this. */
  private static final Duration LONGEST = Duration.ofMinutes(30);

  /** Bytes of pages that were the same, kept until it is known whether all are. */
  static final int MOST_HELD = 8 << 20;

  private final CloudSession session;
  private final String region;
  private final Duration eachCall;
  private final Clock clock;
  private final MirrorKnown known;
  private final Consumer<List<MirrorItem>> page;
  private final Deadline end = Deadline.in(LONGEST);

  private final Seen before;
  private final Seen now;
  private final Held held = new Held(MOST_HELD);
  private final Set<String> unseen = new HashSet<>();
  private boolean same = true;
  private int lists;

  Reading(
      CloudSession session,
      String region,
      Duration eachCall,
      Clock clock,
      MirrorKnown known,
      Consumer<List<MirrorItem>> page) {
    this.session = session;
    this.region = region;
    this.eachCall = eachCall;
    this.clock = clock;
    this.known = known;
    this.page = page;
    this.before = Seen.parse(known.seen(), clock.instant());
    this.now = Seen.nothing(clock.instant());
  }

  CloudSession session() {
    return session;
  }

  String region() {
    return region;
  }

  MirrorKnown known() {
    return known;
  }

  /** What earlier answers were. */
  Seen before() {
    return before;
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
  Optional<Instant> since() {
    return known
        .bookmark()
        .flatMap(text -> Bookmark.parse(text, project(), clock.instant()))
        .map(Bookmark::since);
  }

  /**
   * Reads what changed.
   *
   * @param item what is to be told of a thing; empty when nothing is
   * @return the text of the bookmark where a next reading goes on
   */
  String changes(Call call, String collection, Function<JsonObject, Optional<MirrorItem>> item) {
    Instant ours = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return bookmark(
        session.pages(call, collection, this::deadline, things -> tell(things, item)), ours);
  }

  /**
   * Reads a list whole, and makes nothing of pages whose every byte is as it was. To be followed by
   * {@link #told}; may be called for several lists that are one together.
   *
   * @param item and what is returned as in {@link #changes}
   */
  String whole(Call call, String collection, Function<JsonObject, Optional<MirrorItem>> item) {
    Instant ours = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Pages pages = new Pages(lists++, call, collection, item);
    return bookmark(
        session.answers(call, session.pageSize(), this::deadline, pages::answered), ours);
  }

  /** Tells that the cloud has answered though there is nothing of it to be told. */
  void progressed() {
    page.accept(List.of());
  }

  private String bookmark(Optional<Instant> cloudTime, Instant ours) {
    return Bookmark.after(project(), cloudTime.orElse(ours)).text();
  }

  /** One list while it is read whole. */
  private final class Pages {
    private final int list;
    private final Call call;
    private final String collection;
    private final Function<JsonObject, Optional<MirrorItem>> item;
    private Optional<String> marker = Optional.empty();

    Pages(int list, Call call, String collection, Function<JsonObject, Optional<MirrorItem>> item) {
      this.list = list;
      this.call = call;
      this.collection = collection;
      this.item = item;
    }

    Optional<String> answered(Answer answer) {
      String key = Seen.key(list, marker);
      String digest = Seen.digest(answer.body());
      Seen.Page was = before.pages().get(key);
      Optional<String> next;
      if (was != null && was.digest().equals(digest)) {
        next = was.next();
        held.add(answer, late -> skim(call, collection, late));
        progressed();
      } else {
        same = false;
        CloudSession.Page read = session.page(call, collection, answer);
        tell(read.items(), item);
        next = read.next();
      }
      now.pages().put(key, new Seen.Page(digest, next));
      marker = next;
      return next;
    }
  }

  private void skim(Call call, String collection, Answer answer) {
    Skimmed.of(session, call, collection, answer, (id, revision) -> unseen.add(id));
  }

  /** Also where nothing is told: that the cloud has answered counts. */
  private void tell(List<JsonObject> things, Function<JsonObject, Optional<MirrorItem>> item) {
    page.accept(
        things.stream()
            .flatMap(thing -> item.apply(thing).stream())
            // What has no id cannot be told from anything else.
            .filter(told -> !told.id().isEmpty())
            .toList());
  }

  /**
   * What came of reading all.
   *
   * @param alsoUnseen as in {@link MirrorReading#unseen}
   * @param count asked only when something is other than it was
   */
  MirrorReading told(
      Set<String> alsoUnseen, Supplier<OptionalLong> count, Optional<String> bookmark) {
    if (same && now.pages().size() == before.pages().size()) {
      return MirrorReading.same(true, bookmark);
    }
    held.end();
    unseen.addAll(alsoUnseen);
    return new MirrorReading(true, List.of(), unseen, count.get(), bookmark)
        .remembering(now.text());
  }

  /** Answers that are gone through only when it turns out that they must be. */
  static final class Held {
    private final int most;
    private final List<Runnable> answers = new ArrayList<>();
    private long bytes;
    private boolean through;

    /**
     * @param most bytes
     */
    Held(int most) {
      this.most = most;
    }

    void add(Answer answer, Consumer<Answer> goThrough) {
      if (through) {
        goThrough.accept(answer);
        return;
      }
      answers.add(() -> goThrough.accept(answer));
      bytes += answer.body().length;
      if (bytes > most) {
        end();
      }
    }

    /** Goes through all that are held, and from now on through each at once. */
    void end() {
      through = true;
      answers.forEach(Runnable::run);
      answers.clear();
    }
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
    return orAll(() -> changes.apply(since.get()), all);
  }

  /** The one, or all where the cloud refuses it. */
  static MirrorReading orAll(Supplier<MirrorReading> one, Supplier<MirrorReading> all) {
    try {
      return one.get();
    } catch (CloudFault refused) {
      if (refused.status() == 400) {
        return all.get();
      }
      throw refused;
    }
  }
}
