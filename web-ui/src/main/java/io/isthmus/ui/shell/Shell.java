package io.isthmus.ui.shell;

import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.shared.ui.Transport;
import com.vaadin.flow.theme.Theme;

/**
 * The page that holds the portal. Client calls go over plain HTTP, where the caller's security
 * context is at hand; only the server's news use the socket.
 */
@Theme("isthmus")
@Push(transport = Transport.WEBSOCKET_XHR)
public class Shell implements AppShellConfigurator {
  private static final long serialVersionUID = 1L;

  @Override
  public void configurePage(AppShellSettings page) {
    page.addLink("icon", "favicon.svg");
  }
}
