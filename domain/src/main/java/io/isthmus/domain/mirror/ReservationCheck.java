package io.isthmus.domain.mirror;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.stack.StackId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Compares what is reserved with what clouds have. A resource that no cloud is known to have is its
 * own reservation while its stack is being made; two things can keep one too long: the cloud has it
 * under its mark and the stack has not noticed, so that it counts twice; or nobody works on the
 * stack any more. Both are told, and the stack is worked on at once, which ends them as ever: the
 * resource is found by its mark, made, or given up.
 */
@ApplicationScoped
public class ReservationCheck {

  private static final Logger LOG = Logger.getLogger(ReservationCheck.class.getName());

  /** Findings that are told at a time. */
  private static final int MOST = 1_000;

  /**
   * Reservations that should not be; {@code twice} says why. What was done about within a minute is
   * on its way; the mark's owner must be able to reach the thing, since anybody can write a mark.
   */
  static final String DOUBTFUL =
      """
      select part.stack, part.resource, part.cloud, part.region, true as twice
      from stack join stack_part as part on part.stack = stack.id
      where stack.status = 'CREATE_IN_PROGRESS' and part.goal = 'PRESENT' and part.counts <> '{}'
        and part.status in ('INIT_COMPLETE', 'CREATE_IN_PROGRESS') and part.physical_id is null
        and part.updated_at < now() - interval '1 minute'
        and exists (
          select from mirror_item as item join mirror_list as list on list.id = item.list
          join mirror_reach as reach on reach.cloud = list.cloud and reach.account = list.account
            and reach.region = list.region and reach.kind = list.kind
          where item.stack = part.stack and item.resource = part.resource
            and item.generation = part.generation
            and list.cloud = part.cloud and list.region = part.region
            and list.read_at > part.updated_at
            and reach.project = stack.tenant || '/' || stack.project)
      union all
      select part.stack, part.resource, part.cloud, part.region, false
      from stack join stack_part as part on part.stack = stack.id
      left join stack_work as work on work.stack = stack.id
      where stack.status = 'CREATE_IN_PROGRESS' and part.goal = 'PRESENT' and part.counts <> '{}'
        and part.status in ('INIT_COMPLETE', 'CREATE_IN_PROGRESS')
        and greatest(part.updated_at, stack.updated_at) < now() - interval '15 minutes'
        and (work.stack is null or work.due is null or work.due < now() - interval '15 minutes')
        and (work.lease_until is null or work.lease_until < now())
      """;

  /**
   * One of them.
   *
   * @param twice whether its cloud counts it, too; else nobody works on its stack
   */
  public record Doubtful(
      StackId stack, String resource, CloudId cloud, String region, boolean twice) {}

  private DataSource database;

  @Inject
  public ReservationCheck(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected ReservationCheck() {}

  /** Those that are held now and should not be. */
  public List<Doubtful> find() {
    return MirrorTables.on(
        database,
        "compare reservations with the mirror",
        connection ->
            MirrorTables.query(
                connection,
                DOUBTFUL + " limit ?",
                row ->
                    new Doubtful(
                        new StackId(row.getObject("stack", UUID.class)),
                        row.getString("resource"),
                        new CloudId(row.getString("cloud")),
                        row.getString("region"),
                        row.getBoolean("twice")),
                MOST));
  }

  /**
   * Tells them, and has their stacks worked on.
   *
   * @return how many there are
   */
  public int check() {
    List<Doubtful> found = find();
    Set<String> stacks = new LinkedHashSet<>();
    for (Doubtful one : found) {
      stacks.add(one.stack().toString());
      LOG.warning(
          () ->
              "%s of stack %s is reserved in %s/%s although %s; the stack is worked on now"
                  .formatted(
                      one.resource(),
                      one.stack(),
                      one.cloud(),
                      one.region(),
                      one.twice()
                          ? "its cloud has it, and counts it"
                          : "nobody has worked on it for 15 minutes"));
    }
    if (!stacks.isEmpty()) {
      MirrorTables.on(
          database,
          "have stacks worked on",
          connection ->
              MirrorTables.update(
                  connection,
                  "insert into stack_work as work (stack, due)"
                      + " select id, now() from unnest(?::uuid[]) as id"
                      + " on conflict (stack) do update set due = now(), woken = true"
                      + " where work.due is null or work.due > now() or work.lease_until < now()",
                  stacks));
    }
    return found.size();
  }
}
