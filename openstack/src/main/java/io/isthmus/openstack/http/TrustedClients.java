package io.isthmus.openstack.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** One HTTP client for each set of trusted authorities, since connections are pooled by client. */
final class TrustedClients {
  private static final String SYSTEM = "";
  private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();
  private final Duration connectTimeout;

  TrustedClients(Duration connectTimeout) {
    this.connectTimeout = connectTimeout;
  }

  HttpClient trusting(String caCertificates) throws BadAuthority {
    String key = caCertificates == null ? SYSTEM : caCertificates;
    HttpClient known = clients.get(key);
    if (known != null) {
      return known;
    }
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout);
    if (!key.equals(SYSTEM)) {
      builder.sslContext(contextOf(key));
    }
    return clients.computeIfAbsent(key, ignored -> builder.build());
  }

  private static SSLContext contextOf(String pem) throws BadAuthority {
    try {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
      if (certificates.isEmpty()) {
        throw new CertificateException("no certificate in it");
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new BadAuthority(e);
    }
  }
}
