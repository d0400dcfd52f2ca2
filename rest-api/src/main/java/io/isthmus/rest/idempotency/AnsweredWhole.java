package io.isthmus.rest.idempotency;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A POST that calls nothing remote and is served by {@link WholeAnswers}, so that its answer is
 * there when what was asked for is. Stands also at the filter that is asked before such methods.
 */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface AnsweredWhole {}
