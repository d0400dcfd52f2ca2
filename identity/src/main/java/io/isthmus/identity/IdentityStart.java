package io.isthmus.identity;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;

/** Lets the application start only with an identity configuration fit for its mode. */
@Singleton
@Startup
@DependsOn("domain.jar#DomainStart")
public class IdentityStart {
  @Inject private ProductionChecks checks;
  @Inject private ScrapeToken scrapes;

  @PostConstruct
  void start() {
    scrapes.check();
    checks.run();
  }
}
