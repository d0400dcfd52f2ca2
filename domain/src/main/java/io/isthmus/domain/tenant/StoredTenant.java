package io.isthmus.domain.tenant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "tenant")
class StoredTenant {

  @Id private String name;

  protected StoredTenant() {}

  StoredTenant(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }
}
