package io.isthmus.sandbox.tls;

import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A port that speaks TLS and can show another certificate than it should. */
public final class TlsPort {
  private final SslContextFactory.Server keys = new SslContextFactory.Server();

  public TlsPort(Certificates certificates) {
    keys.setKeyStorePath(certificates.store().toString());
    keys.setKeyStorePassword(certificates.password());
    keys.setCertAlias(Certificates.VALID);
    keys.setSniRequired(false);
  }

  /** The connector of a server, for one address. */
  public Connector connector(Server server, String bind, int port) {
    HttpConfiguration config = new HttpConfiguration();
    config.setSendServerVersion(false);
    config.addCustomizer(new SecureRequestCustomizer(false));
    ServerConnector connector =
        new ServerConnector(
            server, new SslConnectionFactory(keys, "http/1.1"), new HttpConnectionFactory(config));
    connector.setHost(bind);
    connector.setPort(port);
    return connector;
  }

  /**
   * Shows this certificate from now on; connections that are open keep theirs.
   *
   * @param alias {@link Certificates#VALID} or {@link Certificates#EXPIRED}
   * @return whether another was shown before
   */
  public boolean show(String alias) throws Exception {
    if (alias.equals(keys.getCertAlias())) {
      return false;
    }
    keys.reload(changed -> changed.setCertAlias(alias));
    return true;
  }
}
