package io.isthmus.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.isthmus.itests.BesideOthers;
import org.junit.jupiter.api.Test;

@BesideOthers
class LeaksPageIT extends PortalTest {

  @Test
  void anAdministratorComparesCloudsWithWhatIsKnown() throws Exception {
    portal.signIn("admin", "/leaks");
    portal.heading().waitFor();
    assertThat(portal.heading().textContent()).isEqualTo("Leaks");

    portal
        .page()
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Check now"))
        .first()
        .click();

    // Whatever other tests have left there, it tells how many things it compared.
    portal.await("things with our mark");
  }
}
