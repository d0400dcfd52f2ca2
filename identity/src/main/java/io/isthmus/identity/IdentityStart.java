package io.isthmus.identity;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;

/** Starts the identity adapter, once the schema is there. */
@Singleton
@Startup
@DependsOn("domain.jar#DomainStart")
public class IdentityStart {}
