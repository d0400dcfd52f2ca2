package io.isthmus.openstack.image;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.leak.MarkDriver;
import io.isthmus.domain.leak.MarkedThing;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.Target;
import io.isthmus.domain.template.type.KeptImageType;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.CloudSession;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.http.Deadline;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.resource.Outcomes;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Images that carry the mark of a copy of ours, as {@link ImageBodies#mark} knows them from what
 * people made of servers and volumes.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.NEVER)
public class MarkedImages implements MarkDriver {

  private static final int NOT_FOUND = 404;

  /** An image without content may get some so long after it was registered. */
  private static final Duration EMPTY = Duration.ofHours(1);

  private Clouds clouds;
  private Clock clock;

  /** For the container's proxy. */
  protected MarkedImages() {}

  @Inject
  MarkedImages(Clouds clouds) {
    this(clouds, Clock.systemUTC());
  }

  public MarkedImages(Clouds clouds, Clock clock) {
    this.clouds = clouds;
    this.clock = clock;
  }

  @Override
  public Set<String> types() {
    return Set.of(KeptImageType.NAME);
  }

  private Work work(Target target, Deadline deadline) {
    return new Work(clouds.session(target.connection()), target.region(), deadline);
  }

  @Override
  public List<MarkedThing> marked(Target target) {
    CloudSession session = clouds.session(target.connection());
    String project = session.projectId(session.deadline());
    List<MarkedThing> things = new ArrayList<>();
    session.pages(
        Call.get(ServiceType.IMAGE, target.region(), "/images").query("owner", project),
        "images",
        session::deadline,
        page ->
            page.stream()
                // A Glance that lists what is public shows that of others too.
                .filter(image -> image.getString("owner", project).equals(project))
                .map(this::thing)
                .filter(thing -> thing.mark().isPresent())
                .forEach(things::add));
    return things;
  }

  private MarkedThing thing(JsonObject image) {
    String status = image.getString("status", "");
    Optional<String> content =
        Bodies.text(image, "os_hash_value").or(() -> Bodies.text(image, "checksum"));
    boolean coming =
        content.isEmpty() && !(status.equals("queued") && isOld(image) || status.equals("killed"));
    return new MarkedThing(
        KeptImageType.NAME,
        image.getString("id"),
        image.getString("name", ""),
        ImageBodies.mark(image),
        Optional.empty(),
        coming || List.of("deleted", "pending_delete").contains(status),
        content);
  }

  private boolean isOld(JsonObject image) {
    try {
      return Instant.parse(image.getString("created_at", ""))
          .isBefore(clock.instant().minus(EMPTY));
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  @Override
  public Optional<MarkedThing> look(Target target, String id) {
    return find(work(target, clouds.session(target.connection()).deadline()), id).map(this::thing);
  }

  private static Optional<JsonObject> find(Work work, String id) {
    try {
      return Optional.of(
          work.session().fetch(work.get(ServiceType.IMAGE, path(id)), work.deadline()));
    } catch (CloudFault fault) {
      if (fault.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  private static String path(String id) {
    return "/images/" + Call.segment(id);
  }

  @Override
  public Outcome remove(Target target, MarkedThing thing, Instant deadline) {
    return Outcomes.of(
        () -> {
          Work work = work(target, Deadline.at(deadline, clouds.config().totalTimeout()));
          Optional<MarkedThing> there = find(work, thing.id()).map(this::thing);
          if (there.isEmpty()) {
            return new Outcome.Gone(true);
          }
          if (thing.mark().isEmpty()
              || !there.get().mark().equals(thing.mark())
              || !there.get().content().equals(thing.content())) {
            throw work.refused(
                FaultCode.CLOUD_REJECTED,
                Phrase.of("driver.mark-changed", thing.type(), thing.id()));
          }
          try {
            work.session().send(work.delete(ServiceType.IMAGE, path(thing.id())), work.deadline());
          } catch (CloudFault fault) {
            if (fault.status() != NOT_FOUND) {
              throw fault;
            }
          }
          return new Outcome.Gone(true);
        });
  }

  /** Of parts; copies have marks of their own. */
  @Override
  public String textOf(Mark mark) {
    return Marks.text(mark);
  }
}
