package io.isthmus.domain.stack.update;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.placement.PlannedUpdate;
import io.isthmus.domain.placement.Refusal;
import io.isthmus.domain.placement.StandingStack;
import io.isthmus.domain.placement.StandingStacks;
import io.isthmus.domain.stack.Blueprints;
import io.isthmus.domain.stack.PartChange;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackAction;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackRevision;
import io.isthmus.domain.stack.StackStanding;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The stacks that the store keeps, for who plans what becomes of them. */
@ApplicationScoped
public class UpdatableStacks implements StandingStacks {

  private StackStore store;
  private Supplier<Blueprints> blueprints;
  private TenantService tenants;

  @Inject
  UpdatableStacks(StackStore store, Instance<Blueprints> blueprints, TenantService tenants) {
    this(store, blueprints::get, tenants);
  }

  UpdatableStacks(StackStore store, Supplier<Blueprints> blueprints, TenantService tenants) {
    this.store = store;
    this.blueprints = blueprints;
    this.tenants = tenants;
  }

  /** For the container's proxies. */
  protected UpdatableStacks() {}

  @Override
  public StandingStack require(UUID id, Caller caller) {
    Stack stack =
        store.find(new StackId(id)).orElseThrow(() -> FederationFault.notFound("stack", "" + id));
    try {
      tenants.requireReader(caller, stack.project());
    } catch (FederationFault fault) {
      // Not "no such project": that would tell that the stack exists.
      throw fault.code() == FaultCode.NOT_FOUND
          ? FederationFault.notFound("stack", "" + id)
          : fault;
    }
    return standing(stack);
  }

  @Override
  public StandingStack require(UUID id) {
    return standing(
        store.find(new StackId(id)).orElseThrow(() -> FederationFault.notFound("stack", "" + id)));
  }

  private StandingStack standing(Stack stack) {
    requireRest(stack);
    List<StackPart> wanted = wanted(stack);
    List<StackPart> failed =
        wanted.stream().filter(part -> part.status().equals(StackStatus.CREATE_FAILED)).toList();
    Set<String> names =
        failed.stream().map(part -> part.id().resource()).collect(Collectors.toSet());
    // What a place refused long ago and was made elsewhere since is no reason to avoid it.
    List<Refusal> refusals =
        store.refusals(stack.id()).stream()
            .filter(refusal -> names.contains(refusal.resource()))
            .toList();
    return new StandingStack(
        stack.id().value(),
        stack.project(),
        stack.name(),
        stack.version(),
        stack.template(),
        stack.parameters(),
        stack.policy(),
        stack.plan(),
        blueprints.get().graph(stack),
        StackStanding.of(wanted, failed, refusals),
        digest(stack, wanted));
  }

  /** While something is done to a stack nobody can say what an update would find. */
  private static void requireRest(Stack stack) {
    if (stack.status().action() == StackAction.DELETE) {
      throw new FederationFault(
          FaultCode.CONFLICT, Phrase.of("stack.update.deleted", stack.name(), stack.status()));
    }
    if (!stack.status().isTerminal()) {
      throw new FederationFault(
          FaultCode.CONFLICT, Phrase.of("stack.update.at-work", stack.name(), stack.status()));
    }
    stack.requireAwake();
  }

  private List<StackPart> wanted(Stack stack) {
    return store.parts(stack.id()).stream()
        .filter(part -> part.goal() == Goal.PRESENT)
        .sorted(Comparator.comparing(StackPart::key))
        .toList();
  }

  @Override
  public Difference difference(
      StandingStack stack, ResourceGraph after, Collection<PlannedPart> planned) {
    StackId id = new StackId(stack.id());
    Compared compared = Comparison.of(stack.graph(), origin(id), store.parts(id), after, planned);
    return new Difference(
        compared.parts().stream().map(UpdatableStacks::step).toList(),
        compared.resources(),
        compared.impossible());
  }

  /** What an update that was not carried out to its end has not made of a stack yet. */
  private Optional<Comparison.Origin> origin(StackId id) {
    Stack stack = store.find(id).orElseThrow(() -> FederationFault.notFound("stack", "" + id));
    if (stack.course().back().isEmpty()) {
      return Optional.empty();
    }
    return store
        .revision(id, stack.course().back().getAsInt())
        .map(
            revision ->
                new Comparison.Origin(
                    blueprints.get().graph(stack.at(revision)),
                    revision.number(),
                    revision.parts().stream()
                        .map(StackRevision.Part::key)
                        .collect(Collectors.toSet())));
  }

  private static PlannedUpdate.Step step(PartChange change) {
    return new PlannedUpdate.Step(
        change.id(),
        PlannedUpdate.Step.Kind.valueOf(change.kind().name()),
        change.causes(),
        change.newFirst());
  }

  /** Of what an update starts from; not of what looks tell again and again. */
  private static String digest(Stack stack, List<StackPart> wanted) {
    StringBuilder text = new StringBuilder(stack.plan().toString());
    for (StackPart part : wanted) {
      text.append('\n')
          .append(part.id())
          .append(' ')
          .append(part.type())
          .append(' ')
          .append(part.availabilityZone().orElse(""))
          .append(' ')
          .append(part.status())
          .append(' ');
      part.resolutions()
          .forEach(
              resolution ->
                  text.append(resolution.property()).append('=').append(resolution.value()));
      text.append(part.next().isPresent() ? " pending" : "");
    }
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
