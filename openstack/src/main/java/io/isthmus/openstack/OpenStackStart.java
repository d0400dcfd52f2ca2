package io.isthmus.openstack;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;

/** Starts the driver, once the schema is there. */
@Singleton
@Startup
@DependsOn("domain.jar#DomainStart")
public class OpenStackStart {}
