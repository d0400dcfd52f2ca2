package io.isthmus.itests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The directions of the house: who may know whom. Reads the classes as the build left them. */
class ArrowsTest {

  private static final List<String> MODULES =
      List.of("domain", "openstack", "identity", "rest-api", "web-ui");
  private static JavaClasses house;

  @BeforeAll
  static void readTheClasses() {
    house =
        new ClassFileImporter()
            .importPaths(
                MODULES.stream()
                    .map(module -> Path.of("..", module, "target", "classes"))
                    .toList());
    Assertions.assertThat(house).as("compiled classes of %s", MODULES).isNotEmpty();
  }

  @Test
  void domainKnowsNothingButItselfAndAClosedListOfLibraries() {
    classes()
        .that()
        .resideInAPackage("io.isthmus.domain..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.isthmus.domain..",
            "java..",
            "javax.crypto..",
            "javax.sql..",
            "jakarta.annotation..",
            "jakarta.ejb..",
            "jakarta.enterprise..",
            "jakarta.inject..",
            "jakarta.interceptor..",
            "jakarta.json..",
            "jakarta.persistence..",
            "jakarta.transaction..",
            "jakarta.validation..",
            "io.prometheus.metrics..",
            "org.apache.commons.csv..",
            "org.eclipse.microprofile.config..",
            "org.eclipse.microprofile.health..",
            "org.flywaydb..",
            "org.yaml.snakeyaml..")
        .check(house);
  }

  @Test
  void oneCapabilityCountsAndKnowsTheLibraryForIt() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.isthmus.domain.metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.prometheus..")
        .check(house);
  }

  @Test
  void adaptersKnowTheDomainAndNotEachOther() {
    noClasses()
        .that()
        .resideInAPackage("io.isthmus.openstack..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.isthmus.identity..", "io.isthmus.rest..", "io.isthmus.ui..")
        .check(house);
    noClasses()
        .that()
        .resideInAPackage("io.isthmus.identity..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.isthmus.openstack..", "io.isthmus.rest..", "io.isthmus.ui..")
        .check(house);
  }

  @Test
  void facesKnowTheDomainAndNeitherEachOtherNorTheAdapters() {
    noClasses()
        .that()
        .resideInAPackage("io.isthmus.rest..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.isthmus.ui..", "io.isthmus.openstack..", "io.isthmus.identity..")
        .check(house);
    noClasses()
        .that()
        .resideInAPackage("io.isthmus.ui..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.isthmus.rest..", "io.isthmus.openstack..", "io.isthmus.identity..")
        .check(house);
  }

  @Test
  void driftIsFoundWithoutAskingAnyCloud() {
    noClasses()
        .that()
        .resideInAPackage("io.isthmus.domain.drift..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "io\\.isthmus\\.domain\\..*\\.(MirrorDriver|ResourceDriver|InventoryDriver|"
                + "CloudConnections?|ServerConsole|ImageDriver|CloudQuotaDriver)")
        .check(house);
    noClasses()
        .that()
        .resideInAPackage("io.isthmus.openstack.drift..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.isthmus.openstack.conversation..", "io.isthmus.openstack.http..")
        .check(house);
  }

  @Test
  void jsonIsMadeByAnImplementationThatIsFoundOnce() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("jakarta.json.Json")
        .because(
            "it looks for its implementation at each call; io.isthmus.domain.json.Json does not")
        .check(house);
  }

  @Test
  void everyCallOfTheApiSaysWhoMayMakeIt() {
    SecuredCalls.check(house);
  }

  @Test
  void everythingThatIsAskedForIsAudited() {
    AuditedUseCases.check(house);
  }

  @Test
  void theProductDoesNotKnowTheSimulatedClouds() throws IOException {
    for (String module : List.of("domain", "openstack", "rest-api", "web-ui")) {
      try (Stream<Path> sources = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        for (Path source : sources.filter(Files::isRegularFile).toList()) {
          Assertions.assertThat(Files.readString(source).toLowerCase(Locale.ROOT))
              .as(source.toString())
              .doesNotContain("sandbox");
        }
      }
    }
  }

  /** Weld refuses the whole application for one final method of a bean that it intercepts. */
  @Test
  void whatTheContainerInterceptsIsNotFinal() {
    methods()
        .that()
        .areDeclaredInClassesThat(
            describe("are intercepted, or what that is made of", ArrowsTest::isIntercepted))
        .and()
        .areNotPrivate()
        .and()
        .areNotStatic()
        .should()
        .notBeFinal()
        .check(house);
  }

  private static boolean isIntercepted(JavaClass type) {
    return Stream.of(Set.of(type), type.getAllRawSuperclasses(), type.getAllSubclasses())
        .flatMap(Collection::stream)
        .anyMatch(one -> one.isAnnotatedWith("jakarta.transaction.Transactional"));
  }
}
