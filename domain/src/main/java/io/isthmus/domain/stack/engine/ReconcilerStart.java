package io.isthmus.domain.stack.engine;

import io.isthmus.domain.cloud.CloudConnections;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.placement.Relocation;
import io.isthmus.domain.placement.RelocationService;
import io.isthmus.domain.placement.Standing;
import io.isthmus.domain.stack.Blueprints;
import io.isthmus.domain.stack.Relocations;
import io.isthmus.domain.stack.ResourceDriver;
import io.isthmus.domain.stack.RoomToRetry;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.StackWanted;
import io.isthmus.domain.template.ResourceGraph;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts, wakes and stops this server's reconciler. */
@Singleton
@Startup
@DependsOn("DomainStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class ReconcilerStart {

  @Resource private ManagedThreadFactory threads;

  @Inject private StackStore store;
  @Inject private Instance<Blueprints> blueprints;
  @Inject private Instance<RelocationService> relocations;
  @Inject private Instance<RoomToRetry> room;
  @Inject private CloudConnections connections;
  @Inject private Instance<ResourceDriver> drivers;

  /** From one look at a stack in which nothing is to do to the next, ISO-8601 duration. */
  @Inject
  @ConfigProperty(name = "isthmus.stack.keep-interval", defaultValue = "PT60S")
  private Duration keepInterval;

  /** Most changes that this server asks of one cloud at the same time. */
  @Inject
  @ConfigProperty(name = "isthmus.stack.calls-per-cloud", defaultValue = "8")
  private int callsPerCloud;

  /** A creation that takes longer has failed, ISO-8601 duration. */
  @Inject
  @ConfigProperty(name = "isthmus.stack.create-timeout", defaultValue = "PT60M")
  private Duration createTimeout;

  /** Stacks that this server works on at the same time. */
  @Inject
  @ConfigProperty(name = "isthmus.stack.parallel", defaultValue = "50")
  private int parallel;

  /** Calls to clouds that this server makes at the same time, looks included. */
  @Inject
  @ConfigProperty(name = "isthmus.stack.call-threads", defaultValue = "64")
  private int callThreads;

  private ThreadScheduler scheduler;
  private StackReconciler reconciler;

  @PostConstruct
  void start() {
    scheduler = new ThreadScheduler(threads, 8, callThreads);
    Engine engine =
        new Engine(
            UUID.randomUUID().toString(),
            EngineLimits.DEFAULT.with(callsPerCloud, createTimeout, keepInterval),
            Clock.systemUTC(),
            scheduler,
            new SecureRandom(),
            store,
            stack -> blueprints.get().graph(stack),
            new Relocations() {
              @Override
              public Relocation again(Stack stack, ResourceGraph graph, Standing standing) {
                return relocations
                    .get()
                    .again(stack.project(), stack.id().value(), stack.policy(), graph, standing);
              }

              @Override
              public <T> T inTurn(Stack stack, Supplier<T> work) {
                return relocations.get().inTurn(stack.project(), work);
              }

              @Override
              public Map<Place, FederationFault> lacking(
                  Stack stack, Map<Place, Map<LimitKind, Long>> needed) {
                return room.get().lacking(stack, needed, Instant.now());
              }
            },
            connections,
            new Drivers(drivers));
    reconciler = new StackReconciler(engine, parallel, Duration.ofSeconds(1));
    reconciler.start();
  }

  /** Looks at once at a stack of which a person has asked something. */
  public void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) StackWanted wanted) {
    reconciler.wake(wanted.stack());
  }

  /** This server's last look into the queue. */
  public Pulse pulse() {
    return reconciler.pulse();
  }

  @PreDestroy
  void stop() {
    reconciler.stop();
    scheduler.stop();
  }
}
