package io.isthmus.itests.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import java.util.List;
import org.assertj.core.api.Assertions;

/** A JAX-RS method without a security annotation is open to all: each must have one. */
final class SecuredCalls {

  private SecuredCalls() {}

  static void check(JavaClasses house) {
    List<JavaMethod> calls =
        house.stream()
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
            .toList();
    Assertions.assertThat(calls).as("calls of the API").isNotEmpty();
    Assertions.assertThat(calls.stream().filter(call -> !isSecured(call)).toList())
        .as("calls that do not say who may make them")
        .isEmpty();
  }

  private static boolean isSecured(JavaMethod call) {
    return List.of(RolesAllowed.class, PermitAll.class, DenyAll.class).stream()
        .anyMatch(
            security ->
                call.isAnnotatedWith(security) || call.getOwner().isAnnotatedWith(security));
  }
}
