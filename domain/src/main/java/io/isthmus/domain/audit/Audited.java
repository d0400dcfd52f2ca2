package io.isthmus.domain.audit;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A use case of which each request is recorded, refused ones too. That it succeeded is written in
 * its own transaction: when it cannot be written, nothing was changed. That it failed is written
 * after its transaction was rolled back. What one use case asks of another is part of the same
 * request and has no record of its own.
 *
 * <p>Who asked is the argument of type {@link io.isthmus.domain.access.Caller}; on whose behalf is
 * the project in which the caller's role was checked; on what is the parameter that is {@link
 * AuditedId}, else the first argument, else the result, that is an {@link AuditSubject}.
 */
@Inherited
@InterceptorBinding
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Audited {

  /** Of CADF's taxonomy, such as {@code create} or {@code update/retry}. */
  @Nonbinding
  String action() default "read";

  /** What kind of thing it is done to, such as {@code stack}. */
  @Nonbinding
  String target() default "";

  /**
   * Whether it goes without a transaction of its own, because it may ask a cloud. Then it is
   * recorded before it begins, as {@code pending}: when that cannot be written, it does not begin.
   */
  @Nonbinding
  boolean announced() default false;
}
