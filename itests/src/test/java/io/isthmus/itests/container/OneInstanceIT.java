package io.isthmus.itests.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.isthmus.itests.RunningSystem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Each application-scoped bean of the shared modules exists once and both wars see that one. The
 * EAR as built, with a probe in each war, takes the place of the deployed application meanwhile.
 */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Order(Integer.MAX_VALUE)
@Isolated("takes the application away")
class OneInstanceIT {

  private static final Path EAR = Path.of("..", "ear", "target", "isthmus.ear");

  private static final String PROBED = "probed";

  private static final String[] SHARED_MODULES = {
    "io.isthmus.domain", "io.isthmus.openstack", "io.isthmus.identity"
  };

  private final RunningSystem system = new RunningSystem();

  private final Administration administration = new Administration(system);

  @ArquillianResource Deployer deployer;

  @Deployment(name = PROBED, managed = false, testable = false)
  static EnterpriseArchive earWithProbes() {
    EnterpriseArchive ear =
        ShrinkWrap.create(ZipImporter.class, "isthmus-probed.ear")
            .importFrom(EAR.toFile())
            .as(EnterpriseArchive.class);
    for (String war : List.of("rest-api.war", "web-ui.war")) {
      ear.getAsType(WebArchive.class, "/" + war).addClass(BeanProbe.class);
    }
    return ear;
  }

  @Test
  void eachApplicationScopedBeanExistsOnceForBothWars() throws Exception {
    List<String> seenByPortal;
    List<String> seenByApi;
    administration.undeploy("isthmus");
    try {
      deployer.deploy(PROBED);
      try {
        seenByPortal = probe("/bean-probe");
        seenByApi = probe("/api/bean-probe");
      } finally {
        deployer.undeploy(PROBED);
      }
    } finally {
      // Not by the deployer, which at the end takes away all that it has deployed.
      administration.deploy("isthmus", EAR);
    }

    assertThat(seenByApi).isEqualTo(seenByPortal);
    assertThat(seenByPortal)
        .extracting(line -> line.split(" ")[0])
        .containsExactlyInAnyOrderElementsOf(applicationScopedClasses());
  }

  /** What each war must see, read from the modules' classes; some of each module. */
  private static List<String> applicationScopedClasses() {
    List<String> names =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(SHARED_MODULES)
                .stream()
                .filter(type -> type.isAnnotatedWith(ApplicationScoped.class))
                .map(JavaClass::getName)
                .toList();
    for (String module : SHARED_MODULES) {
      assertThat(names).anyMatch(name -> name.startsWith(module + "."));
    }
    return names;
  }

  private List<String> probe(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = system.get(URI.create(system.url() + path));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body().lines().sorted().toList();
  }
}
