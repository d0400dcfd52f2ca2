package io.isthmus.domain.cloud;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.net.URI;
import java.util.Optional;

@Entity
@Table(name = "cloud")
class StoredCloud {

  @Id private String id;
  private String name;

  @ManyToOne(optional = false)
  @JoinColumn(name = "operator")
  private StoredOperator operator;

  private int hue;
  private boolean enabled = true;

  @Column(name = "auth_url")
  private String authUrl;

  @Column(name = "endpoint_interface")
  private String endpointInterface;

  @Column(name = "ca_certificates")
  private String caCertificates;

  private String facts;

  @Column(name = "import_digest")
  private String importDigest;

  @Version private long version;

  protected StoredCloud() {}

  StoredCloud(CloudId id, int hue) {
    this.id = id.text();
    this.hue = hue;
  }

  void rename(String newName) {
    name = newName;
  }

  void describe(CloudFacts newFacts, StoredOperator newOperator) {
    facts = FactsJson.write(newFacts);
    operator = newOperator;
  }

  void reachThrough(CloudConnection connection) {
    authUrl = connection.authUrl().toString();
    endpointInterface = connection.endpointInterface();
    caCertificates = connection.caCertificates().orElse(null);
  }

  void enable(boolean yes) {
    enabled = yes;
  }

  boolean wasImportedFrom(String digest) {
    return digest.equals(importDigest);
  }

  void importedFrom(String digest) {
    importDigest = digest;
  }

  int hue() {
    return hue;
  }

  long version() {
    return version;
  }

  URI authUrl() {
    return URI.create(authUrl);
  }

  Cloud toCloud() {
    return new Cloud(
        new CloudId(id),
        name,
        hue,
        enabled,
        FactsJson.read(facts, operator.toOperator()),
        authUrl(),
        endpointInterface,
        Optional.ofNullable(caCertificates),
        version);
  }
}
