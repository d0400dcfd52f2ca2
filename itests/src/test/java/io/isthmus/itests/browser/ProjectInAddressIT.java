package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Who has several projects shares addresses that name theirs. */
@Isolated("gives a person a second project")
class ProjectInAddressIT extends PortalTest {

  private static final String SECOND = "acme/second";

  @BeforeEach
  void giveAliceASecondProject() throws Exception {
    sql("insert into project (id, tenant, name) values (?, 'acme', 'second')");
  }

  @AfterEach
  void takeItBack() throws Exception {
    sql("delete from project where id = ?");
  }

  private void sql(String text) throws Exception {
    try (Connection database = system.database();
        PreparedStatement statement = database.prepareStatement(text)) {
      statement.setString(1, SECOND);
      statement.executeUpdate();
    }
  }

  @Test
  void anAddressNamesTheProjectAndLeadsThereWhateverWasChosen() {
    portal.signIn("alice", "/stacks?q=a");
    Page page = portal.page();
    assertThat(page).hasURL(Pattern.compile(".*/stacks\\?q=a&project=acme(/|%2F)demo$"));
    portal.open("/stacks?project=" + SECOND);
    assertThat(menu("acme / second")).isVisible();

    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Plans")).click();
    assertThat(page).hasURL(Pattern.compile(".*/plans\\?project=acme(/|%2F)second$"));
    page.goBack();
    assertThat(page).hasURL(Pattern.compile(".*/stacks\\?project=.*"));
    portal.open("/plans?project=acme/demo");
    assertThat(menu("acme / demo")).isVisible();
    portal.open("/plans?project=globex/demo");
    assertThat(menu("acme / demo")).isVisible();
    portal.open("/plans?project=nonsense");
    assertThat(menu("acme / demo")).isVisible();
  }

  private Locator menu(String project) {
    return portal
        .page()
        .getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Project " + project));
  }
}
