package io.isthmus.itests;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tests that run while those of one other class do, one at a time of its own. Such a class makes
 * what it needs under names of its own and looks at nothing else; it changes neither weather nor
 * realm, neither quotas, budgets, prices, rules nor defaults, drains nothing, and counts or waits
 * for nothing of which others have some too. Every other class of the suites {@code container} and
 * {@code browser} is {@link org.junit.jupiter.api.parallel.Isolated}, with the reason why.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface BesideOthers {}
