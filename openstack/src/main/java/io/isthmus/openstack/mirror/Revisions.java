package io.isthmus.openstack.mirror;

import io.isthmus.domain.mirror.MirrorReading;
import io.isthmus.openstack.conversation.Call;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads what changed of a list of which Neutron tells no changes: it asks for ids and revisions
 * alone, and then for what is new or has another revision. A revision grows with each change of a
 * thing and of what belongs to it: of a port its addresses, binding, security groups and address
 * pairs, of a security group its rules, of a floating IP its port.
 *
 * @see "neutron/services/revisions/revision_plugin.py; revises_on_change in
 *     neutron/db/models_v2.py, neutron/db/models/securitygroup.py, neutron/plugins/ml2/models.py"
 */
final class Revisions {
  /** Such a row is a tenth of a whole one or less. */
  private static final int LARGER_PAGES = 8;

  /** Characters of ids in one address; what stands before a cloud may refuse 8 KiB. */
  private static final int LONGEST = 3_500;

  /** Where more than this and a quarter of all differ, all is read. */
  private static final int FEW = 400;

  private final Reading reading;
  private final Call list;
  private final String collection;

  /**
   * @param list without fields
   */
  Revisions(Reading reading, Call list, String collection) {
    this.reading = reading;
    this.list = list;
    this.collection = collection;
  }

  /** Where a next reading goes on. */
  static String bookmark(String project) {
    return "r " + project;
  }

  /**
   * Reads it.
   *
   * @param some reads things, given what the call is to be narrowed by
   * @param all reads the whole list
   */
  MirrorReading read(Consumer<List<String>> some, Supplier<MirrorReading> all) {
    Optional<String> bookmark = Optional.of(bookmark(reading.project()));
    Map<String, Long> told = new HashMap<>();
    Reading.Held held = new Reading.Held(Reading.MOST_HELD);
    MessageDigest digester = Seen.digester();
    Call call = list.query("fields", "id").query("fields", "revision_number");
    reading
        .session()
        .answers(
            call,
            reading.session().pageSize() * LARGER_PAGES,
            reading::deadline,
            answer -> {
              reading.progressed();
              digester.update(answer.body());
              if (!Skimmed.mayGoOn(answer.body())) {
                held.add(
                    answer,
                    late -> Skimmed.of(reading.session(), call, collection, late, told::put));
                return Optional.empty();
              }
              return Skimmed.of(reading.session(), call, collection, answer, told::put)
                  .next(collection);
            });
    String digest = Seen.digest(digester);
    if (reading.before().revisions().filter(digest::equals).isPresent()) {
      return MirrorReading.same(false, bookmark);
    }
    held.end();
    int count = told.size();
    List<String> other = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    reading
        .known()
        .revisions()
        .each(
            (id, kept) -> {
              Long now = told.remove(id);
              if (now == null) {
                gone.add(id);
              } else if (now != kept) {
                other.add(id);
              }
            });
    // What is left is new.
    other.addAll(told.keySet());
    if (other.size() > Math.max(FEW, count / 4)) {
      return all.get();
    }
    other.sort(Comparator.naturalOrder());
    each(other, some);
    Seen seen =
        other.isEmpty() && gone.isEmpty()
            ? reading.before()
            : Seen.nothing(reading.before().since());
    return new MirrorReading(false, gone, Set.of(), OptionalLong.empty(), bookmark)
        .remembering(seen.with(digest).text());
  }

  /** As many at a time as an address holds. */
  private static void each(List<String> ids, Consumer<List<String>> some) {
    List<String> batch = new ArrayList<>();
    int length = 0;
    for (String id : ids) {
      if (length > LONGEST) {
        some.accept(List.copyOf(batch));
        batch.clear();
        length = 0;
      }
      batch.add(id);
      length += id.length() + "&id=".length();
    }
    if (!batch.isEmpty()) {
      some.accept(batch);
    }
  }
}
