package io.isthmus.itests.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.audit.Audited;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;

/**
 * What a face asks of the domain in a person's name is audited; else it is one of these, which
 * change nothing: they draw pages or say who somebody is, and the page or the request is recorded.
 */
final class AuditedUseCases {

  private static final Set<String> ONLY_READ =
      Set.of(
          "Budgets.mayChange",
          "CampaignService.mayChange",
          "CampaignService.writable",
          "InsuranceService.glance",
          "Mirror.count",
          "Notices.newest",
          "Notices.unseen",
          "PlanService.standardPolicy",
          "PlanService.tooDear",
          "StackLists.drifted",
          "StackLists.mostUrgent",
          "StackLists.totals",
          "StackService.newestEvent",
          "StackService.ofPlan",
          "StandingPolicies.mayChange",
          "TenantService.defaultProject",
          "TenantService.isMember",
          "TenantService.isReader",
          "TenantService.known",
          "TenantService.projects",
          "TenantService.requireMember",
          "TenantService.requireReader",
          "TenantService.tenants",
          "Webhooks.mayChange",
          "Webhooks.stalled");

  private AuditedUseCases() {}

  static void check(JavaClasses house) {
    Set<JavaMethod> asked =
        house.stream()
            .filter(AuditedUseCases::isFace)
            .flatMap(type -> type.getMethodCallsFromSelf().stream())
            .flatMap(call -> call.getTarget().resolveMember().stream())
            .filter(AuditedUseCases::takesACaller)
            .collect(Collectors.toSet());
    Assertions.assertThat(asked).as("use cases that faces ask for").isNotEmpty();
    Set<String> unaudited =
        asked.stream()
            .filter(method -> !method.isAnnotatedWith(Audited.class))
            .map(method -> method.getOwner().getSimpleName() + "." + method.getName())
            .filter(name -> !ONLY_READ.contains(name))
            .collect(Collectors.toCollection(TreeSet::new));
    Assertions.assertThat(unaudited).as("use cases that nobody records").isEmpty();
  }

  private static boolean isFace(JavaClass type) {
    return type.getPackageName().startsWith("io.isthmus.rest")
        || type.getPackageName().startsWith("io.isthmus.ui");
  }

  private static boolean takesACaller(JavaMethod method) {
    return method.getOwner().getPackageName().startsWith("io.isthmus.domain")
        && !method.getModifiers().contains(JavaModifier.STATIC)
        && method.getRawParameterTypes().stream()
            .anyMatch(parameter -> parameter.isEquivalentTo(Caller.class));
  }
}
